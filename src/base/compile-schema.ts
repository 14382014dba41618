/** Makes the check of a JSON Schema of our own. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * The check of values by one of the program's own schemas. That the schemas are themselves well-formed is for the tests:
 * to check it in every run would take three times as long as all else.
 */
export const compileSchema = <Value = unknown>(schema: object): ValidateFunction<Value> =>
  new Ajv2020({ strict: true, meta: false, validateSchema: false }).compile<Value>(schema);

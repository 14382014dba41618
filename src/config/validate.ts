/** The schema at work: which of its rules a document breaks. It fills the schema's defaults into the document's value. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ConfigDocument } from './document.ts';
import { explain } from './explain.ts';
import { FORMATS } from './formats.ts';
import type { Problem } from './problem.ts';
import { CONFIG_SCHEMA } from './schema.ts';

let compiled: ValidateFunction | undefined;

/** Every rule of the schema that the document breaks; the defaults are filled in whatever comes out. */
export function schemaProblems(document: ConfigDocument): Problem[] {
  compiled ??= compile();
  if (compiled(document.value)) return [];
  const errors = (compiled.errors ?? []).filter(({ instancePath }) => !document.isUnread(instancePath));
  return errors.flatMap((error) => explain(error, document) ?? []);
}

function compile(): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    ownProperties: true,
    allowUnionTypes: true,
    // That the schema is well-formed is for the tests; it would take three times as long as all else.
    meta: false,
    validateSchema: false,
  });
  for (const [name, format] of Object.entries(FORMATS)) {
    ajv.addFormat(name, { type: 'string', validate: (text) => format.fault(text) === undefined });
  }
  return ajv.compile(CONFIG_SCHEMA);
}

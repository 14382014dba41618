/** perf-gate schema: the JSON Schemas, as they are published with the package. */
import { EXIT } from '../base/errors.ts';
import type { Command } from './list.ts';

export const schema: Command<'schema'> = async ({ values }, world) => {
  const wanted = values.report
    ? (await import('../report/schema.ts')).REPORT_JSON_SCHEMA
    : (await import('../config/schema.ts')).CONFIG_SCHEMA;
  world.stdout.write(`${JSON.stringify(wanted, null, 2)}\n`);
  return EXIT.pass;
};

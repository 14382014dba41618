/** The report for machines, and the way back: what is read may come from anywhere, so it is checked before it is used. */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compileSchema } from '../base/compile-schema.ts';
import { UserError } from '../base/errors.ts';
import { REPORT_SCHEMA, type Report, worstOf } from '../compare/report.ts';
import { jsonText } from './json-text.ts';
import { REPORT_JSON_SCHEMA, REPORT_SCHEMA_ID } from './schema.ts';

/** In UTF-16 units, of which no text has more than bytes. */
const MAX_LENGTH = 10 * 1024 * 1024;

/** The report as a JSON document with an end of line. */
export function renderJson(report: Report): string {
  return jsonText({ $schema: REPORT_SCHEMA_ID, ...report });
}

/** `{ "verdict", "reports" }`: the worst verdict, and every report with all that stands in its own document. */
export function renderJsonOfAll(reports: readonly Report[]): string {
  const all = reports.map((report) => ({ $schema: REPORT_SCHEMA_ID, ...report }));
  return jsonText({ verdict: worstOf(reports), reports: all });
}

/** The report that `renderJson` wrote; throws a UserError that says what is wrong with any other text. */
export function parseReport(text: string): Report {
  if (text.length > MAX_LENGTH)
    throw new UserError('the report is larger than 10 MB', { hint: 'no report of perf-gate is' });
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError('the report is no JSON object');
  checkVersion(value);
  compiled ??= compileSchema(REPORT_JSON_SCHEMA);
  if (!compiled(value)) {
    const [error] = compiled.errors ?? [];
    throw new UserError(`the report is damaged: ${error?.instancePath ?? ''} ${error?.message ?? ''}`, {
      hint: 'make it again with perf-gate run',
    });
  }
  const { $schema, ...report } = value as Report & { $schema?: string };
  return report;
}

let compiled: ValidateFunction | undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError('the report is no JSON', {
      cause: error,
      detail: error.message,
      hint: 'make it again with perf-gate run',
    });
  }
}

function checkVersion(value: object): void {
  const { schema, tool } = value as { schema?: unknown; tool?: unknown };
  if (schema === REPORT_SCHEMA) return;
  if (typeof schema !== 'number')
    throw new UserError('this is no report of perf-gate: it does not say its schema version');
  const writer = typeof tool === 'string' && /^[\w.+-]{1,50}$/.test(tool) ? ` (perf-gate ${tool})` : '';
  throw new UserError(
    `the report has schema version ${schema}${writer}, this perf-gate reads version ${REPORT_SCHEMA}`,
    {
      hint: 'use the same version of perf-gate to write and to read it',
    },
  );
}

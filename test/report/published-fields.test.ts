/** What others read of report.json stays there; published-fields.txt is what they may have built upon. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { REPORT_SCHEMA } from '../../src/compare/report.ts';
import { parseReport, renderJson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { REPORT_JSON_SCHEMA } from '../../src/report/schema.ts';
import { fail } from './reports.ts';

const FILE = new URL('published-fields.txt', import.meta.url);

interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
}

/** A line for each field, `?` after one that may be absent, and one for each word that it may be. */
function* fieldsOf({ anyOf, items, properties, required = [], ...node }: Node, path: string): Generator<string> {
  for (const word of node.enum ?? (node.const === undefined ? [] : [node.const])) yield `${path} = ${word}`;
  for (const one of anyOf ?? []) yield* fieldsOf(one, `${path}(${one.properties?.['kind']?.const})`);
  if (items !== undefined) yield* fieldsOf(items, `${path}[]`);
  for (const [name, field] of Object.entries(properties ?? {})) {
    const whole = path === '' ? name : `${path}.${name}`;
    yield [`${whole}${required.includes(name) ? '' : '?'}`, field.type ?? []].flat().join(' ');
    yield* fieldsOf(field, whole);
  }
}

test(`nothing goes from report.json of schema version ${REPORT_SCHEMA}, and what comes may be absent`, () => {
  const published = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  const today = [...fieldsOf(REPORT_JSON_SCHEMA as Node, '')];
  // Whoever reads it breaks: a field that goes, or changes its name or type, needs another schema version.
  expect(published.filter((line) => !today.includes(line))).toEqual([]);
  // To be written down there, since it stays from now on; with a `?` unless what holds it is new as well: the reports of
  // older versions are read too, and do not have it.
  expect(today.filter((line) => !published.includes(line))).toEqual([]);
});

test('what a newer version adds anywhere is passed over', () => {
  const newer = JSON.parse(renderJson(fail), (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, later: { more: [1] } } : value,
  );
  expect(newer.causes[0].effects[0].later).toEqual({ more: [1] });
  expect(renderMarkdown(parseReport(JSON.stringify(newer)))).toBe(renderMarkdown(fail));
});

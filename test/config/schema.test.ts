import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { FORMATS } from '../../src/config/formats.ts';
import { CONFIG_SCHEMA, type Schema } from '../../src/config/schema.ts';

/** Every schema within the schema, with its place. */
function* all(schema: Schema, place = ''): Generator<[string, Schema]> {
  yield [place, schema];
  for (const [key, child] of Object.entries(schema.properties ?? {})) yield* all(child, `${place}.${key}`);
  if (schema.items !== undefined) yield* all(schema.items, `${place}[]`);
  if (typeof schema.additionalProperties === 'object') yield* all(schema.additionalProperties, `${place}.*`);
}

const EVERY = [...all(CONFIG_SCHEMA)];

test('is JSON, and valid draft 2020-12', () => {
  const json = JSON.parse(JSON.stringify(CONFIG_SCHEMA));
  expect(json).toEqual(CONFIG_SCHEMA);
  expect(json).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: expect.any(String) });
  expect(new Ajv2020().validateSchema(json)).toBe(true);
});

test('every key says what it is for, in a sentence', () => {
  const keys = EVERY.flatMap(([place, { properties }]) =>
    Object.entries(properties ?? {}).map(([key, { description }]) => [`${place}.${key}`, description] as const),
  );
  expect(keys.length).toBeGreaterThan(60);
  for (const [key, description] of keys) expect([key, description]).toEqual([key, expect.stringMatching(/^\S.*\S$/)]);
});

test('no map takes keys that nobody knows', () => {
  for (const [place, { type, additionalProperties }] of EVERY) {
    const isMap = [type].flat().includes('object') && !place.endsWith('.body');
    if (isMap) expect([place, additionalProperties]).not.toEqual([place, undefined]);
  }
});

test('every rule in use has its sentence in explain.ts', () => {
  const annotations = ['$schema', '$id', 'title', 'description', 'default', 'examples', 'properties', 'items'];
  const rules = new Set(EVERY.flatMap(([, schema]) => Object.keys(schema)).filter((key) => !annotations.includes(key)));
  expect([...rules].toSorted()).toEqual([
    'additionalProperties',
    'enum',
    'format',
    'maximum',
    'minItems',
    'minimum',
    'not',
    'pattern',
    'propertyNames',
    'required',
    'type',
    'uniqueItems',
  ]);
});

describe('the patterns, for editors that do not know the formats,', () => {
  const patterned = EVERY.filter(([, { pattern }]) => pattern !== undefined);
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.stringMatching(/^[+]?\s?\d{1,3}(\.\d{1,3})?\s?%?$/),
    fc.stringMatching(/^(\d{1,3}(\.\d{1,3})? ?(h|m|s|ms)){1,3}$/),
    fc.constantFrom('off', 'Off', '+2%', '1m30s', '0.1%'),
  );

  test('are few', () => {
    expect(patterned.length).toBeGreaterThan(20);
  });

  test('refuse nothing that the formats take', () => {
    fc.assert(
      fc.property(text, (written) => {
        for (const [place, { pattern, format }] of patterned) {
          if (FORMATS[format!].fault(written) !== undefined) continue;
          expect([place, new RegExp(pattern!, 'u').test(written.trim())]).toEqual([place, true]);
        }
      }),
    );
  });
});

test('every default and every example is good', () => {
  for (const [place, { format, default: standard, examples = [] }] of EVERY) {
    for (const value of [standard, ...examples]) {
      if (format === undefined || typeof value !== 'string') continue;
      expect([place, value, FORMATS[format].fault(value)]).toEqual([place, value, undefined]);
    }
  }
});

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { CONFIG_SCHEMA } from '../../src/config/schema.ts';

const FILE = fileURLToPath(new URL('../../schema/perf-gate.schema.json', import.meta.url));

test('the schema that editors load is the one that the program checks with (UPDATE_GOLDEN=1 writes it)', () => {
  const text = `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});

/**
 * Golden files: what a renderer writes, kept to be read by people. A mismatch leaves a `.got` beside the file;
 * UPDATE_GOLDEN=1 rewrites the files instead.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

export function expectGolden(path: string, text: string): void {
  const file = fileURLToPath(new URL(path, import.meta.url));
  const got = `${file}.got`;
  rmSync(got, { force: true });
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const golden = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (golden !== text) writeFileSync(got, text);
  expect(text).toBe(golden);
}

/** The licences of what is bundled are in the bundle's directory, which the action and the npm package carry. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { thirdPartyLicenses } from '../../third-party-licenses.mjs';
import { bundledCli } from '../support/bundle.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

let scratch: string;
beforeAll(() => {
  scratch = scratchDirectory();
});
afterAll(() => removeDirectory(scratch));

test('every package of which code is in the bundle is named, with a text', () => {
  const dist = dirname(bundledCli(join(scratch, 'dist')));
  const code = readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(dist, name), 'utf8'))
    .join('\n');
  // The bundler says above each piece where it is from.
  const bundled = new Set(
    [...code.matchAll(/^\/\/ .*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm)].map(([, name]) => name!),
  );
  expect(bundled.size).toBeGreaterThan(40);
  const parts = readFileSync(join(dist, 'THIRD-PARTY-LICENSES'), 'utf8')
    .split(`\n${'-'.repeat(80)}\n\n`)
    .slice(1)
    .map((part) => [part.split(' ')[0]!, part] as const);
  const texts = new Map(parts);
  expect([...texts.keys()].sort()).toEqual([...bundled].sort());
  for (const text of texts.values()) expect(text).toMatch(/permission|licen[cs]e|copyright/i);
  // Each version of a package is a part of its own. Where another package wants a second one, see `overrides` in package.json.
  const twice = parts.map(([name]) => name).filter((name, at, names) => names.indexOf(name) < at);
  expect(twice).toEqual(['@actions/http-client', 'path-key']);
});

test('a package without a text ends the build', () => {
  const directory = join(scratch, 'node_modules', 'bare');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "name": "bare", "version": "1.0.0", "license": "MIT" }');
  const metafile = { outputs: { 'cli.js': { inputs: { [join(directory, 'index.js')]: { bytesInOutput: 10 } } } } };
  expect(() => thirdPartyLicenses(metafile)).toThrow('bare 1.0.0 is bundled and has no licence text');
  writeFileSync(join(directory, 'LICENCE.md'), 'Do what you like.\r\n');
  expect(thirdPartyLicenses(metafile)).toMatch(/\nbare 1\.0\.0 \(MIT\)\n\nDo what you like\.\n$/);
});

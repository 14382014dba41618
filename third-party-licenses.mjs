// The licences of the packages that are bundled, as they ask for: name, version and the texts that each package has of its
// own. From esbuild's metafile, so exactly of those of which something is in the bundle; the same on every machine.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEXTS = /^(licen[cs]e|copying|notice)(?![a-z])(?!.*\.(js|ts|json)$)/i;

/** Throws for a package without a text. */
export function thirdPartyLicenses({ outputs }) {
  const inputs = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const directories = new Set(
    inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []),
  );
  const parts = new Map([...directories].map(partOf));
  const sorted = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
  return ['perf-gate is distributed with parts of these packages.\n', ...sorted].join(`\n${'-'.repeat(80)}\n\n`);
}

/** A package in two places is named once. */
function partOf(directory) {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const id = `${name} ${version}`;
  const files = readdirSync(directory)
    .filter((file) => TEXTS.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(directory, file), 'utf8'));
  // Should one ever have none: look its text up, and list it here by hand.
  if (texts.length === 0) throw new Error(`${id} is bundled and has no licence text`);
  const clean = texts.map((text) =>
    text
      .replaceAll('\r\n', '\n')
      .replace(/[ \t]+$/gm, '')
      .trim(),
  );
  return [id, `${id} (${license})\n\n${clean.join('\n\n')}\n`];
}

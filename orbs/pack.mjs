// Packs an orb: `node orbs/pack.mjs SOURCE FILE` writes the sources of a directory as the one file that CircleCI takes;
// `--check` writes nothing and fails when the file differs. By the rules of `circleci orb pack`, whose output has the same
// value in another order: https://circleci.com/docs/orbs/author/orb-author/
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDocument, stringify } from 'yaml';

/** In the order of the packed file. The first three are single values, the others maps of what the files define. */
const KEYS = ['version', 'description', 'display', 'orbs', 'commands', 'executors', 'jobs', 'examples'];
/** Where files may be included. */
const INCLUDING = ['commands', 'executors', 'jobs'];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
const [source, file] = positionals;
if (source === undefined || file === undefined) fail('usage: node orbs/pack.mjs [--check] SOURCE FILE');

const header = `# Packed from ${source} by npm run orb: change the sources, not this file.\n`;
const packed = header + stringify(pack(source), { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
if (!values.check) writeFileSync(file, packed);
else if (readFileSync(file, 'utf8') !== packed) fail(`${file} is not what ${source} packs to\nrun: npm run orb`);

function pack(root) {
  const orb = {};
  for (const entry of entriesOf(root)) {
    const path = join(root, entry.name);
    if (isYaml(entry)) merge(orb, read(path), path);
    else if (entry.isDirectory()) {
      const defined = definitions(path);
      if (Object.keys(defined).length > 0) merge(orb, { [entry.name]: defined }, path);
    }
  }
  for (const key of Object.keys(orb)) if (!KEYS.includes(key)) fail(`${root}: an orb has no ${key}`);
  const included = (key) => (INCLUDING.includes(key) ? withIncludes(orb[key], root) : orb[key]);
  return Object.fromEntries(KEYS.filter((key) => key in orb).map((key) => [key, included(key)]));
}

/** What the files below a directory define, by file name; directories within it only keep order, @-files have no name. */
function definitions(directory) {
  const defined = {};
  for (const entry of entriesOf(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) merge(defined, definitions(path), path);
    else if (isYaml(entry)) {
      const name = entry.name.replace(/\.ya?ml$/, '');
      merge(defined, name.startsWith('@') ? read(path) : { [name]: read(path) }, path);
    }
  }
  return defined;
}

function entriesOf(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isYaml(entry) {
  return entry.isFile() && /\.ya?ml$/.test(entry.name);
}

/** CircleCI reads YAML 1.1, where `on` and `yes` are true. */
function read(path) {
  const document = parseDocument(readFileSync(path, 'utf8'), { version: '1.1' });
  if (document.errors.length > 0) fail(`${path}: ${document.errors[0].message}`);
  return document.toJS();
}

function merge(into, more, path) {
  for (const [key, value] of Object.entries(more ?? {})) {
    if (key in into) fail(`${path}: ${key} is defined twice`);
    into[key] = value;
  }
}

/** `<<include(scripts/run.sh)>>` as a whole value is the text of that file, in which `<<` is no parameter. */
function withIncludes(value, root) {
  if (Array.isArray(value)) return value.map((item) => withIncludes(item, root));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIncludes(item, root)]));
  }
  if (typeof value !== 'string' || !/<<\s*include\(/.test(value)) return value;
  const [, path] = /^<<\s*include\(([-\w./]+)\)\s*>>$/.exec(value) ?? fail(`an include is a whole value: ${value}`);
  if (path.split('/').includes('..')) fail(`an include stays within the orb: ${value}`);
  return readFileSync(join(root, path), 'utf8').replaceAll('<<', '\\<<');
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

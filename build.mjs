// Bundles the program into dist/, which is committed so that a clone runs without an installation.
// `--check` builds in memory and fails when the committed files differ; `--outdir DIR` writes somewhere else.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses.mjs';

const check = process.argv.includes('--check');
const at = process.argv.indexOf('--outdir');
const outdir = at < 0 ? 'dist' : process.argv[at + 1];
const { outputFiles, metafile } = await build({
  entryPoints: { cli: 'src/doors/cli.ts', action: 'src/doors/action.ts' },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  loader: { '.go': 'text' },
  legalComments: 'none',
  chunkNames: 'chunk-[hash]',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  write: false,
  metafile: true,
});

const names = stableNames(metafile);
const built = new Map(
  outputFiles.map(({ path, text }) => [
    names.get(basename(path)),
    text.replace(/(?<=["']\.\/)chunk-[A-Z0-9]{8}\.js(?=["'])/g, (chunk) => names.get(chunk) ?? chunk),
  ]),
);
built.set('THIRD-PARTY-LICENSES', thirdPartyLicenses(metafile));
if (check) {
  const committed = new Map(readdirSync(outdir).map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
  const stale = [...new Set([...built.keys(), ...committed.keys()])].filter((n) => built.get(n) !== committed.get(n));
  if (stale.length > 0) {
    console.error(`dist/ is not what src/ builds: ${stale.join(', ')}\nrun: npm run build`);
    process.exit(1);
  }
} else {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  for (const [name, text] of built)
    writeFileSync(join(outdir, name), text, { mode: name === 'cli.js' ? 0o755 : 0o644 });
}

/**
 * A chunk is called after its entry point, or after the largest source in it, and not by a hash of its content: so a
 * change of one source changes the file it is in, and not the name of every file that imports it.
 */
function stableNames({ outputs }) {
  const sourceOf = ({ entryPoint, inputs }) => {
    const bySize = Object.entries(inputs).sort(
      ([a, x], [b, y]) => y.bytesInOutput - x.bytesInOutput || (a < b ? -1 : 1),
    );
    return { entry: entryPoint !== undefined, source: entryPoint ?? bySize[0]?.[0] ?? 'empty', all: bySize.join() };
  };
  // Entry points choose first, and among the others nothing hangs on the hashes by which they are listed.
  const files = Object.entries(outputs)
    .map(([path, output]) => ({ hashed: basename(path), ...sourceOf(output) }))
    .sort((a, b) => Number(b.entry) - Number(a.entry) || (`${a.source} ${a.all}` < `${b.source} ${b.all}` ? -1 : 1));
  const doors = files.map(({ hashed }) => hashed).filter((name) => !name.startsWith('chunk-'));
  const names = new Map(doors.map((name) => [name, name]));
  const taken = new Set(doors);
  for (const { hashed, source } of files.filter(({ hashed }) => !names.has(hashed))) {
    const stem = source
      .replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, '$1')
      .replace(/^src\//, '')
      .replace(/\.[cm]?[jt]s$/, '')
      .replaceAll('@', '')
      .replaceAll(/[^\w-]/g, '-');
    let name = `${stem}.js`;
    for (let i = 2; taken.has(name); i++) name = `${stem}-${i}.js`;
    taken.add(name);
    names.set(hashed, name);
  }
  return names;
}

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
  entryPoints: { cli: 'src/cli.ts', action: 'src/action.ts' },
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

const built = new Map(outputFiles.map((file) => [basename(file.path), file.text]));
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

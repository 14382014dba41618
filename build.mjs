// Bundles the program into dist/, which is committed so that a clone runs without an installation.
// `--check` builds in memory and fails when the committed files differ.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const check = process.argv.includes('--check');
const { outputFiles } = await build({
  entryPoints: { cli: 'src/cli.ts' },
  outdir: 'dist',
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
});

const built = new Map(outputFiles.map((file) => [basename(file.path), file.text]));
if (check) {
  const committed = new Map(readdirSync('dist').map((name) => [name, readFileSync(join('dist', name), 'utf8')]));
  const stale = [...new Set([...built.keys(), ...committed.keys()])].filter((n) => built.get(n) !== committed.get(n));
  if (stale.length > 0) {
    console.error(`dist/ is not what src/ builds: ${stale.join(', ')}\nrun: npm run build`);
    process.exit(1);
  }
} else {
  rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist');
  for (const [name, text] of built)
    writeFileSync(join('dist', name), text, { mode: name === 'cli.js' ? 0o755 : 0o644 });
}

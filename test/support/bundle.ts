/** The program as build.mjs bundles it, made for one test: for tests that run it as a process of its own. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the path of `cli.js`, which lies with its parts in the directory; what was in it is gone. */
export function bundledCli(directory: string): string {
  execFileSync('node', ['build.mjs', '--outdir', directory], { cwd: ROOT });
  return join(directory, 'cli.js');
}

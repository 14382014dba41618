/** Everything about a build that can change a number, as flat text, so that two builds can be held against each other. */

import { type Prepared, profileGuide } from './build.ts';
import { ask } from './command.ts';

/** Run-time settings of the environment that reach the service and change what it does. */
const ENVIRONMENT = ['GOGC', 'GOMEMLIMIT', 'GODEBUG'];

export async function fingerprintOf(prepared: Prepared, binary: string): Promise<Record<string, string>> {
  const { spec, toolchain } = prepared;
  const { build, env } = spec;
  const guide = profileGuide(prepared);
  const fingerprint: Record<string, string> = {
    ...toolchain.settings,
    flags: build.flags.join(' '),
    tags: build.tags.join(','),
    ldflags: build.ldflags,
    command: build.command ?? '',
    'default.pgo': guide ?? '',
  };
  for (const name of ENVIRONMENT) fingerprint[`env ${name}`] = env[name] ?? '';
  for (const [key, value] of await settingsIn(binary, prepared)) fingerprint[`build ${key}`] = value;
  return Object.fromEntries(Object.entries(fingerprint).filter(([, value]) => value !== ''));
}

/** The `build` lines of `go version -m`, without the linker's flags: the injected values are in them. */
async function settingsIn(binary: string, { spec }: Prepared): Promise<[string, string][]> {
  const { directory: cwd, env, signal } = spec;
  const { stdout } = await ask({ command: 'go', args: ['version', '-m', binary], cwd, env, signal });
  const lines = stdout.matchAll(/^\tbuild\t([^=\n]+)=(.*)$/gm);
  return [...lines]
    .map(([, key = '', value = '']): [string, string] => [key, value])
    .filter(([key]) => key !== '-ldflags' && !key.startsWith('vcs'));
}

export interface Difference {
  readonly key: string;
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** What differs between two fingerprints, by key. */
export function difference(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
): Difference[] {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  return keys.filter((key) => base[key] !== head[key]).map((key) => ({ key, base: base[key], head: head[key] }));
}

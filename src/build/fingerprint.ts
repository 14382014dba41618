/**
 * Everything about a build that can change a number, as flat text in a fixed order, so that two builds can be held
 * against each other. What was built, its source and its dependencies, is no part of it.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Prepared } from './build.ts';
import { joinFields, splitFields, withoutSettings } from './ldflags.ts';

/** Settings of the environment that reach the service and change what it does. */
const RUNTIME = ['GOGC', 'GOMEMLIMIT', 'GODEBUG'];
/** The C compiler's part, where there can be one. */
const CGO = ['CC', 'CXX', 'CGO_CFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'];

/** What go build wrote into the executable of how it was built, also by a command of the service's own: `-tags`, `GOOS`. */
export const buildSettings = (moduleInfo: string): Map<string, string> =>
  new Map([...moduleInfo.matchAll(/^\tbuild\t([^=\n]+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]));

/** The fingerprint of an executable of which `go version -m` says `moduleInfo`. Settings without a value are left out. */
export async function fingerprintOf(
  prepared: Prepared,
  goVersion: string,
  moduleInfo: string,
): Promise<Record<string, string>> {
  const { spec, toolchain } = prepared;
  const { build } = spec;
  const env = { ...spec.env, ...build.env };
  const settings = buildSettings(moduleInfo);
  const taken = (key: string, fallback = '') => {
    const value = settings.get(key) ?? fallback;
    settings.delete(key);
    return value;
  };
  for (const key of [...settings.keys()]) if (key.startsWith('vcs')) settings.delete(key);
  taken('-ldflags'); // the injected values are in them
  const pgo = taken('-pgo');
  const cgo = taken('CGO_ENABLED', toolchain.variables['CGO_ENABLED']);
  const { GOAMD64 = '', GOARM64 = '', GOEXPERIMENT = '' } = toolchain.variables;
  const fingerprint: [string, string][] = [
    ['go', goVersion],
    ['GOOS', taken('GOOS', toolchain.os)],
    ['GOARCH', taken('GOARCH', toolchain.arch)],
    ['GOAMD64', taken('GOAMD64', toolchain.arch === 'amd64' ? GOAMD64 : '')],
    ['GOARM64', taken('GOARM64', toolchain.arch === 'arm64' ? GOARM64 : '')],
    ['GOEXPERIMENT', taken('GOEXPERIMENT', GOEXPERIMENT)],
    ['CGO_ENABLED', cgo],
    ...CGO.map((name): [string, string] => [name, taken(name, cgo === '1' ? toolchain.variables[name] : '')]),
    ['DefaultGODEBUG', taken('DefaultGODEBUG')],
    ['GOFLAGS', toolchain.flags],
    ['flags', build.flags.join(' ')],
    ['tags', taken('-tags')],
    ['ldflags', joinFields(withoutSettings(splitFields(build.ldflags)))],
    ['command', build.command ?? ''],
    [
      'build env',
      Object.entries(build.env)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
    ['pgo', pgo === '' ? '' : await profileHash(prepared)],
    ...[...settings].map(([key, value]): [string, string] => [`build ${key}`, value]),
    ...RUNTIME.map((name): [string, string] => [`env ${name}`, env[name] ?? '']),
  ];
  return Object.fromEntries(fingerprint.filter(([, value]) => value !== ''));
}

/** Of the profile that guides the compiler: the one in the flags, or default.pgo. */
async function profileHash(prepared: Prepared): Promise<string> {
  const { flags } = prepared.spec.build;
  const given = flags.map((flag) => /^--?pgo=(?!auto$)(.*)$/.exec(flag)?.[1]).findLast((path) => path !== undefined);
  const path = given === undefined ? profileGuide(prepared) : resolve(prepared.spec.directory, given);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined; // a build command of the service's own has it elsewhere
    throw error;
  });
  return bytes === undefined ? 'a profile that was not found' : createHash('sha256').update(bytes).digest('hex');
}

/** The default.pgo beside package main, which go build uses by itself from Go 1.21 on. */
const profileGuide = ({ packageDirectory }: Prepared) => join(packageDirectory, 'default.pgo');

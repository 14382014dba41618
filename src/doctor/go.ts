/** The Go that builds the service: its version against what go.mod asks for, and settings that reach every build. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { splitFields } from '../build/ldflags.ts';
import { findGo, type Toolchain } from '../build/toolchain.ts';
import type { Config } from '../config/config.ts';
import { whereIs } from '../config/places.ts';
import type { Environment } from '../process/command.ts';
import { type Finding, failed, type Halt, ok, repairable, warning } from './finding.ts';

export interface GoFacts {
  readonly toolchain: Toolchain;
  /** The text of the service's go.mod; undefined where there is none above it. */
  readonly goMod: string | undefined;
  readonly config: Pick<Config, 'service' | 'fileName' | 'places'> | undefined;
}

/** The Go of the service's directory, or why it cannot be used. */
export async function lookAtGo(
  directory: string,
  config: GoFacts['config'],
  env: Environment,
  halt: Halt,
): Promise<{ readonly finding: Finding; readonly toolchain: Toolchain | undefined }> {
  try {
    const goMod = await nearestGoMod(directory);
    const toolchain = await findGo({ ...env, ...config?.service.build.env }, directory, halt);
    return { finding: judgeGo({ toolchain, goMod, config }), toolchain };
  } catch (error) {
    return { finding: failed('go', repairable(error, halt), 'here'), toolchain: undefined };
  }
}

async function nearestGoMod(directory: string): Promise<string | undefined> {
  const text = await readFile(join(directory, 'go.mod'), 'utf8').catch(() => undefined);
  return text !== undefined || dirname(directory) === directory ? text : nearestGoMod(dirname(directory));
}

export function judgeGo({ toolchain, goMod, config }: GoFacts): Finding {
  const { version, root, variables } = toolchain;
  const wanted = /^go\s+(\S+)/m.exec(goMod ?? '')?.[1];
  const named = /^toolchain\s+(\S+)/m.exec(goMod ?? '')?.[1];
  // cmd/go keeps what it fetched as a module of this name.
  const isFetched = root.includes('golang.org/toolchain@');
  const [goflags, gotoolchain] = [toolchain.flags, variables['GOTOOLCHAIN'] ?? ''];
  const text = [
    `${version} in ${root}${isFetched ? ', which go fetched because go.mod asks for it' : ''}`,
    goMod === undefined ? ['no go.mod'] : wanted === undefined ? [] : [`go.mod asks for ${wanted}`],
    named === undefined ? [] : [`toolchain ${named}`],
    gotoolchain === '' || gotoolchain === 'auto' ? [] : [`GOTOOLCHAIN=${gotoolchain}`],
    goflags === '' ? [] : [`GOFLAGS=${goflags}`],
  ]
    .flat()
    .join('; ');
  for (const flag of splitFields(goflags)) {
    const effect = distortion(flag);
    if (effect !== undefined) {
      return warning('go', `${text}: ${flag} ${effect}`, `measure without it: GOFLAGS= perf-gate (go env -u GOFLAGS)`);
    }
  }
  for (const flag of config?.service.build.flags ?? []) {
    const effect = distortion(flag);
    if (effect !== undefined) {
      return warning(
        'go',
        `${text}: ${flag} of service.build.flags ${effect}`,
        `take it out of ${whereIs(config!, 'service.build.flags')}`,
      );
    }
  }
  return ok('go', text);
}

/** What a flag of go build does to both sides that no user of the service would see. */
function distortion(flag: string): string | undefined {
  const [, name, value = ''] = /^--?(\w+)(?:=(.*))?$/s.exec(flag) ?? [];
  if (value === 'false') return undefined;
  switch (name) {
    case 'race':
    case 'msan':
    case 'asan':
      return 'makes everything several times slower, and the detector is what is measured';
    case 'cover':
    case 'covermode':
    case 'coverpkg':
      return 'adds counters to every line';
    case 'gcflags':
      return /(?:^|[\s'"=])-(?:N|l)\b/.test(value) ? 'switches optimisation or inlining off' : undefined;
    default:
      return undefined;
  }
}

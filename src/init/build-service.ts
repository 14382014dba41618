/** The service, built from a private checkout as a run would build it, and which variables the linker really sets. */
import { join, posix } from 'node:path';
import { MeasurementError, UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { type Build, link, prepare } from '../build/build.ts';
import { proveInjected } from '../build/inject.ts';
import type { Config } from '../config/config.ts';
import { fill } from '../config/placeholders.ts';
import type { Side } from '../git/sides.ts';
import type { NotInjected } from './inject.ts';

export interface BuildInput {
  readonly config: Config;
  /** Of the service, in the checkout. */
  readonly directory: string;
  readonly side: Side;
  readonly work: string;
  readonly world: World;
  /** Hears what is run. */
  readonly tell: (line: string) => void;
}

export interface BuiltService {
  readonly binary: string;
  /** Variables of service.inject that cannot be set, and why. */
  readonly unset: readonly NotInjected[];
}

/** Throws a MeasurementError with go's own words where the service cannot be built. */
export async function buildService(input: BuildInput): Promise<BuiltService> {
  try {
    return await build(input);
  } catch (error) {
    input.world.signal.throwIfAborted();
    if (!(error instanceof MeasurementError)) throw error;
    throw new MeasurementError(error.message, {
      hint: `${error.hint ?? 'it must build from a fresh checkout'}; ${embedded(error.detail) ?? "such as perf-gate init --setup 'go generate ./...'"}`,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      cause: error,
    });
  }
}

/** What to do about files to embed that are not in the repository; undefined where none are missing. */
function embedded(detail = ''): string | undefined {
  const [, file = '', pattern = ''] = /^(\S+\.go):\d+:\d+: pattern (\S+): no matching files found/m.exec(detail) ?? [];
  if (!/^(all:)?[\w./*-]+$/.test(pattern) || !/^[\w./-]+$/.test(file)) return undefined;
  const path = posix.join(posix.dirname(file), pattern.replace(/^all:/, ''));
  const directory = path.replace(/\/?\*.*$/, '');
  return `it embeds ${path}, which another tool makes: give that tool's command, or where the service does no more than hand it out an empty stand-in: perf-gate init --setup 'mkdir -p ${directory} && touch ${directory}/index.html'`;
}

async function build({ config, directory, side, work, world, tell }: BuildInput): Promise<BuiltService> {
  const { package: mainPackage, setup, build: settings, name, inject } = config.service;
  const { version, commit, shortCommit, branch, commitTime } = side;
  const prepared = await prepare({
    label: 'the work tree',
    directory,
    package: mainPackage,
    setup,
    build: settings,
    // go and the C compiler leave what they were working on behind when they are interrupted.
    env: { ...world.env, GOTMPDIR: work, TMPDIR: work },
    signal: world.signal,
    placeholders: { version, commit },
    tell,
  });
  const values = { version, commit, shortCommit, branch: branch ?? '', buildTime: commitTime };
  const linked = await link(prepared, {
    output: join(work, 'bin', name),
    inject: Object.fromEntries(Object.entries(inject).map(([variable, text]) => [variable, fill(text, values)])),
    isComparable: false,
  });
  const unset: NotInjected[] = [];
  for (const [variable, value] of Object.entries(linked.injected)) {
    // One at a time: a proof of several fails for all of them.
    const alone: Build = { ...linked, injected: { [variable]: value } };
    await proveInjected(prepared, alone).catch((error: unknown) => {
      world.signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      unset.push({ variable, reason: error.message.replace(`${variable} cannot`, 'it cannot') });
    });
  }
  return { binary: linked.binary, unset };
}

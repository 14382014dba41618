/** The C compiler, which matters where a package of the service is written in C. */

import { listed } from '../base/text.ts';
import { splitFields } from '../build/ldflags.ts';
import { listCommand } from '../build/main-package.ts';
import type { Toolchain } from '../build/toolchain.ts';
import type { Config } from '../config/config.ts';
import { ask, type Command, type Environment } from '../process/command.ts';
import { cleanProse } from '../report/clean.ts';
import { type Finding, ok, untried, warning } from './finding.ts';

export interface CompilerFacts {
  /** Import paths that have C parts, the standard library's left out (it does without as well). */
  readonly users: readonly string[];
  /** By CGO_ENABLED=0, in the config or in the environment. */
  readonly isLeftOut: boolean;
  /** As go would call it: `gcc`. */
  readonly compiler: string;
  /** The first line of its answer to --version; undefined where it does not run. */
  readonly version: string | undefined;
}

export async function compilerFacts(
  directory: string,
  { service }: Pick<Config, 'service'>,
  { variables }: Toolchain,
  env: Environment,
  signal: AbortSignal,
): Promise<CompilerFacts | undefined> {
  const { build, package: mainPackage } = service;
  // On, so that packages with C parts are told whether or not there is a compiler for them.
  const spec = {
    label: 'the work tree',
    directory,
    package: mainPackage,
    build: { ...build, env: { ...build.env, CGO_ENABLED: '1' } },
    env,
    signal,
  };
  const format = '{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}';
  const compiler = variables['CC'] || 'gcc';
  const [packages, version] = await Promise.all([
    ask(listCommand(spec, format, [mainPackage], ['-e', '-deps'])),
    versionOf(compiler, { cwd: directory, env: { ...env, ...build.env }, signal }),
  ]);
  if (packages.exitCode !== 0) return undefined;
  const users = packages.stdout.split('\n').filter((line) => line !== '');
  const isLeftOut = { ...env, ...build.env }['CGO_ENABLED'] === '0';
  return { users, isLeftOut, compiler, version };
}

async function versionOf(compiler: string, where: Pick<Command, 'cwd' | 'env' | 'signal'>) {
  const [command = compiler, ...args] = splitFields(compiler);
  try {
    const { exitCode, output } = await ask({ command, args: [...args, '--version'], ...where });
    return exitCode === 0 ? cleanProse(output.trimStart().split('\n')[0] ?? '') : undefined;
  } catch {
    where.signal.throwIfAborted();
    return undefined; // not there, or nothing that can be run
  }
}

const MOST_NAMES = 3;

export function judgeCompiler(facts: CompilerFacts | undefined): Finding {
  if (facts === undefined) return untried('c compiler', 'go does not tell what the service is built from');
  const { users, isLeftOut, compiler, version } = facts;
  if (users.length === 0) return ok('c compiler', 'not needed: no package of the service has C parts');
  const more = users.length > MOST_NAMES ? [`${users.length - MOST_NAMES} more`] : [];
  const of = listed([...users.slice(0, MOST_NAMES), ...more]);
  if (isLeftOut) return ok('c compiler', `not needed: CGO_ENABLED=0 leaves the C parts of ${of} out`);
  if (version === undefined) {
    return warning(
      'c compiler',
      `${compiler} does not run, so ${of} cannot be built with their C parts`,
      'install it: apt-get install gcc libc6-dev, dnf install gcc, apk add gcc musl-dev; or say CC in service.build.env',
    );
  }
  return ok('c compiler', `${version}, for ${of}`);
}

/**
 * valgrind for a runner that lacks it. Only where the machine is thrown away after the job, and never by asking for a
 * password; what cannot be had is said and nothing more, because the gate tells itself what it could not judge.
 */
import { execa } from 'execa';
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';

interface PackageManager {
  readonly name: string;
  readonly install: readonly string[];
  /** Gets its lists of packages anew: hosted images come with old ones, or with none. */
  readonly refresh?: readonly string[];
}

/** The first that is there is used. */
const MANAGERS: readonly PackageManager[] = [
  {
    name: 'apt-get',
    install: ['-y', '-q', '-o', 'DPkg::Lock::Timeout=60', '--no-install-recommends', 'install', 'valgrind'],
    refresh: ['-y', '-q', 'update'],
  },
  { name: 'dnf', install: ['-y', '-q', '--setopt=install_weak_deps=False', 'install', 'valgrind'] },
  { name: 'apk', install: ['add', '--no-progress', 'valgrind'] },
];

const TIMEOUT_MS = 180_000;

/** Installs valgrind where it is missing and may be installed. */
export async function installValgrind(world: World, tell: (fact: string) => void): Promise<void> {
  if (world.platform !== 'linux' || world.env['RUNNER_ENVIRONMENT'] !== 'github-hosted') return;
  if (await works(world, 'valgrind', '--version')) return;
  for (const manager of MANAGERS) {
    if (!(await works(world, manager.name, '--version'))) continue;
    tell(`valgrind is not installed; installing it with ${manager.name}`);
    const problem = await install(world, manager);
    tell(problem === undefined ? 'valgrind is installed' : `valgrind could not be installed: ${problem}`);
    return;
  }
  tell('valgrind is not installed, and there is no apt-get, dnf or apk to install it with');
}

/** What went wrong, in the manager's own last words; undefined when all went well. */
async function install(world: World, { name, install, refresh }: PackageManager): Promise<string | undefined> {
  // The root of a container may have no sudo.
  const isRoot = (await run(world, 'id', ['-u'])).stdout === '0';
  const manage = (args: readonly string[]) =>
    isRoot ? run(world, name, args) : run(world, 'sudo', ['-n', name, ...args]);
  let answer = await manage(install);
  if (answer.failed && refresh !== undefined) {
    await manage(refresh);
    answer = await manage(install);
  }
  return answer.failed ? lastLine(answer.stderr) || lastLine(answer.shortMessage) : undefined;
}

const lastLine = (text = '') => plainText(text).trim().split('\n').at(-1) ?? '';

const works = async (world: World, command: string, flag: string) => !(await run(world, command, [flag])).failed;

async function run({ env, cwd, signal }: World, command: string, args: readonly string[]) {
  const { failed, stdout, stderr, shortMessage } = await execa(command, args, {
    cwd,
    env: env as Record<string, string>,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: TIMEOUT_MS,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  return { failed, stdout, stderr, shortMessage };
}

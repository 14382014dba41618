/**
 * valgrind for a runner that lacks it. Only where the machine is thrown away after the job, and never by asking for a
 * password; what cannot be had is said and nothing more, because the gate tells itself what it could not judge.
 */
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';
import { runProgram } from '../process/program.ts';

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
const MOST_OUTPUT_BYTES = 64e6;

interface Answer {
  readonly failed: boolean;
  /** In words, where it failed. */
  readonly reason: string;
  readonly stdout: string;
  readonly stderr: string;
}

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
  return answer.failed ? lastLine(answer.stderr) || answer.reason : undefined;
}

const lastLine = (text = '') => plainText(text).trim().split('\n').at(-1) ?? '';

const works = async (world: World, command: string, flag: string) => !(await run(world, command, [flag])).failed;

async function run({ env, cwd, signal }: World, command: string, args: readonly string[]): Promise<Answer> {
  const bound = { mostBytes: MOST_OUTPUT_BYTES, keptBytes: 64 * 1024 };
  try {
    const ran = await runProgram({
      ...{ command, args, cwd, env, signal },
      graceMs: 5000, // a package manager in the middle of its work
      timeoutMs: TIMEOUT_MS,
      stdout: bound,
      stderr: bound,
    });
    const { end, exitCode, signal: endedBy, stdout, stderr } = ran;
    const isLate = end === 'late' ? `was not over within ${TIMEOUT_MS / 1000} s` : undefined;
    return {
      failed: end !== 'over' || exitCode !== 0,
      reason: `${command} ${isLate ?? (exitCode === undefined ? `was ended by ${endedBy}` : `failed (exit code ${exitCode})`)}`,
      stdout: stdout.toString('utf8').trim(),
      stderr: stderr.toString('utf8'),
    };
  } catch (error) {
    signal.throwIfAborted();
    return { failed: true, reason: (error as Error).message, stdout: '', stderr: '' };
  }
}

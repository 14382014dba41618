/** perf-gate as a process of its own: ended by signals, or on disks that are full, read-only or closed to programs. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { allowedCores } from '../../src/process/affinity.ts';
import { bundledCli } from '../support/bundle.ts';
import { Bench, FEW, making, QUICK, SERVICE_CONFIG } from './mistake.ts';

let bench: Bench;
let cli: string;
beforeAll(() => {
  bench = new Bench();
  cli = bundledCli(bench.path('dist'));
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** The command in the repository, with this config; `onSaid` hears everything of its error stream so far. */
async function ended(
  config: string,
  [command, ...args]: readonly [string, ...string[]],
  { env = {}, onSaid }: { env?: NodeJS.ProcessEnv; onSaid?: (text: string, pid: number) => void } = {},
): Promise<Ended> {
  bench.repository.write('perf-gate.yml', config);
  bench.remember();
  const child = spawn(command, args, {
    cwd: bench.repository.directory,
    env: { ...process.env, TMPDIR: bench.temporary, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
    onSaid?.(text.err, child.pid!);
  });
  const [code] = await once(child, 'close');
  return { code, out: text.out, said: bench.heard(text.err).said };
}

const run = (...flags: string[]): [string, ...string[]] => [process.execPath, cli, '--base', 'HEAD~1', ...flags];

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)('%s', async (signal) => {
  const config = making('', QUICK).replace('package: .', 'package: .\n  setup: ["sleep 60; true"]');
  let isSent = false;
  const onSaid = (text: string, pid: number) => {
    if (isSent || !text.includes('building both sides')) return;
    isSent = true;
    process.kill(pid, signal);
  };
  const outcome = await ended(config, run(), { onSaid });
  expect(outcome).toEqual({ code: 130, out: '', said: `perf-gate: interrupted (${signal})\n` });
});

test('on one core and without valgrind only time is left, which is no verdict; and what one core means is told', async () => {
  const config = `${SERVICE_CONFIG}${FEW}instruments: [instructions, cpu]\n`;
  const env = { PATH: bench.pathOf(['go', 'gcc', 'git', 'taskset']) };
  const { code, out } = await ended(config, ['taskset', '-c', `${allowedCores(1)[0]}`, ...run()], { env });
  expect(out).toMatch(/^perf-gate {2}INVALID /);
  const told = out.replace(/\n {7}/g, ' ').split('\n');
  expect(told).toContain(
    '     nothing was measured on both sides that has a limit: name instructions or allocs under instruments',
  );
  expect(told).toContain(
    '     there is one core, which both sides share with what puts the load on them: cpu time says less, exact counts are as they are anywhere',
  );
  expect(code).toBe(3);
});

const SMALL = 'mount -t tmpfs -o size';
const READ_ONLY = 'mount --bind . .; mount -o remount,bind,ro .; cd .';

const trials = [
  ['unshare', '-m'],
  ['unshare', '-r', '-m'],
].map((words) => {
  const [command, ...flags] = words;
  const mounts = [...flags, 'sh', '-ec', `${READ_ONLY}; ${SMALL}=4k tmpfs .`];
  const { status, error, stderr } = spawnSync(command!, mounts, { cwd: tmpdir(), encoding: 'utf8' });
  return { words, isAllowed: status === 0, refusal: `${words.join(' ')}: ${error?.message ?? stderr.trim()}` };
});

/** A command in a name space of its own, whose mounts end with it; undefined where the system allows none. */
const inNamespace = trials.find(({ isAllowed }) => isAllowed)?.words;

const HOW_TO_ALLOW =
  'The tests of full, read-only and noexec disks mount some in a name space of their own: run them as root (in a ' +
  'container with --cap-add SYS_ADMIN), or allow name spaces to everybody (sysctl -w ' +
  'kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1, where the system has these).';

/** perf-gate behind these mounts. */
const behind = (mounts: string, ...flags: string[]): [string, ...string[]] => {
  const [command, ...args] = inNamespace!;
  return [command!, ...args, 'sh', '-ec', `${mounts}\nexec "$@"`, 'sh', ...run(...flags)];
};

const WRITABLE =
  'perf-gate must be able to write to .git, which is as before when it ends: make it writable, or run it in a clone';

if (inNamespace !== undefined) {
  test.each<[string, string, number, RegExp, unknown, string[]?]>([
    [
      'a repository that is read-only, with uncommitted changes',
      READ_ONLY,
      2,
      /^perf-gate: git add failed in ~\/repository \(exit code 128\)\n(?: {2}\| .*\n)* {2}\| .*Read-only file system\n(?: {2}\| .*\n)* {2}-> (.*)\n$/,
      WRITABLE,
    ],
    [
      'a repository that is read-only, and a commit of it',
      READ_ONLY,
      2,
      /^perf-gate: git worktree failed in ~\/repository \(exit code 128\)\n {2}\| fatal: .*Read-only file system\n {2}-> (.*)\n$/,
      WRITABLE,
      ['--head', 'HEAD'],
    ],
    [
      'an output directory that is read-only',
      'mount -t tmpfs -o ro tmpfs ~out',
      2,
      /^perf-gate: cannot write to ~\/out\/run: EROFS: read-only file system, mkdir '~\/out\/run\.unfinished-\d+'\n {2}-> (.*)\n$/,
      'name another place with --output',
    ],
    [
      'an output directory that is full',
      `${SMALL}=8k tmpfs ~out`,
      3,
      /^perf-gate: there is no space left on the disk\n {2}\| ENOSPC: no space left on device, \w+\n {2}-> (.*)\n$/,
      'free some: both sides are built in ~/tmp (TMPDIR), and their profiles go to --output',
    ],
    [
      'a temporary directory that is too small for the checkouts',
      `${SMALL}=28k tmpfs ~tmp`,
      3,
      /^perf-gate: git reset failed in ~\/tmp\/perf-gate-\w+\/(?:base|head)\/src \(exit code 128\)\n(?: {2}\| .*\n)+ {2}-> (.*)\n$/,
      'is the disk full? both sides are checked out below TMPDIR, and uncommitted changes are kept in .git',
    ],
    [
      'a temporary directory that is too small for the builds',
      `${SMALL}=4m tmpfs ~tmp`,
      3,
      /^perf-gate: the build of (?:base|head) failed\n(?: {2}\| .*\n)* {2}\| .*no space left on device\n(?: {2}\| .*\n)* {2}-> (.*)\n$/,
      expect.stringMatching(
        /^free some space: both sides are built in ~\/tmp\/perf-gate-\w+, and go keeps its cache in GOCACHE$/,
      ),
    ],
    [
      'a temporary directory that nothing may be started from',
      'mount -t tmpfs -o noexec tmpfs ~tmp',
      3,
      /^perf-gate: .*\/changes could not be run: [\s\S]*EACCES\n {2}-> (.*)\n$/,
      'is the temporary directory mounted noexec? set TMPDIR to one that programs may be started from',
    ],
  ])('%s', async (_, mounts, exitCode, message, hint, flags = []) => {
    mkdirSync(bench.path('out'), { recursive: true });
    const script = mounts.replaceAll('~tmp', bench.temporary).replaceAll('~out', bench.path('out'));
    const { code, out, said } = await ended(making(''), behind(script, '--output', bench.path('out/run'), ...flags));
    expect(said).toMatch(message);
    expect(message.exec(said)?.[1]).toEqual(hint);
    expect({ code, out }).toEqual({ code: exitCode, out: '' });
  });
} else {
  // None is left out silently.
  test('a machine on which unshare may be used', () => {
    bench.remember();
    expect([...trials.map(({ refusal }) => refusal), HOW_TO_ALLOW].join('\n')).toBe('');
  });
}

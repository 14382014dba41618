/** What a run tells of itself: on which output, in which form, and with which words. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { wantsColor } from '../../src/base/color.ts';
import { redactArgs, Secrets } from '../../src/base/redact.ts';
import type { World } from '../../src/base/world.ts';
import { openProgress, type Progress, type ProgressOptions } from '../../src/progress/progress.ts';
import { type TestWorld, testWorld } from '../support/world.ts';
import { Terminal } from './terminal.ts';

let now: number;
let stop: AbortController;
let world: TestWorld;
beforeEach(() => {
  now = 5000;
  stop = new AbortController();
});

function open(options: ProgressOptions = {}, changes: Partial<World> = {}): Progress {
  world = testWorld('/', { env: {}, monotonicMs: () => now, signal: stop.signal, ...changes });
  return openProgress(world, options);
}

const pass = async (ms: number) => {
  now += ms;
};
const fail = async (message: string) => {
  throw new Error(message);
};

describe('in a log', () => {
  test('a line for each step and fact, with the time since the start', async () => {
    const progress = open();
    progress('head 4f2a against base 88d0');
    const answer = await progress.step('building both sides', async () => {
      await pass(1234);
      return 7;
    });
    await progress.step({ side: 'base', name: 'counting' }, () => pass(70_000));
    progress('the end');
    expect(answer).toBe(7);
    expect(world.out()).toBe('');
    expect(world.err()).toBe(
      `   0.0 s  head 4f2a against base 88d0
   0.0 s  building both sides
   1.2 s  base: counting
  71.2 s  the end
`,
    );
  });

  test('rounds are told every ten seconds, however many they are', async () => {
    await open().step('profiling', async (update) => {
      for (let round = 1; round <= 90; round++) {
        update({ round, rounds: 90, estimate: { change: 0.012, sd: 0.008 } });
        await pass(300);
      }
    });
    expect(world.err()).toBe(
      `   0.0 s  profiling
  10.2 s  profiling (round 35 of 90: +1.2 % ±0.8 %)
  20.4 s  profiling (round 69 of 90: +1.2 % ±0.8 %)
`,
    );
  });

  test('nothing that others say is obeyed: neither by a terminal, nor as a line of its own', async () => {
    const progress = open();
    progress('service \x1b[2J\x1b]0;title\x07evil\n::error::forged');
    await progress.step('a\r\u202eb\tc', async (update) => {
      now += 10_000;
      update('d\n\x9be');
    });
    expect(world.err()).toBe('   0.0 s  service evil ::error::forged\n   0.0 s  a b c\n  10.0 s  a b c (d e)\n');
  });

  test('secrets of the environment are left out', () => {
    const env = { GITHUB_TOKEN: 'ghs_1234567890', DB_PASSWORD: 'hunter22', SHORT_TOKEN: 'a', HOME: '/home/someone' };
    open({}, { env })('asked https://me:pw@example.com with ghs_1234567890 and hunter22 of a /home/someone');
    expect(world.err()).toBe('   0.0 s  asked https://***@example.com with *** and *** of a /home/someone\n');
  });
});

test('a step gives on what its work throws', async () => {
  await expect(open().step('building', () => fail('no compiler'))).rejects.toThrow('no compiler');
});

describe('how much is told', () => {
  const tellAll = async (progress: Progress) => {
    progress('a fact');
    progress.detail('$ go build');
    await progress.step('a step', () => pass(0));
    await progress.step('a step that fails', () => fail('no')).catch(() => undefined);
  };

  test('as it is: no commands', async () => {
    await tellAll(open());
    expect(world.err()).toBe('   0.0 s  a fact\n   0.0 s  a step\n   0.0 s  a step that fails\n');
  });

  test('--verbose: the commands as well', async () => {
    await tellAll(open({ isVerbose: true }));
    expect(world.err().split('\n')[1]).toBe('   0.0 s  $ go build');
  });

  test('--quiet: nothing, on a terminal or elsewhere', async () => {
    await tellAll(open({ isQuiet: true }));
    expect(world.err()).toBe('');
    const stderr = new Terminal(80);
    await tellAll(open({ isQuiet: true }, { stderr }));
    expect(stderr.writes).toEqual([]);
  });
});

describe('on a terminal', () => {
  test.each<[string, World['env'], boolean]>([
    ['there is a list', { TERM: 'xterm-256color' }, true],
    ['CI=false is none', { TERM: 'xterm', CI: 'false' }, true],
    ['that cannot move its cursor, plain lines', { TERM: 'dumb' }, false],
    ['of a CI system, plain lines', { TERM: 'xterm', CI: 'true' }, false],
  ])('%s', async (_, env, isLive) => {
    const stderr = new Terminal(80);
    await open({}, { stderr, env: { ...env, NO_COLOR: '1' } }).step('building', () => pass(300));
    expect(stderr.text).toBe(isLive ? '✓     0.3 s  building' : '   0.0 s  building');
  });

  test('the step that fails is marked, and told from those that it takes down', async () => {
    const stderr = new Terminal(80);
    const progress = open({}, { stderr });
    let giveUp: (reason: Error) => void = () => undefined;
    const other = new Promise<void>((_, reject) => {
      giveUp = reject;
    });
    const base = progress.step({ side: 'base', name: 'counting' }, () => other);
    const head = progress.step({ side: 'head', name: 'counting' }, () => pass(200).then(() => fail('ended')));
    await expect(head).rejects.toThrow('ended');
    now += 100;
    giveUp(new Error('stopped'));
    await expect(base).rejects.toThrow('stopped');
    now += 100;
    // What comes later and fails has failed by itself.
    await progress.step('recording', () => fail('as well')).catch(() => undefined);
    expect(stderr.text).toBe(
      `✗     0.2 s  head: counting
–     0.3 s  base: counting
✗     0.0 s  recording`,
    );
  });

  test('an interruption is nobody’s failure', async () => {
    const stderr = new Terminal(80);
    const progress = open({}, { stderr });
    await progress
      .step('building', async () => {
        stop.abort(new Error('interrupted'));
        stop.signal.throwIfAborted();
      })
      .catch(() => undefined);
    expect(stderr.text).toBe('–     0.0 s  building');
  });

  test.each<[string, World['env'], boolean]>([
    ['has colours', { TERM: 'xterm' }, true],
    ['has none where NO_COLOR says so', { TERM: 'xterm', NO_COLOR: '1' }, false],
  ])('%s', async (_, env, hasColor) => {
    const stderr = new Terminal(80);
    await open({}, { stderr, env }).step('building', () => pass(0));
    expect(stderr.writes.join('').includes('\x1b[32m')).toBe(hasColor);
  });
});

test.each<[World['env'], boolean, boolean]>([
  [{}, true, false],
  [{ TERM: 'dumb' }, false, false],
  [{ NO_COLOR: '' }, true, false],
  [{ NO_COLOR: '0' }, false, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
  [{ FORCE_COLOR: '' }, true, false],
  [{ FORCE_COLOR: '1' }, true, true],
  [{ FORCE_COLOR: '3', TERM: 'dumb' }, true, true],
  [{ FORCE_COLOR: 'true' }, true, true],
  [{ FORCE_COLOR: '0' }, false, false],
  [{ FORCE_COLOR: 'false' }, false, false],
])('colours with %p: on a terminal %p, elsewhere %p', (env, onTerminal, elsewhere) => {
  const coloured = [true, false].map((isTerminal) => {
    const output = { write: () => undefined, isTerminal };
    return [wantsColor({ ...testWorld('/'), env, stdout: output }), wantsColor({ ...testWorld('/'), env }, output)];
  });
  expect(coloured).toEqual([
    [onTerminal, onTerminal],
    [elsewhere, elsewhere],
  ]);
});

test('secrets are known by the names of variables and flags', () => {
  const env = {
    ...{ NPM_TOKEN: 'aaaaaa', AWS_SECRET_ACCESS_KEY: 'bbbbbb', apiKey: 'cccccc', PGPASSWORD: 'dddddd' },
    ...{ KEYBOARD: 'qwertz', MONKEY: 'banana', PASSWORD: 'short', PATH: '/usr/bin', UNSET_TOKEN: undefined },
  };
  expect(new Secrets(env).clean('aaaaaa bbbbbb cccccc dddddd qwertz banana short /usr/bin')).toBe(
    '*** *** *** *** qwertz banana short /usr/bin',
  );
  const args = ['-listen=:80', '--api-key=x=y', '-password', 'p w', '--token', '-v', '--dsn', 'file', 'password'];
  expect(redactArgs(args)).toEqual([
    ...['-listen=:80', '--api-key=***', '-password', '***', '--token', '-v', '--dsn', 'file', 'password'],
  ]);
});

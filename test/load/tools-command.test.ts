/** A command that sends the load, with real processes: what it is told, what is made of its answer, and its every end. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { Secrets } from '../../src/base/redact.ts';
import { checkLoad } from '../../src/load/check.ts';
import { type CommandLoad, runLoadCommand } from '../../src/load/command.ts';
import { openCommand } from '../../src/load/command-open.ts';
import type { Goal } from '../../src/load/command-runs.ts';
import { allowedCores } from '../../src/process/affinity.ts';
import { eventually, runningOf } from '../service/processes.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

let directory: string;
let count = 0;
beforeEach(() => {
  directory = join(scratch, `${++count}`);
  mkdirSync(join(directory, 'bin'), { recursive: true });
});

const COUNT: Goal = { mode: 'count', count: 300 };
const WINDOW: Goal = { mode: 'window', durationMs: 2000 };
const GOOD = `echo '{{"requests": {requests}, "errors": 0}}'`;
/** As the placeholders must be in a command. */
const TELLS = ': {url}';

/** A world in which the directory's `bin` is on PATH. */
function world() {
  return testWorld(directory, {
    env: { ...process.env, PATH: `${join(directory, 'bin')}${delimiter}${process.env['PATH']}` },
  });
}

/** A program in the directory's `bin`. */
function program(name: string, script: string): void {
  writeFileSync(join(directory, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, 'bin', name), 0o755);
}

const open = (template: string, tool?: 'k6') => openCommand({ template, tool }, directory, world());

const load = (changes: Partial<CommandLoad> = {}): CommandLoad => ({
  url: 'http://127.0.0.1:41234',
  port: 41234,
  socket: '/run/it.sock',
  connections: 1,
  side: 'base',
  checkout: '/checkouts/base',
  timeoutMs: 20_000,
  firstCount: 300,
  tolerated: 0,
  cores: undefined,
  scratch: directory,
  logFile: join(directory, 'load.log'),
  signal: new AbortController().signal,
  world: world(),
  ...changes,
});

async function send(template: string, goal: Goal, changes: Partial<CommandLoad> = {}, tool?: 'k6') {
  return runLoadCommand(await open(template, tool), goal, load(changes));
}

/** What it is refused with. */
async function refused(template: string, changes: Partial<CommandLoad> = {}, tool?: 'k6') {
  const error = await send(template, COUNT, changes, tool).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MeasurementError);
  return error as MeasurementError;
}

/** What the command wrote into a file of its directory, a line each run. */
const written = (name: string) => readFileSync(join(directory, name), 'utf8').trimEnd().split('\n');

describe('what it is told', () => {
  test('where the service is, how much to send, and whose side it is; as words, whatever stands in them', async () => {
    const command = `echo {url} {port} {socket} {requests} {connections} {side} '{dir}' {summary} "$PWD" >> told; ${GOOD}`;
    const checkout = `${directory}/it's here`;
    const { result } = await send(command, COUNT, { checkout, connections: 3 });
    expect(written('told')).toEqual([
      `http://127.0.0.1:41234 41234 /run/it.sock 300 3 base ${checkout} ${directory}/base-41234.summary ${directory}`,
    ]);
    expect(result).toMatchObject({ mode: 'count', requests: 300, failed: 0, byStatus: {}, stoppedEarly: false });
    expect(result.firstFailure).toBeUndefined();
  });

  test('a number of requests is sent in one go, also where not all of them came', async () => {
    const { result } = await send(`echo {requests} >> told; ${TELLS}; echo '{{"requests": 298, "errors": 0}}'`, COUNT);
    expect(written('told')).toEqual(['300']);
    expect(result.requests).toBe(298);
  });

  test('told in seconds, it is run until the requests are there', async () => {
    const script = `s={seconds}; echo $s >> told; sleep 0.$s; echo "{{\\"requests\\": $((s * 40)), \\"errors\\": 0}}"`;
    const { result } = await send(`${TELLS}; ${script}`, COUNT);
    const seconds = written('told').map(Number);
    expect(seconds[0]).toBe(1);
    expect(result.requests).toBe(seconds.reduce((sum, s) => sum + 40 * s, 0));
    expect(result.requests >= 300 || seconds.length === 6).toBe(true);
  });

  test('told in seconds, one in which nothing came is followed by longer ones, and by no more than six', async () => {
    const { result } = await send(`${TELLS}; echo {seconds} >> told; echo '{{"requests": 0, "errors": 0}}'`, COUNT);
    expect(written('told')).toEqual(['1', '2', '4', '8', '16', '32']);
    expect(result.requests).toBe(0);
  });

  test('a window in seconds is one run', async () => {
    const { result } = await send(`${TELLS}; echo {seconds} >> told; echo '{{"requests": 9000, "errors": 0}}'`, WINDOW);
    expect(written('told')).toEqual(['2']);
    expect(result).toMatchObject({ mode: 'window', requests: 9000 });
  });

  test('a window in requests is filled at the pace that the runs before it had', async () => {
    program('hey', `n=$2; echo $n >> ${directory}/told\n${heyReport('$n', '$(awk "BEGIN { print $n / 1000 }")')}`);
    const { result } = await send('hey -n {requests} {url}/', WINDOW);
    expect(written('told')).toEqual(['300', '1700']);
    expect(result).toMatchObject({ mode: 'window', requests: 2000, durationMs: 2000, byStatus: { 200: 2000 } });
    expect(result.latencyMs).toMatchObject({ p50: 0.2, p99: 3.4 });
  });

  test('it is never told to send less than one request over each connection', async () => {
    program('hey', `echo $2 >> ${directory}/told\n${heyReport('$2', '0.2')}`);
    const goal: Goal = { mode: 'window', durationMs: 300 };
    await send('hey -n {requests} {url}/', goal, { connections: 1000, firstCount: 10 });
    expect(written('told')).toEqual(['1000', '1000']);
  });

  test('it runs on the cores that it is given', async () => {
    const [core] = allowedCores(1);
    await send(`nproc >> told; grep Cpus_allowed_list /proc/self/status >> told; ${TELLS}; ${GOOD}`, COUNT, {
      cores: [core!],
    });
    expect(written('told')).toEqual(['1', `Cpus_allowed_list:\t${core}`]);
  });

  test('what it writes into {summary} is read, and gone afterwards', async () => {
    program('k6', `cp ${fixture('k6/answered.summary')} "$2"; echo noise`);
    const { result } = await send('k6 {url} {summary} {requests}', COUNT);
    expect(result.requests).toBe(200);
    expect(readdirSync(directory).filter((name) => name.endsWith('.summary'))).toEqual([]);
  });
});

describe('failed requests', () => {
  const failing = `${TELLS}; echo "one of them timed out" >&2; echo run >> told; echo '{{"requests": {requests}, "errors": 3}}'`;

  test('beyond what is tolerated end the load at once, and the run with what the tool said last', async () => {
    const { result, lastWords } = await send(failing, WINDOW);
    expect(written('told')).toEqual(['run']);
    expect(result).toMatchObject({ requests: 297, failed: 3, firstFailure: { line: 'json', error: '3 failed' } });
    const check = { tolerated: 0, label: 'base', log: () => 'pool exhausted', tool: { name: 'json', lastWords } };
    expect(told(() => checkLoad(result, check))).toEqual([
      '1.0 % of the requests to base failed (3 of 300)',
      'the service must answer every request of load.command; load.errors is the share that may fail',
      'the first: json: 3 failed',
      'the last lines of json:',
      '{"requests": 300, "errors": 3}',
      'one of them timed out',
      "the service's last lines:",
      'pool exhausted',
    ]);
  });

  test('that are tolerated are no part of the requests', async () => {
    const { result } = await send(failing, COUNT, { tolerated: 0.02 });
    expect(result).toMatchObject({ requests: 297, failed: 3 });
    expect(checkLoad(result, { tolerated: 0.02, label: 'base', tool: { name: 'json', lastWords: '' } })).toEqual([]);
  });

  test('no request at all is told as that', async () => {
    const { result, lastWords } = await send(`${TELLS} {requests}; echo '{{"requests": 0, "errors": 0}}'`, COUNT);
    expect(told(() => checkLoad(result, { tolerated: 0, label: 'head', tool: { name: 'json', lastWords } }))).toEqual([
      'json sent not one request to head',
      'see that load.command sends some, and to the right address',
      'the last lines of json:',
      '{"requests": 0, "errors": 0}',
    ]);
  });

  test('that nobody heard of again have failed; those under way when the time is over have not', async () => {
    program('autocannon', `cat ${fixture('autocannon/some-cut.out')}`);
    expect((await send('autocannon --json -a {requests} {url}', COUNT)).result).toMatchObject({
      requests: 40,
      failed: 10,
      firstFailure: { error: '10 requests were never answered' },
    });
    const timed = await send('autocannon --json -d {seconds} {url}', WINDOW, { connections: 9 });
    expect(timed.result).toMatchObject({ requests: 40, failed: 1 });
  });
});

describe('a command that cannot be counted on', () => {
  test('fails', async () => {
    const error = await refused(`${TELLS} {requests}; echo "unknown flag -x" >&2; exit 3`);
    expect(error.message).toBe('load.command failed (exit code 3)');
    expect(error.detail).toBe(`$ : http://127.0.0.1:41234 300; echo "unknown flag -x" >&2; exit 3\nunknown flag -x`);
    expect(error.hint).toBe('its last lines are above: correct load.command, or what it needs to run');
  });

  test('and what it says of a secret is left out', async () => {
    const env = { ...process.env, LOAD_TOKEN: 'open-sesame' };
    const error = await refused(`${TELLS} {requests}; echo "401 for $LOAD_TOKEN"`, {
      world: { ...world(), env, secrets: new Secrets(env) },
    });
    expect(error.detail!.split('\n').at(-1)).toBe('401 for ***');
    expect(written('load.log').at(-1)).toBe('401 for ***');
  });

  test('is ended by a signal', async () => {
    expect((await refused(`${TELLS} {requests}; kill -9 $$`)).message).toBe('load.command failed (exit code 137)');
  });

  test('says what is no report', async () => {
    const error = await refused(`${TELLS} {requests}; printf '\\033[31mall is well\\033[0m\\n'`);
    expect(error.message).toBe('what load.command wrote is no report of json: there is no JSON in it');
    expect(error.hint).toBe(
      'its last line must be such as {"requests": 300, "errors": 0}, or name the tool that it is with load.tool',
    );
    expect(error.detail!.split('\n').at(-1)).toBe('all is well');
  });

  test('calls what is not there, which is told before anything is built', async () => {
    const missing = await open('autocannon-of-mine {url} {requests}').then((command) =>
      runLoadCommand(command, COUNT, load()).catch((error: MeasurementError) => error),
    );
    expect((missing as MeasurementError).message).toMatch(
      /^load\.command calls a program that is not there: .*autocannon-of-mine: not found$/,
    );
    expect((missing as MeasurementError).hint).toBe('correct load.command, or install what it calls');
    const empty = { ...world(), env: { PATH: join(directory, 'bin') } };
    await expect(
      openCommand({ template: 'ghz {url} -n {requests}', tool: undefined }, directory, empty),
    ).rejects.toMatchObject({
      message: 'load.command calls a program that is not there: there is no ghz on PATH',
      hint: 'install ghz: go install github.com/bojand/ghz/cmd/ghz@v0.120.0',
    });
  });

  test('crossed thresholds of k6, which say how fast an answer must be: its counts stand', async () => {
    program('k6', `cp ${fixture('k6/answered.summary')} "$2"; exit 99`);
    expect((await send('k6 {url} {summary} {requests}', COUNT)).result.requests).toBe(200);
    program('k6', `cp ${fixture('k6/answered.summary')} "$2"; exit 107`);
    expect((await refused('k6 {url} {summary} {requests}')).message).toBe('load.command failed (exit code 107)');
  });
});

describe('a command without an end', () => {
  const HANGS = `echo $$ > group; sleep 600 & echo waiting; sleep 600 # {url} {requests}`;
  const group = () => Number(written('group')[0]);
  const isGone = () => eventually(() => runningOf(group()).length === 0);

  test('is killed at its deadline with all that it started', async () => {
    const error = await refused(HANGS, { timeoutMs: 3000 });
    expect(error.message).toBe('load.command was not over within 3 s');
    expect(error.hint).toBe('see that it ends by itself; set load.timeout to how long one run of it may take');
    expect(error.detail!.split('\n').at(-1)).toBe('waiting');
    expect(await isGone()).toBe(true);
  });

  test('is killed when the run is given up', async () => {
    const abort = new AbortController();
    const reason = new Error('Ctrl-C');
    const sent = send(HANGS, COUNT, { signal: abort.signal, timeoutMs: 600_000 });
    await eventually(() => existsSync(join(directory, 'group')) && runningOf(group()).length > 2);
    abort.abort(reason);
    await expect(sent).rejects.toBe(reason);
    expect(await isGone()).toBe(true);
  });

  test('may leave something behind, which is not waited for and does not stay', async () => {
    const { result } = await send(`echo $$ > group; sleep 600 & ${TELLS}; ${GOOD}`, COUNT);
    expect(result.requests).toBe(300);
    expect(await isGone()).toBe(true);
  });

  test.each([
    ['its output', `yes "$(printf '%1000s')"`],
    ['its errors', `yes "$(printf '%1000s')" >&2`],
  ])('is killed when it floods %s', async (_, flood) => {
    const before = process.memoryUsage().rss;
    const error = await refused(`echo $$ > group; ${TELLS} {requests}; ${flood}`);
    expect(error.message).toBe('load.command wrote more than 64 MB');
    expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
    expect(await isGone()).toBe(true);
  });

  test('has only the end of what it says in the log', async () => {
    const noisy = `${TELLS}; yes "$(printf '%1000s')" | head -n 3000; echo last; ${GOOD}`;
    await send(noisy, COUNT);
    expect(statSync(join(directory, 'load.log')).size).toBeLessThan(10_000);
    const log = written('load.log');
    expect(log[0]).toMatch(/^\$ : http:\/\/127\.0\.0\.1:41234; yes /);
    expect(log.slice(-2)).toEqual(['last', '{"requests": 300, "errors": 0}']);
  });
});

describe('what makes its results comparable', () => {
  test('is the version of the tool', async () => {
    program('k6', '[ "$1" = version ] && echo "k6 v1.8.1 (go1.26.8, linux/amd64)"');
    program('wrk', 'echo "wrk debian/4.1.0-3+b2 [epoll] Copyright" >&2; echo Usage >&2; exit 1');
    program('oha', '[ "$1" = --version ] && echo 1.16.0');
    program('hey', 'exit 1');
    expect((await open('k6 run -e URL={url} -i {requests} load.js')).version).toBe('k6 v1.8.1 (go1.26.8, linux/amd64)');
    expect((await open('wrk -d{seconds}s {url}')).version).toBe('wrk debian/4.1.0-3+b2 [epoll] Copyright');
    expect((await open('RUST_LOG=off oha -n {requests} {url}')).version).toBe('oha 1.16.0');
    expect((await open('hey -n {requests} {url}')).version).toBe('hey');
    expect((await open('./load.sh {url} {requests}')).version).toBe('json');
  });

  test('and the files that the command names', async () => {
    const files = async () =>
      (await open("k6 run 'load.js' --config=limits.json {url} {requests} missing.js bin", 'k6')).files;
    program('k6', 'echo k6 v1');
    writeFileSync(join(directory, 'load.js'), 'one');
    writeFileSync(join(directory, 'limits.json'), '{}');
    const before = await files();
    expect(Object.keys(before)).toEqual(['load.js', 'limits.json']);
    writeFileSync(join(directory, 'load.js'), 'two');
    const after = await files();
    expect(after['load.js']).not.toBe(before['load.js']);
    expect(after['limits.json']).toBe(before['limits.json']);
  });
});

const fixture = (name: string) => join(import.meta.dirname, '../fixtures/load-tools', name);

/** hey's summary of so many requests in so many seconds, from a shell. */
const heyReport = (requests: string, seconds: string) => `cat <<END

Summary:
  Total:\t${seconds} secs
  Slowest:\t0.0059 secs
  Average:\t0.0004 secs
Latency distribution:
  50% in 0.0002 secs
  90% in 0.0006 secs
  99% in 0.0034 secs

Status code distribution:
  [200]\t${requests} responses
END`;

/** The lines that a person is told. */
function told(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    const { message, hint, detail } = error as MeasurementError;
    return [message, hint ?? '', ...(detail ?? '').split('\n')];
  }
  return [];
}

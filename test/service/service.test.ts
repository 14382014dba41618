import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { MeasurementError } from '../../src/base/errors.ts';
import { hasTaskset } from '../../src/process/affinity.ts';
import { processesFrom } from '../../src/process/proc.ts';
import { freePort } from '../../src/service/port.ts';
import { type ServiceSpec, startService } from '../../src/service/service.ts';
import { eventually, runningOf } from './processes.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/service/serve.mjs');
const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin' };

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'perf-gate-service-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const GET_HEALTH = { kind: 'http', method: 'GET', path: '/healthz' } as const;

async function spec(mode: string, changes: Partial<ServiceSpec> = {}): Promise<ServiceSpec> {
  const port = await freePort();
  return {
    command: process.execPath,
    args: [FIXTURE, `${port}`, mode],
    env,
    cwd: directory,
    run: directory,
    logFile: join(directory, `${mode}-${port}.log`),
    ready: GET_HEALTH,
    readyTimeoutMs: 10_000,
    address: { protocol: 'http', port },
    stop: { signal: 'SIGTERM', timeoutMs: 3000 },
    signal: new AbortController().signal,
    label: 'base',
    ...changes,
  };
}

function shell(script: string, changes: Partial<ServiceSpec> = {}): Promise<ServiceSpec> {
  return spec('shell', { command: '/bin/sh', args: ['-c', script], ...changes });
}

/** The error of a start that must fail, and that nothing of it is left. */
async function failedStart(of: ServiceSpec): Promise<MeasurementError> {
  const error = await startService(of).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MeasurementError);
  expect(ownProcesses()).toEqual([]);
  return error as MeasurementError;
}

/** Processes whose working directory is this test's: all that a service has started. */
function ownProcesses(): number[] {
  return execFileSync('ls', ['/proc'], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => /^\d+$/.test(name) && cwdOf(name) === directory)
    .map(Number);
}

function cwdOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

describe('a service that behaves', () => {
  test('is started, ready, asked to end, and gone with its watchdog', async () => {
    await using service = await startService(await spec('says-goodbye'));
    expect(await (await fetch(service.baseUrl)).text()).toBe('ok');
    expect(service.hasExited).toBe(false);
    expect(service.failure()).toBeUndefined();
    expect(runningOf(service.pid)).toHaveLength(2); // itself and the watchdog
    expect(service.logTail(5)).toBe(`listening on ${service.port} as says-goodbye`); // without its colours

    await service.stop();
    expect(await service.exited).toEqual({ code: 0, signal: null });
    expect(service.logTail(1)).toBe('goodbye');
    expect(runningOf(service.pid)).toEqual([]);
    expect(service.failure()).toBeUndefined();
    await service.stop(); // and again
  });

  test('is stopped at the end of its scope, also by a throw', async () => {
    let pid = 0;
    const run = async () => {
      await using service = await startService(await spec('says-goodbye'));
      pid = service.pid;
      throw new Error('the measurement failed');
    };
    await expect(run()).rejects.toThrow('the measurement failed');
    expect(runningOf(pid)).toEqual([]);
  });

  test('sees its own environment and nothing else, and appends to its log', async () => {
    const logFile = join(directory, 'appended.log');
    writeFileSync(logFile, 'of an earlier run\n');
    const of = await spec('ok', { logFile, env: { ...env, ONLY: 'this' } });
    await using service = await startService(of);
    expect(readFileSync(`/proc/${service.pid}/environ`, 'utf8').split('\0').sort()).toEqual(
      ['', 'ONLY=this', `PATH=${env.PATH}`].sort(),
    );
    expect(readFileSync(logFile, 'utf8')).toMatch(/^of an earlier run\n.*listening/s);
    expect(service.logTail(10)).not.toContain('earlier');
  });

  test('may need a while: 500 first, then 200', async () => {
    await using service = await startService(await spec('warming'));
    expect(service.hasExited).toBe(false);
  });

  test('may say ready with another status, or by its port alone', async () => {
    await using teapot = await startService(await spec('teapot', { ready: { ...GET_HEALTH, status: [200, 418] } }));
    await using silent = await startService(await spec('accepts-only', { ready: { kind: 'port' } }));
    expect([teapot.hasExited, silent.hasExited]).toEqual([false, false]);
  });

  test('may take longer for each answer than usual, where it is given longer', async () => {
    const slow = 'setTimeout(() => answer.end(), 5500)';
    const script = `require('http').createServer((_, answer) => ${slow}).listen(process.argv[1], '127.0.0.1')`;
    const given = await spec('slow', { readyTimeoutMs: 60_000 });
    await using service = await startService({ ...given, args: ['-e', script, `${given.address.port}`] });
    expect(service.hasExited).toBe(false);
  });

  test('is ready by the first line of an answer that never ends', async () => {
    await using service = await startService(await spec('streams'));
    expect(service.hasExited).toBe(false);
  });

  (hasTaskset(env) ? test : test.skip)('keeps its process id when it is pinned to a core', async () => {
    await using service = await startService(await spec('ok', { cores: [0] }));
    const status = readFileSync(`/proc/${service.pid}/status`, 'utf8');
    expect(status).toMatch(/^Name:\tnode/);
    expect(status).toMatch(/^Cpus_allowed_list:\t0$/m);
    expect(service.cores).toEqual([0]);
  });

  test('says that it is not pinned where taskset is missing', async () => {
    await using service = await startService(await spec('ok', { cores: [0], env: { PATH: '/nowhere' } }));
    expect(service.cores).toBeUndefined();
  });
});

describe('a service that does not want to end', () => {
  test('that ignores SIGTERM is killed after its time', async () => {
    const service = await startService(await spec('ignores-sigterm', { stop: { signal: 'SIGTERM', timeoutMs: 2000 } }));
    const before = performance.now();
    await service.stop();
    expect(performance.now() - before).toBeGreaterThan(1990);
    expect(await service.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(service.logTail(1)).toBe('SIGTERM? no');
    expect(runningOf(service.pid)).toEqual([]);
  });

  test('that leaves a child behind loses it: on stop', async () => {
    const service = await startService(await spec('leaves-child'));
    expect(await eventually(() => runningOf(service.pid).length === 4)).toBe(true); // node, sh, sleep, the watchdog
    await service.stop();
    expect(runningOf(service.pid)).toEqual([]);
  });

  test('whose child left its group, its session and its environment loses it too', async () => {
    const child = 'setsid -f env -i sleep 300 >/dev/null 2>&1 </dev/null';
    const service = await startService(
      await spec('says-goodbye', { command: '/bin/sh', args: ['-c', ''] }).then((one) => ({
        ...one,
        args: ['-c', `cd / && ${child}; exec ${process.execPath} ${FIXTURE} ${one.address.port}`],
      })),
    );
    const left = () => processesFrom(directory).filter((pid) => pid !== service.pid);
    expect(await eventually(() => left().length === 1)).toBe(true);
    await service.stop();
    expect(left()).toEqual([]);
  });

  test('that leaves a child behind loses it: when it crashes', async () => {
    const service = await startService(await spec('leaves-child'));
    expect(await eventually(() => runningOf(service.pid).length === 4)).toBe(true);
    process.kill(service.pid, 'SIGKILL');
    await service.exited;
    expect(service.failure()?.message).toBe('the service (base) was ended by SIGKILL while it was measured');
    expect(service.failure()?.hint).toContain('memory');
    expect(await eventually(() => runningOf(service.pid).length === 0)).toBe(true);
    await service.stop();
    expect(service.failure()).toBeDefined(); // stopping it afterwards does not excuse it
  });
});

describe('a service that is not to be had', () => {
  test('because it exits at once: its code and its last words', async () => {
    const error = await failedStart(await shell('echo "open config.yml: no such file" >&2; exit 3'));
    expect(error.message).toBe('the service (base) exited with code 3 before it was ready');
    expect(error.detail).toContain('$ /bin/sh -c');
    expect(error.detail).toContain('open config.yml: no such file');
    expect(error.exitCode).toBe(3);
  });

  test('because it crashes: the panic, not the end of the last goroutine', async () => {
    const service = await startService(await spec('crashes-on-request'));
    await fetch(`${service.baseUrl}/crash`).catch(() => undefined);
    await service.exited;
    const error = service.failure();
    expect(error?.message).toBe('the service (base) exited with code 2 while it was measured');
    expect(error?.detail).toContain('panic: runtime error: index out of range [3] with length 3');
    expect(error?.detail).not.toContain('goroutine 59');
    await service.stop();
  });

  test('because its port was taken meanwhile, or another that is the same for all copies', async () => {
    const of = async (place: (port: number) => string) => {
      const given = await spec('taken');
      const says = `echo "listen tcp ${place(given.address.port)}: bind: address already in use" >&2; exit 1`;
      return (await failedStart({ ...given, command: '/bin/sh', args: ['-c', says] })).hint;
    };
    expect(await of((port) => `127.0.0.1:${port}`)).toMatch(/^another program took port \d+ meanwhile: run again$/);
    expect(await of(() => ':9')).toMatch(/^several copies of the service run at the same time: give a second port/);
  });

  test('because the program is not there', async () => {
    const error = await failedStart(await spec('ok', { command: './no-such-program' }));
    expect(error.message).toMatch(/the service \(base\) could not be started: .*ENOENT/);
  });

  test('because it never opens its port', async () => {
    const error = await failedStart(await shell('echo booting; exec sleep 300', { readyTimeoutMs: 1000 }));
    expect(error.message).toMatch(
      /^the service \(base\) did not answer GET \/healthz on port \d+ within 1 s: the port was never opened$/,
    );
    expect(error.detail).toBe('booting');
    expect(error.hint).toContain('{port}');
    const byPort = await failedStart(await shell('exec sleep 300', { readyTimeoutMs: 200, ready: { kind: 'port' } }));
    expect(byPort.message).toMatch(/did not open a connection on port \d+ within 0\.2 s: the port was never opened$/);
  });

  test('because its answer is wrong', async () => {
    const words = {
      'always-500': 'it answered 500',
      'accepts-only': 'it accepted the connection and did not answer',
      'not-http': 'its answer is not HTTP',
    };
    // Together, since each takes the whole of its time; long enough for three that start on a busy machine.
    const checks = Object.entries(words).map(async ([mode, expected]) => {
      const starting = startService(await spec(mode, { readyTimeoutMs: 10_000 }));
      await expect(starting).rejects.toThrow(`within 10 s: ${expected}`);
    });
    await Promise.all(checks);
    expect(ownProcesses()).toEqual([]);
  });

  test('because it prints without end', async () => {
    const of = await spec('prints-endlessly', { maxLogBytes: 20e6 });
    const service = await startService(of);
    await fetch(`${service.baseUrl}/print`); // it begins behind its answer
    expect(await service.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(service.failure()?.message).toBe(`the log of the service (base) grew over 0.02 GB: ${of.logFile}`);
    await service.stop();
    expect(service.logTail(3).length).toBeLessThan(3 * 502); // of lines of a megabyte
    expect(statSync(of.logFile).size).toBeLessThan(4e9);
    rmSync(of.logFile);
    expect(service.logTail(3)).toBe('');
    expect(runningOf(service.pid)).toEqual([]);
  });

  test('because its port is another program’s', async () => {
    const of = await spec('ok');
    const other: Server = createServer((_, response) => void response.end('not you')).listen(
      of.address.port,
      '127.0.0.1',
    );
    await once(other, 'listening');
    const error = await failedStart(of);
    expect(error.message).toBe(`port ${of.address.port} is already used by another program`);
    await new Promise((resolve) => other.close(resolve));
  });
});

describe('abort', () => {
  test('before the start starts nothing', async () => {
    const reason = new Error('Ctrl-C');
    await expect(startService(await spec('ok', { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  });

  test('while the process is being started throws as soon as it can', async () => {
    const abort = new AbortController();
    const starting = startService(await shell('exec sleep 300', { signal: abort.signal, readyTimeoutMs: 60_000 }));
    abort.abort(new Error('Ctrl-C'));
    await expect(starting).rejects.toThrow('Ctrl-C');
    expect(ownProcesses()).toEqual([]);
  });

  test('while it waits for ready stops it and throws the reason', async () => {
    const abort = new AbortController();
    const reason = new Error('Ctrl-C');
    const starting = startService(await shell('exec sleep 300', { signal: abort.signal }));
    setTimeout(() => abort.abort(reason), 150);
    await expect(starting).rejects.toBe(reason);
    expect(ownProcesses()).toEqual([]);
  });

  test('while it runs stops it', async () => {
    const abort = new AbortController();
    const service = await startService(await spec('leaves-child', { signal: abort.signal }));
    abort.abort();
    await service.exited;
    expect(service.failure()).toBeUndefined(); // it did not fail, it was stopped
    await service.stop();
    expect(runningOf(service.pid)).toEqual([]);
  });
});

test('a perf-gate that is killed leaves nothing behind', async () => {
  const file = join(directory, 'parent.mjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, '../fixtures/service/parent.ts')],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    // As in build.mjs: undici asks for Node's modules by require.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  });
  const parent = spawn(process.execPath, [file, `${await freePort()}`, FIXTURE, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(`${line}`);
  expect(await eventually(() => runningOf(pid).length === 4)).toBe(true); // node, sh, sleep, the watchdog
  expect(processesFrom(directory)).toHaveLength(4); // node, sh, sleep, and one that left them all
  parent.kill('SIGKILL');
  expect(await eventually(() => runningOf(pid).length === 0)).toBe(true);
  expect(await eventually(() => processesFrom(directory).length === 0)).toBe(true);
});

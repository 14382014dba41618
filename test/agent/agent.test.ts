/**
 * The agent in a real service, asked through its client; and the client against answers that no agent would give.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Profile } from 'pprof-format';
import { type Agent, AgentError, connectAgent, type ResolvedFrame, waitForAgent } from '../../src/agent/client.ts';
import { AGENT_FILES, installAgent } from '../../src/agent/install.ts';
import { countedCopy } from '../../src/binary/counted-copy.ts';
import { parseElf } from '../../src/binary/elf.ts';
import { goFunctions } from '../../src/binary/go-functions.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/agent-service');

let directory: string;
let binary: string;
let sockets = 0;
const running = new Set<ChildProcess>();

interface Service {
  readonly process: ChildProcess;
  readonly socket: string;
  readonly output: () => string;
  get(path: string): Promise<string>;
}

const newSocket = () => join(directory, `${++sockets}.sock`);
const never = new AbortController().signal;

async function startService(env: Record<string, string>, socket = newSocket(), program = binary): Promise<Service> {
  const process = spawn(program, { env: { PATH: '/usr/bin:/bin', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(process);
  let output = '';
  process.stdout.on('data', (chunk) => {
    output += chunk;
  });
  process.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const [address] = await once(createInterface(process.stdout), 'line');
  const get = async (path: string) => (await fetch(`http://${address}${path}`)).text();
  return { process, socket, output: () => output, get };
}

async function startWithAgent(env: Record<string, string> = {}, program = binary): Promise<Service & { agent: Agent }> {
  const socket = newSocket();
  const service = await startService({ PERF_GATE_SOCKET: socket, ...env }, socket, program);
  return { ...service, agent: await waitForAgent(socket, never, 5000) };
}

/** The samples of a gzipped profile as `root;...;leaf` with their values by type. */
function samplesOf(bytes: Uint8Array) {
  const profile = Profile.decode(gunzipSync(bytes));
  const text = (index: number | bigint) => profile.stringTable.strings[Number(index)] ?? '';
  const functions = new Map(profile.function.map((fn) => [fn.id, text(fn.name)]));
  const locations = new Map(profile.location.map(({ id, line }) => [id, line.map((l) => functions.get(l.functionId))]));
  const types = profile.sampleType.map(({ type }) => text(type));
  return {
    period: Number(profile.period),
    samples: profile.sample.map((sample) => ({
      stack: sample.locationId
        .flatMap((id) => locations.get(id) ?? [])
        .reverse()
        .join(';'),
      values: Object.fromEntries(sample.value.map((value, i) => [types[i], Number(value)])),
    })),
  };
}

/** The instructions of a function, as Go's disassembler reads them. */
function instructionsOf(symbol: string): { address: number; line: number }[] {
  const text = execFileSync('go', ['tool', 'objdump', '-s', symbol, binary], { encoding: 'utf8' });
  const entries = [...text.matchAll(/^\s+\S+:(\d+)\s+0x([0-9a-f]+)\s/gm)];
  return entries.map(([, line, address]) => ({ address: Number.parseInt(address ?? '', 16), line: Number(line) }));
}

/** What comes back for bytes that no client of ours would send. */
async function sendRaw(socket: string, text: string): Promise<string> {
  const connection = createConnection(socket);
  let answer = '';
  connection.on('data', (chunk) => {
    answer += chunk;
  });
  connection.write(text);
  await once(connection, 'end');
  connection.destroy();
  return answer;
}

const namesOf = (stack: readonly ResolvedFrame[]) => stack.map(({ fn }) => fn);
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('did not fail');
    },
    (error: unknown) => {
      if (error instanceof AgentError) return { endpoint: error.endpoint, status: error.status, text: error.text };
      throw error;
    },
  );

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pg-agent-'));
  const checkout = join(directory, 'checkout');
  cpSync(FIXTURE, checkout, { recursive: true });
  await installAgent(checkout);
  binary = join(directory, 'service');
  execFileSync('go', ['build', '-buildvcs=false', '-o', binary, '.'], { cwd: checkout, stdio: 'pipe' });
});

afterAll(async () => {
  await Promise.all(
    [...running].map(async (process) => {
      if (process.exitCode !== null || process.signalCode !== null) return;
      process.kill('SIGKILL');
      await once(process, 'exit');
    }),
  );
  rmSync(directory, { recursive: true, force: true });
});

describe('the Go files', () => {
  test('declare nothing that the service could have declared too', () => {
    for (const [name, text] of Object.entries(AGENT_FILES)) {
      expect(name).toMatch(/^perf_gate_agent.*\.go$/);
      const declared = [...text.matchAll(/^(?:func|type|var|const) (?:\([^)]*\) )?(\w+)/gm)].map(([, id]) => id);
      expect(declared.filter((id) => id !== 'init' && !/^perfGate/.test(id ?? ''))).toEqual([]);
      const imported = [...text.matchAll(/^\t(\S+) "[\w/]+"(?: \/\/.*)?$/gm)].map(([, id]) => id);
      expect(imported.filter((id) => id !== '_' && !/^perfgate/.test(id ?? ''))).toEqual([]);
      expect(text).not.toMatch(/^\t"[\w/]+"$|^import "/m);
    }
  });
});

describe('a service without PERF_GATE_SOCKET', () => {
  test('has no socket and no goroutine of the agent', async () => {
    const service = await startService({});
    expect(await service.get('/goroutines')).not.toMatch(/perfGate/);
    expect(existsSync(service.socket)).toBe(false);
  });
});

describe('a service with the agent', () => {
  let service: Service & { agent: Agent };
  let agent: Agent;
  beforeAll(async () => {
    service = await startWithAgent();
    agent = service.agent;
  });

  test('tells what process it is', async () => {
    const info = await agent.info();
    expect(info.pid).toBe(service.process.pid);
    expect(info.goVersion).toMatch(/^go1\./);
    expect(info.memProfileRate).toBe(512 * 1024);
    expect(info.gomaxprocs).toBeGreaterThan(0);
    expect(info.buildInfo).toContain('example.com/agent-service');
    expect(namesOf((await agent.resolve([info.anchor]))[0] ?? [])).toEqual(['main.perfGateAnchor']);
  });

  test('hides its variables from the service and from its children', async () => {
    const environment = await service.get('/environment');
    expect(environment).toContain('PATH=');
    expect(environment).not.toContain('PERF_GATE');
  });

  test('writes nothing to the output of the service', async () => {
    await agent.info();
    expect(service.output()).toMatch(/^127\.0\.0\.1:\d+\n$/);
  });

  test('registers nothing where the service does', async () => {
    expect(await service.get('/info')).toContain('404');
    expect(await service.get('/debug/pprof/')).toContain('404');
  });

  test('collects on demand', async () => {
    const before = await agent.memStats();
    const { numGC } = await agent.gc(3);
    const after = await agent.memStats();
    expect(numGC - before.numGC).toBeGreaterThanOrEqual(3);
    expect(after.numForcedGC - before.numForcedGC).toBe(3);
    expect(after.mallocs).toBeGreaterThan(before.mallocs);
    expect(after.heapAlloc).toBeGreaterThan(0);
  });

  test('turns the collector off and on again', async () => {
    const before = await agent.setGCPercent(-1, 2 ** 30);
    expect(before.previousPercent).toBe(100);
    const { numGC } = await agent.memStats();
    await service.get('/burn');
    expect((await agent.memStats()).numGC).toBe(numGC);
    const hasLimit = before.previousMemoryLimit !== undefined; // since Go 1.19
    expect(await agent.setGCPercent(before.previousPercent, before.previousMemoryLimit)).toEqual({
      previousPercent: -1,
      previousMemoryLimit: hasLimit ? 2 ** 30 : undefined,
    });
    expect(await agent.setGCPercent(100)).toEqual(before);
    await service.get('/burn');
    expect((await agent.memStats()).numGC).toBeGreaterThan(numGC);
  });

  test('reads clocks and metrics', async () => {
    const before = { clock: await agent.clock(), metrics: await agent.metrics() };
    await service.get('/burn');
    const after = { clock: await agent.clock(), metrics: await agent.metrics() };
    expect(after.clock.userNs).toBeGreaterThan(before.clock.userNs);
    expect(after.clock.wallNs).toBeGreaterThan(before.clock.wallNs);
    const rise = (name: string) => (after.metrics[name] ?? 0) - (before.metrics[name] ?? Number.NaN);
    // 200 x 20000 objects; runtime/metrics counts by spans of them, so a little too much or too little.
    expect(Math.abs(rise('/gc/heap/allocs:objects') / 4_000_000 - 1)).toBeLessThan(0.02);
    expect(Math.abs(rise('/gc/heap/allocs-by-size:bytes.count') / 4_000_000 - 1)).toBeLessThan(0.02);
    const bytes = rise('/gc/heap/allocs:bytes');
    expect(Math.abs(rise('/gc/heap/allocs-by-size:bytes.sum') / bytes - 1)).toBeLessThan(0.2);
  });

  test('profiles the CPU, one profile at a time', async () => {
    await agent.startCpuProfile();
    expect(await failureOf(agent.startCpuProfile())).toMatchObject({
      status: 409,
      text: expect.stringMatching(/already started/),
    });
    await service.get('/burn');
    const { period, samples } = samplesOf(await agent.stopCpuProfile());
    expect(period).toBe(10_000_000);
    expect(samples.some(({ stack }) => stack.includes('main.work'))).toBe(true);
    expect(await failureOf(agent.stopCpuProfile())).toMatchObject({ status: 409, text: 'no CPU profile was started' });
  });

  test("gives way to a profile of the service itself, and notices when the service stops the agent's", async () => {
    expect(await service.get('/profile/start')).toBe('<nil>');
    expect(await failureOf(agent.startCpuProfile())).toMatchObject({
      status: 409,
      text: expect.stringMatching(/the service profiles/),
    });
    await service.get('/profile/stop');
    await agent.startCpuProfile();
    await service.get('/profile/stop');
    expect(await failureOf(agent.stopCpuProfile())).toMatchObject({
      status: 409,
      text: expect.stringMatching(/before its time/),
    });
    await agent.startCpuProfile();
    expect((await agent.stopCpuProfile()).length).toBeGreaterThan(0);
  });

  test('resolves instructions with the functions inlined into them', async () => {
    const instructions = instructionsOf('^main\\.work$');
    const stacks = await agent.resolve(instructions.map(({ address }) => address));
    expect(stacks.map(([innermost]) => innermost?.line)).toEqual(instructions.map(({ line }) => line));
    const lines = readFileSync(join(FIXTURE, 'main.go'), 'utf8').split('\n');
    const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    const frame = (fn: string, line: number, startLine: number) =>
      expect.objectContaining({ fn, line, startLine, file: expect.stringMatching(/main\.go$/) });
    const physical = frame('main.work', lineOf('kept = newOrder'), lineOf('func work'));
    expect(stacks).toContainEqual([
      frame('main.withItem', lineOf('item * item'), 0),
      frame('main.newOrder', lineOf('return withItem'), 0),
      physical,
    ]);
    expect(stacks).toContainEqual([physical]);
    for (const stack of stacks) expect(namesOf(stack).at(-1)).toBe('main.work');
  });

  test("writes generic functions as Go's profiles do, and knows what is not Go code", async () => {
    const [first] = instructionsOf('^main\\.largest\\[');
    const c = instructionsOf('^x_cgo_init$').map(({ address }) => address); // none in a build without cgo
    const [generic = [], ...others] = await agent.resolve([first!.address, 0, 1n, 2n ** 64n - 1n, ...c]);
    expect(namesOf(generic)).toEqual(['main.largest[...]']);
    expect(others.flat()).toEqual([]);
    expect(await agent.resolve([])).toEqual([]);
  });

  test('resolves in pieces what is too much for one request', async () => {
    const instructions = instructionsOf('^main\\.work$');
    const many = Array.from({ length: 250_000 }, (_, i) => instructions[i % instructions.length]!.address);
    const stacks = await agent.resolve(many);
    expect(stacks).toHaveLength(many.length);
    expect(stacks[200_001]).toEqual(stacks[200_001 % instructions.length]);
  });

  test('has its own function at the root of every goroutine', async () => {
    const idle = createConnection(service.socket);
    await once(idle, 'connect');
    const stacks = samplesOf(await agent.profile('goroutine')).samples.map(({ stack }) => stack);
    idle.destroy();
    const ours = stacks.filter((stack) => stack.includes('perfGate'));
    expect(ours.filter((stack) => !stack.startsWith('main.perfGate'))).toEqual([]);
    expect(ours.map((stack) => stack.split(';')[0])).toContain('main.perfGateServe');

    const creators = async ({ get }: Service): Promise<string[]> =>
      (await get('/goroutines')).match(/created by \S+/g) ?? [];
    const usual = await creators(await startService({}));
    const added = (await creators(service)).filter((creator) => !usual.includes(creator));
    expect(added.filter((creator) => !creator.startsWith('created by main.perfGate'))).toEqual([]);
  });

  test('counts nothing in the executable itself, nor where no valgrind runs its copy', async () => {
    await expect(agent.startCount()).rejects.toMatchObject({ status: 501 });
    await agent.stopCount();

    const elf = parseElf(readFileSync(binary), 'the service');
    const copy = join(directory, 'counted');
    writeFileSync(copy, countedCopy(elf, goFunctions(elf, 'the service')), { mode: 0o700 });
    const { agent: counted } = await startWithAgent({}, copy);
    await expect(counted.startCount()).rejects.toMatchObject({ status: 409, text: 'no valgrind runs this process' });
  });

  test('answers many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        if (i % 4 === 0) return agent.memStats();
        if (i % 4 === 1) return agent.allocsProfile();
        if (i % 4 === 2) return agent.setGCPercent(100);
        return agent.metrics();
      }),
    );
    expect(answers).toHaveLength(40);
  });

  const post = (path: string, length: number, body: string) =>
    `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-length: ${length}\r\n\r\n${body}`;
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`;

  test.each([
    ['an unknown endpoint', get('/nothing'), 404, 'no such endpoint: /nothing'],
    ['an unknown profile', get('/profile/nothing'), 404, 'no such profile: nothing'],
    ['another method', get('/gc'), 405, '/gc wants POST, not GET'],
    ['a word for a number', post('/gc?times=x', 0, ''), 400, 'times is not a whole number: "x"'],
    ['a number too great', post('/gc?times=1000', 0, ''), 400, 'times is 1000, not within 0 and 100'],
    ['a missing parameter', post('/gcpercent', 0, ''), 400, 'percent is missing'],
    ['what is no address', post('/resolve', 5, '40\nzz'), 400, 'line 2 is not a hexadecimal address: "zz"'],
    ['a body too long', post('/resolve', 70_000_000, '40\n'.repeat(300_000)), 413, 'more than 67108864 bytes'],
    ['what is no HTTP', 'nonsense\r\n\r\n', 400, 'not an HTTP request'],
  ])('refuses %s', async (_, request, status, text) => {
    const answer = await sendRaw(service.socket, request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/content-type: text\/plain/i);
    expect(answer).toContain(text);
  });
});

test('every object is counted at profile rate 1', async () => {
  const { agent, get } = await startWithAgent({ PERF_GATE_MEMPROFILERATE: '1' });
  expect((await agent.info()).memProfileRate).toBe(1);
  const objects = async () => {
    const { period, samples } = samplesOf(await agent.allocsProfile());
    expect(period).toBe(1);
    const ofWork = samples.filter(({ stack }) => stack.endsWith(';main.work;main.newOrder'));
    return ofWork.reduce((sum, { values }) => sum + (values['alloc_objects'] ?? 0), 0);
  };
  await get('/work');
  const before = await objects();
  await get('/work');
  await get('/work');
  expect((await objects()) - before).toBe(2000);
});

describe('waiting for the agent', () => {
  test('tells why it does not listen', async () => {
    const socket = newSocket();
    writeFileSync(socket, '');
    await startService({ PERF_GATE_SOCKET: socket });
    expect(await failureOf(waitForAgent(socket, never, 5000))).toMatchObject({
      text: expect.stringMatching(/address already in use/),
    });
  });

  test('tells that a variable is wrong', async () => {
    const socket = newSocket();
    await startService({ PERF_GATE_SOCKET: socket, PERF_GATE_MEMPROFILERATE: 'all' });
    expect(await failureOf(waitForAgent(socket, never, 5000))).toMatchObject({
      text: expect.stringMatching(/is not a number: "all"/),
    });
  });

  test('ends with the time or with the signal', async () => {
    const socket = newSocket();
    expect(await failureOf(waitForAgent(socket, never, 60))).toMatchObject({
      text: 'there was no answer within 0.06 s',
    });
    const reason = new Error('the service ended');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 30);
    await expect(waitForAgent(socket, controller.signal, 5000)).rejects.toBe(reason);
  });

  test('refuses a path that no socket can have', async () => {
    const path = `/tmp/${'x'.repeat(100)}`;
    expect(() => connectAgent(path, { timeoutMs: 1 })).toThrow(/has 105 bytes, and a unix socket's at most 103/);
    await expect(waitForAgent(path, never, 1)).rejects.toThrow(/at most 103/);
  });
});

describe('the client', () => {
  async function withServer(listener: RequestListener, use: (agent: Agent) => Promise<void>, timeoutMs = 5000) {
    const socket = newSocket();
    const server = createServer(listener).listen(socket);
    await once(server, 'listening');
    try {
      await use(connectAgent(socket, { timeoutMs }));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test.each<[string, (agent: Agent) => Promise<unknown>, string, RegExp]>([
    ['no JSON', (agent) => agent.info(), 'oops', /no JSON/],
    ['another protocol', (agent) => agent.info(), '{"agent":2}', /speaks protocol 2, not 1/],
    ['a list', (agent) => agent.memStats(), '[]', /no object/],
    ['a field of another type', (agent) => agent.gc(1), '{"numGC":"3"}', /a numGC that is no count: "3"/],
    ['a negative count', (agent) => agent.clock(), '{"userNs":-1}', /a userNs that is no count: -1/],
    ['no field', (agent) => agent.gc(1), '{}', /a numGC that is no count: undefined/],
    ['no metrics', (agent) => agent.metrics(), '{}', /no metrics/],
    ['a metric of another type', (agent) => agent.metrics(), '{"a":"b"}', /neither number nor histogram/],
    ['an empty profile', (agent) => agent.allocsProfile(), '', /0 bytes that are no gzipped profile/],
    ['too few stacks', (agent) => agent.resolve([1, 2]), '{"functions":[],"files":[],"stacks":[[]]}', /2 stacks/],
    [
      'half a frame',
      (agent) => agent.resolve([1]),
      '{"functions":["f"],"files":["g"],"stacks":[[0,0]]}',
      /four counts/,
    ],
    [
      'no such name',
      (agent) => agent.resolve([1]),
      '{"functions":["f"],"files":["g"],"stacks":[[1,0,1,1]]}',
      /no table/,
    ],
  ])('refuses %s', async (_, call, body, text) => {
    await withServer(
      (_request, response) => response.end(body),
      async (agent) => {
        const failure = await failureOf(call(agent));
        expect(failure.status).toBe(200);
        expect(failure.text).toMatch(text);
      },
    );
  });

  test('does not wait for ever', async () => {
    await withServer(
      () => undefined,
      async (agent) => {
        const failure = await failureOf(agent.info());
        expect(failure).toEqual({ endpoint: 'GET /info', status: 0, text: 'there was no answer within 0.3 s' });
      },
      300,
    );
  });

  test('has its time for an answer in which it could have seen one', async () => {
    await withServer(
      (_request, response) => response.end('{"numGC":3}'),
      async (agent) => {
        const answer = agent.gc(1);
        setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700));
        expect(await answer).toEqual({ numGC: 3 });
      },
      300,
    );
  });

  test('tells that an answer broke off', async () => {
    await withServer(
      (_request, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{', () => response.destroy());
      },
      async (agent) => {
        expect(await failureOf(agent.info())).toMatchObject({ status: 0 });
      },
    );
  });
});

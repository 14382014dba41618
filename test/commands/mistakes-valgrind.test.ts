/** valgrind missing, too old or failing is no reason to give up: the rest is measured, and the report says what was not. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench, FEW, making } from './mistake.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const BOTH = `${FEW}instruments: [instructions, allocs]\n`;
const TOOLS = ['go', 'gcc', 'git', 'taskset'];
const INSTALL = "install the distribution's package: apt-get install valgrind, dnf install valgrind, apk add valgrind";
/** Whatever runs this test. */
const AT_A_DESK: Readonly<Record<string, string | undefined>> = {
  CI: undefined,
  GITHUB_ACTIONS: undefined,
  CIRCLECI: undefined,
};
const LOGS = 'the service and valgrind may have said more in the logs of the run directory';
const SAYS_VERSION = '[ "$1" = --version ] && { echo valgrind-3.19.0; exit; }';
/** The real valgrind as a tool that counts nothing, and the file that it would write. */
const COUNTLESS = `${SAYS_VERSION}
for word; do case "$word" in --callgrind-out-file=*) output="\${word#*=}.1";; esac; done
while case "$1" in -*) true;; *) false;; esac; do shift; done
valgrind() { exec ${realValgrind()} --tool=none --vgdb=no -q "$@"; }`;
/** What callgrind writes, cut off before the total at its end. */
const CUT_OFF =
  'version: 1\\ncreator: callgrind-3.19.0\\npositions: instr\\nevents: Ir\\n\\nfn=(1) main.main\\n0x10 5\\n';

function realValgrind(): string {
  return execFileSync('sh', ['-c', 'command -v valgrind'], { encoding: 'utf8' }).trim();
}

interface Missing {
  readonly instrument: string;
  readonly reason: string;
  readonly hint?: string;
}

/** What is kept as missing of a measurement that went on without instructions: by `save`, which has one side to build. */
async function goneOnWithout(config: string, path: string): Promise<{ missing: Missing; progress: string }> {
  const kept = { config: `${config}baseline: { store: directory, path: ../store }\n`, env: { PATH: path } };
  const { code, out, said, progress } = await bench.attempt(['save', '--force'], kept);
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(out).toMatch(/^saved repository /);
  await bench.attempt(['baseline', 'fetch', 'HEAD', '../fetched'], { config: kept.config });
  const side = bench.path('fetched');
  expect(existsSync(`${side}/allocs.pb.gz`)).toBe(true);
  const missing = onlyMissing(side);
  for (const directory of [side, bench.path('store')]) rmSync(directory, { recursive: true });
  return { missing, progress };
}

/** Of a side without a trace of instructions. */
function onlyMissing(side: string): Missing {
  const { missing } = JSON.parse(readFileSync(`${side}/manifest.json`, 'utf8'));
  expect(missing).toHaveLength(1);
  expect(missing[0].instrument).toBe('instructions');
  for (const name of ['instructions', 'instructions.pb.gz', 'paths.pb.gz']) {
    expect(existsSync(`${side}/${name}`)).toBe(false);
  }
  return missing[0];
}

describe('a valgrind that cannot be used', () => {
  test.each([['run'], ['save', '--force']])(
    'ends %s before a build where nothing else is asked for',
    async (...command) => {
      const args = [...command, '--instruments', 'instructions'];
      const config = `${making('')}baseline: { store: directory, path: ../store }\n`;
      const { code, out, said, progress } = await bench.attempt(args, { config, env: { PATH: bench.pathOf(TOOLS) } });
      const hint = `${INSTALL}; or measure more: --instruments instructions,allocs`;
      const reason = 'valgrind is not installed, and nothing but instructions is to be measured';
      expect({ code, out, said }).toEqual({ code: 3, out: '', said: `perf-gate: ${reason}\n  -> ${hint}\n` });
      expect(progress).not.toContain('building');
    },
  );

  test('is not installed: the verdict is of the rest, and says so', async () => {
    const { code, out, said } = await bench.attempt([], {
      config: making('', BOTH),
      env: { PATH: bench.pathOf(TOOLS), ...AT_A_DESK },
    });
    expect(said).toBe('');
    expect(out).toMatch(/^perf-gate {2}PASS \(CPU not judged\) {2}repository /);
    expect(out).toMatch(/^ {2}CPU was not judged: valgrind is not installed; /m);
    expect(out).toMatch(/^ {2}objects /m);
    expect(out).not.toMatch(/^ {2}instructions /m);
    expect(code).toBe(0);
    const output = bench.path('repository/perf-gate-out');
    const missing = { instrument: 'instructions', reason: 'valgrind is not installed', hint: INSTALL };
    expect(JSON.parse(readFileSync(`${output}/report.json`, 'utf8')).missing).toEqual([missing]);
    for (const side of ['base', 'head']) expect(onlyMissing(`${output}/${side}`)).toEqual(missing);

    // The same figures: in CI nobody reads what stands beside a green.
    const again = async (config: string, env: typeof AT_A_DESK) => {
      const judged = await bench.attempt(['compare', 'perf-gate-out/base', 'perf-gate-out/head'], {
        config: making('', `${BOTH}on-inconclusive: fail\n${config}`),
        env,
      });
      return { code: judged.code, verdict: /^perf-gate {2}(\w+ \(.*?\))/.exec(judged.out)?.[1] };
    };
    const open = { code: 4, verdict: 'INCONCLUSIVE (CPU not judged)' };
    const passed = { code: 0, verdict: 'PASS (CPU not judged)' };
    expect(await again('', AT_A_DESK)).toEqual(passed);
    expect(await again('', { ...AT_A_DESK, CI: 'true' })).toEqual(open);
    expect(await again('require: []\n', { ...AT_A_DESK, CI: 'true' })).toEqual(passed);
    expect(await again('require: [instructions]\n', AT_A_DESK)).toEqual(open);
  });

  test.each([
    ['is too old', 'echo valgrind-3.9.0', 'valgrind 3.9 is too old', 'perf-gate needs valgrind 3.15 or newer'],
    [
      'does not run',
      'echo "valgrind: failed to start tool: no such file" >&2; exit 1',
      'valgrind does not run: valgrind: failed to start tool: no such file',
      INSTALL,
    ],
  ])('%s', async (_, script, reason, hint) => {
    const path = bench.pathOf(TOOLS, { valgrind: script });
    const { missing } = await goneOnWithout(making('', BOTH), path);
    expect(missing).toEqual({ instrument: 'instructions', reason, hint });
  });
});

describe('a service that fails under valgrind alone', () => {
  test.each<[string, string, string?]>([
    ['exits at start', 'exited with code 7 before it was ready'],
    ['exits under load', 'exited with code 9 while it was measured'],
    ['is not healthy', 'did not answer GET /healthz on port PORT within 21 s: it answered 500', '700ms'],
  ])('%s', async (mistake, what, readyTimeout = '30s') => {
    const config = making(mistake, BOTH)
      .replace('["-mistake"', '["-counted", "-mistake"')
      .replace('ready: GET /healthz', `ready: { path: /healthz, timeout: ${readyTimeout} }`);
    const { missing, progress } = await goneOnWithout(config, `${process.env['PATH']}`);
    expect(missing.reason.replace(/port \d+/, 'port PORT')).toMatch(
      new RegExp(`^under valgrind, the service \\((base|head)\\) ${what.replaceAll('(', '\\(')}$`),
    );
    expect(missing.hint).toBe(LOGS);
    expect(progress).toContain('going on without instructions: under valgrind, the service (');
  });

  test('fails its requests', async () => {
    const config = making('fails under load', BOTH).replace('["-mistake"', '["-counted", "-mistake"');
    const { missing } = await goneOnWithout(config, `${process.env['PATH']}`);
    expect(missing.reason).toMatch(
      /^under valgrind, 75 % of the requests to (base|head) failed \(15 of 20\) \(instructions-\d\); the first: GET \/\S* answered 503, /,
    );
  });
});

test('a phase whose connection broke is counted once more', async () => {
  const config = making('closes one connection', BOTH).replace('["-mistake"', '["-counted", "-mistake"');
  const stored = `${config}baseline: { store: directory, path: ../store }\n`;
  const { code, said, progress } = await bench.attempt(['save', '--force'], { config: stored });
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(progress).toMatch(/counting once more \(instructions-\d\): GET \/\S*: /);
  expect(progress).not.toContain('going on without instructions');
  rmSync(bench.path('store'), { recursive: true });
});

describe('a valgrind that fails', () => {
  test.each([
    [
      'exits at once',
      `${SAYS_VERSION}; echo "valgrind: unrecognised instruction" >&2; exit 1`,
      /^under valgrind, the service \((base|head)\) exited with code 1 before it was ready$/,
    ],
    [
      'is killed in the midst',
      `${COUNTLESS}\n{ while [ ! -S "$PERF_GATE_SOCKET" ]; do sleep 0.1; done; kill -9 $$; } &\nvalgrind "$@"`,
      /^under valgrind, the service \((base|head)\) was ended by SIGKILL (before it was ready|while it was measured)$/,
    ],
    [
      'is none at all',
      `${SAYS_VERSION}\nwhile case "$1" in -*) true;; *) false;; esac; do shift; done\nexec "$@"`,
      /^under valgrind, the agent in the service, POST \/count\/start\?gc=0: status 409, no valgrind runs this process$/,
    ],
    ['writes nothing', `${COUNTLESS}\nvalgrind "$@"`, /^under valgrind, valgrind wrote no counts$/],
    [
      'writes half a file',
      `${COUNTLESS}\nprintf '${CUT_OFF}' > "$output"\nvalgrind "$@"`,
      /^under valgrind, the counts of (base|head): it is cut off: the total at its end is missing$/,
    ],
  ])('%s', async (_, valgrind, reason) => {
    const path = bench.pathOf([...TOOLS, 'sleep'], { valgrind });
    const { missing } = await goneOnWithout(making('', BOTH), path);
    expect(missing.reason).toMatch(reason);
    expect(missing.hint).toBe(LOGS);
  });
});

/** The program itself, on a terminal and in a log: what a person sees of a run while it works. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench, making, QUICK, SERVICE_CONFIG } from '../commands/mistake.ts';
import { bundledCli } from '../support/bundle.ts';
import { Terminal } from './terminal.ts';

let bench: Bench;
let program: string;
beforeAll(() => {
  bench = new Bench();
  program = bundledCli(bench.path('dist'));
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const COLUMNS = 100;

/** perf-gate run on a pseudo-terminal, its standard output in a file. Ctrl-C is pressed when the text is to be seen. */
async function onTerminal(config: string, interruptAt?: string) {
  bench.repository.write('perf-gate.yml', config);
  bench.remember();
  const terminal = new Terminal(COLUMNS);
  const [node, out] = [process.execPath, bench.path('out.txt')];
  const command = `stty cols ${COLUMNS} rows 24; exec '${node}' '${program}' --base HEAD~1 > '${out}'`;
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd: bench.repository.directory,
    env: { ...inherited, TERM: 'xterm', SHELL: '/bin/sh', TMPDIR: bench.path('tmp') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let isPressed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    terminal.write(text);
    if (interruptAt === undefined || isPressed || !terminal.text.includes(interruptAt)) return;
    isPressed = true;
    child.stdin.write('\x03');
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const screen = terminal.text.replace(/^(.) {3,7}\d+\.\d s {2}/gm, '$1 TIME ');
  return { code, screen, isColored: terminal.writes.join('').includes('\x1b[32m'), out: readFileSync(out, 'utf8') };
}

describe('on a terminal', () => {
  test('the steps stay as a list, and the standard output has the report alone', async () => {
    const { code, screen, isColored, out } = await onTerminal(`${SERVICE_CONFIG}${QUICK}`);
    const [told, ...steps] = screen.split('\n');
    expect(told).toMatch(/^ {13}head \w{7} with uncommitted changes against base \w{7} \(given as HEAD~1\)$/);
    // The one of the two sides that is done first stands above the other.
    expect(steps.splice(-2).sort()).toEqual([
      '✓ TIME base: recording the allocations of 20 requests',
      '✓ TIME head: recording the allocations of 20 requests',
    ]);
    expect(steps).toEqual([
      '✓ TIME building both sides',
      '✓ TIME finding the functions that the commit changes',
      '✓ TIME linking what is measured',
      '✓ TIME base: trying the scenario',
      '✓ TIME head: trying the scenario',
    ]);
    expect(isColored).toBe(true);
    expect(out).toMatch(/^perf-gate {2}PASS {2}repository /);
    expect(code).toBe(0);
  });

  test('Ctrl-C: what was at work is marked, and the message stands below the list', async () => {
    const { code, screen, out } = await onTerminal(making('never listens'), 'trying the scenario');
    expect(screen.split('\n').slice(-3)).toEqual([
      '✓ TIME linking what is measured',
      '– TIME base: trying the scenario',
      'perf-gate: interrupted (SIGINT)',
    ]);
    expect({ code, out }).toEqual({ code: 130, out: '' });
  });
});

describe('how much is told', () => {
  const SAME = ['--base', 'HEAD', '--head', 'HEAD'];

  test('--quiet: the result alone', async () => {
    const { code, out, said, progress } = await bench.attempt([...SAME, '--quiet'], {
      config: `${SERVICE_CONFIG}${QUICK}`,
    });
    expect({ code, said, progress }).toEqual({ code: 0, said: '', progress: '' });
    expect(out).toContain('same machine code: nothing to measure');
  });

  test('--quiet: errors all the same', async () => {
    const { code, out, said } = await bench.attempt([...SAME, '--quiet'], { config: `${SERVICE_CONFIG}limits: 3\n` });
    expect(said).toContain('limits must be a map, not the number 3');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('not both', async () => {
    const { code, said } = await bench.attempt(['--quiet', '--verbose'], { config: `${SERVICE_CONFIG}${QUICK}` });
    expect(said).toBe('perf-gate: --quiet and --verbose contradict each other\n  -> leave one of them out\n');
    expect(code).toBe(2);
  });

  test('--verbose: what is run, where it runs, and why; no secrets', async () => {
    const config = `${SERVICE_CONFIG}  build: { env: { REGISTRY_TOKEN: tok-1234 } }\n${QUICK}`;
    const { code, said, progress } = await bench.attempt(['--verbose'], { config });
    const lines = progress.split('\n').map((line) => line.replace(/^ *\d+\.\d s {2}/, ''));
    const [builds, starts] = [/^(base|head): \$ cd \S+ && .* go build /, /^(base|head): \$ cd \S+ && \S+ -listen /];
    // Each is built to be compared, and to be measured.
    expect(lines.filter((line) => builds.test(line))).toHaveLength(4);
    expect(lines.find((line) => builds.test(line))).toContain(' && REGISTRY_TOKEN=*** go build -trimpath ');
    // The trial, and two replicates, each once more for tiny objects.
    expect(lines.filter((line) => starts.test(line))).toHaveLength(10);
    const unfinished = '~/repository/perf-gate-out.unfinished';
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^services may be put on the cores \d+(, \d+)*$/),
        `base: all that its builds say is in ${unfinished}/base/logs/build.log`,
        expect.stringMatching(/^head: built by go\S+, digest of its machine code [0-9a-f]{16,}$/),
        'the machine code of 1 Go functions differs',
        expect.stringMatching(`^head: port \\d+, on any core, log ${unfinished}/head/logs/trial\\.log$`),
      ]),
    );
    expect(said).toBe('');
    expect(code).toBe(0);
  });
});

/** perf-gate doctor as a person meets it, where all is well and where something is missing. It leaves nothing behind. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench, making, QUICK, SERVICE_CONFIG } from '../commands/mistake.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const GOOD = `${SERVICE_CONFIG}${QUICK}`;
const LOOK = ['doctor', '--no-service'];
/** The line of a finding. */
const line = (out: string, name: string) => out.split('\n').find((text) => text.slice(13).startsWith(`${name} `)) ?? '';

describe('looking only', () => {
  test('all is well', async () => {
    const { code, out } = await bench.attempt(LOOK, { config: GOOD });
    expect(line(out, 'git')).toMatch(/✓ ok {7}git +[0-9a-f]{7}, branch main, one file uncommitted, the whole history$/);
    expect(line(out, 'base')).toMatch(/✓ ok .* [0-9a-f]{7}, merge base with main, which is the head commit itself$/);
    expect(line(out, 'config')).toContain('✓ ok       config');
    expect(out).toMatch(/perf-gate.yml is valid: repository, one request;\s+allocs;\s+budget 1 s/);
    expect(line(out, 'output')).toContain('✓ ok       output');
    expect(line(out, 'go')).toContain('go.mod asks for');
    for (const name of ['c compiler', 'cores', 'memory', 'disk', 'activity', 'valgrind', 'perf events', 'port']) {
      expect(line(out, name)).toMatch(/✓ ok|! warning/);
    }
    expect(line(out, 'allocs')).toContain('· untried  allocs');
    expect(out).toMatch(/\nNothing stands in the way of a run/);
    expect(code).toBe(0);
  });

  test('as JSON', async () => {
    const { code, out } = await bench.attempt([...LOOK, '--format', 'json'], { config: GOOD });
    const { canRun, findings } = JSON.parse(out) as { canRun: boolean; findings: { name: string; level: string }[] };
    expect(canRun).toBe(true);
    expect(findings.find(({ name }) => name === 'git')).toMatchObject({ section: 'your files', level: 'ok' });
    expect(code).toBe(0);
  });

  test('a wrong config is explained as a run explains it, and the rest is looked at all the same', async () => {
    const { code, out } = await bench.attempt(LOOK, {
      config: GOOD.replace('ready:', 'redy:').replace('count', 'cuont'),
    });
    expect(line(out, 'config')).toContain('✗ error    config');
    expect(out).toContain('| perf-gate.yml:4:3  unknown key "redy" in service / did you mean "ready"?');
    expect(line(out, 'go')).toContain('✓ ok       go');
    expect(line(out, 'c compiler')).toContain('· untried');
    expect(out).toMatch(/\nA run cannot work yet: see config\.\n$/);
    expect(code).toBe(2);
  });

  test('without a config', async () => {
    const { code, out } = await bench.attempt(LOOK);
    expect(line(out, 'config')).toContain('there is no perf-gate.yml in ~/repository');
    expect(out).toContain('-> perf-gate init writes one that runs');
    expect(code).toBe(2);
  });

  test('without a repository', async () => {
    const outside = bench.path('outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(`${outside}/perf-gate.yml`, GOOD);
    const { code, out } = await bench.attempt(LOOK, {
      cwd: outside,
      env: { GIT_CEILING_DIRECTORIES: bench.directory },
    });
    expect(line(out, 'git')).toMatch(/✗ error .* is not inside a git repository$/);
    expect(out).toContain('-> run perf-gate in a clone of the service');
    expect(line(out, 'base')).toContain('· untried');
    expect(line(out, 'config')).toContain('✓ ok');
    expect(line(out, 'go')).toContain('✓ ok');
    expect(code).toBe(2);
  });

  test('without git, Go and valgrind on PATH: what is not there is not to be had here, and the rest is told', async () => {
    const { code, out } = await bench.attempt(LOOK, { config: GOOD, env: { PATH: bench.pathOf(['taskset']) } });
    expect(line(out, 'git')).toContain('✗ error    git          git could not be started');
    expect(line(out, 'go')).toContain('✗ error    go           there is no go command on PATH');
    expect(out).toContain('-> install Go 1.18 or newer');
    expect(line(out, 'valgrind')).toContain('not needed, since instruments leaves instructions out');
    expect(line(out, 'config')).toContain('✓ ok');
    expect(line(out, 'cores')).toContain('cores');
    expect(out).toMatch(/\nA run cannot work yet: see git and go\.\n$/);
    expect(code).toBe(3);
  });

  test('without valgrind alone a run works, less well', async () => {
    const config = GOOD.replace('[allocs]', '[instructions, allocs]');
    const path = bench.pathOf(['git', 'go', 'taskset']);
    const { code, out } = await bench.attempt(LOOK, { config, env: { PATH: path } });
    expect(line(out, 'valgrind')).toContain('! warning  valgrind');
    expect(out).toContain('-> install the distribution');
    expect(code).toBe(0);
  });

  test('a run directory that is not ours', async () => {
    const { code, out } = await bench.attempt([...LOOK, '--output', 'prices'], { config: GOOD });
    expect(line(out, 'output')).toContain('✗ error    output');
    expect(out).toContain('-> remove it, or name another place with --output');
    expect(code).toBe(2);
  });

  test('another run at work in it', async () => {
    const draft = bench.path('repository/perf-gate-out.unfinished');
    mkdirSync(draft);
    writeFileSync(`${draft}/process`, `${process.pid}\n`);
    const { code, out } = await bench.attempt(LOOK, { config: GOOD });
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `another perf-gate is at work in ~/repository/perf-gate-out.unfinished`,
    );
    expect(out).toContain('-> wait for its end, or name another place with --output');
    expect(code).toBe(2);
    rmSync(draft, { recursive: true });
    bench.remember();
  });

  test('a shallow clone without the base: how to deepen it', async () => {
    const clone = bench.path('clone');
    const { repository } = bench;
    repository.git('branch', 'feature');
    repository.git('clone', '--quiet', '--depth=1', '--branch=feature', `file://${repository.directory}`, clone);
    repository.git('branch', '--quiet', '-D', 'feature');
    writeFileSync(`${clone}/perf-gate.yml`, GOOD);
    const { code, out } = await bench.attempt(LOOK, { cwd: clone });
    expect(line(out, 'git')).toContain('branch feature, one file uncommitted, a shallow clone');
    expect(line(out, 'base')).toContain('✗ error    base');
    expect(out).toContain('-> git fetch --unshallow origin');
    expect(code).toBe(2);
  });

  test('a base that cannot be found', async () => {
    const { code, out } = await bench.attempt(LOOK, { config: `${GOOD}baseline: { branch: mian }\n` });
    expect(line(out, 'base')).toContain('✗ error    base');
    expect(out).toContain('-> did you mean main?');
    expect(code).toBe(2);
  });

  test('a cgo package without a compiler', async () => {
    const { repository } = bench;
    repository.write('c/c.go', 'package c\n\nimport "C"\n');
    repository.write('uses.go', 'package main\n\nimport _ "example.com/mistakes/c"\n');
    const path = bench.pathOf(['git', 'go', 'taskset']);
    const { code, out } = await bench.attempt(LOOK, { config: GOOD, env: { PATH: path, CC: 'no-such-compiler' } });
    expect(out).toMatch(
      /! warning {2}c compiler .*no-such-compiler does not run, so\s+example.com\/mistakes\/c cannot/,
    );
    expect(code).toBe(0);
    repository.git('clean', '--quiet', '--force', '-d');
    bench.remember();
  });
});

describe('trying the service', () => {
  test('it is built, started, asked, and measured', async () => {
    const { code, out, progress } = await bench.attempt(['doctor'], {
      config: GOOD.replace('[allocs]', '[instructions, allocs, io, cpu]'),
    });
    for (const name of ['build', 'start', 'requests', 'second copy', 'instructions', 'allocs', 'io', 'cpu']) {
      expect(line(out, name)).toContain('✓ ok');
    }
    expect(out).toMatch(/✓ ok {7}instructions +works; sees /);
    expect(out).toMatch(/✓ ok {7}allocs +works; sees /);
    expect(out).toMatch(/✓ ok {7}cpu +works; sees cpu time from about /);
    expect(out).toMatch(/\nA run can work here/);
    expect(progress).toContain('building the service');
    expect(code).toBe(0);
  });

  test('one that breaks under valgrind alone: a run goes on without it', async () => {
    const config = making('exits at start', QUICK.replace('[allocs]', '[instructions, allocs]'));
    const { code, out } = await bench.attempt(['doctor'], {
      config: config.replace('["-mistake"', '["-counted", "-mistake"'),
    });
    expect(line(out, 'start')).toContain('✓ ok');
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toContain(
      '! warning instructions cannot be used: under valgrind, the service (head) exited with code 7',
    );
    expect(out).toContain('| cannot reach the database at localhost:5432');
    expect(line(out, 'allocs')).toContain('✓ ok');
    expect(out).toMatch(/\nA run can work here, though less well than it could: see .*instructions\.\n$/);
    expect(code).toBe(0);
  });

  test.each([
    [
      'exits at start',
      'start',
      'exited with code 7 before it was ready',
      'cannot reach the database at localhost:5432',
    ],
    ['is cold', 'requests', '1 of 1 requests failed', 'GET /price answered 503'],
  ])('one that %s', async (mistake, step, text, detail) => {
    const { code, out } = await bench.attempt(['doctor'], { config: making(mistake) });
    expect(line(out, step)).toContain('✗ error');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(text);
    expect(out).toContain(detail);
    expect(line(out, 'allocs')).toContain('· untried');
    expect(out).toMatch(new RegExp(`\nA run cannot work yet: see ${step}\\.\n$`));
    expect(code).toBe(3);
  });

  test('one that lets no second copy run beside it', async () => {
    const { repository } = bench;
    const open = `os.OpenFile(${JSON.stringify(bench.path('lock'))}, os.O_CREATE|os.O_EXCL, 0o600)`;
    const refuse = `if _, err := ${open}; err != nil {\n\t\tpanic("there can be only one")\n\t}`;
    repository.write('lock.go', `package main\n\nimport "os"\n\nfunc init() {\n\t${refuse}\n}\n`);
    const { code, out } = await bench.attempt(['doctor'], { config: GOOD });
    expect(line(out, 'requests')).toContain('✓ ok');
    expect(line(out, 'second copy')).toContain('✗ error');
    expect(out).toContain('there can be only one');
    expect(out).toMatch(/-> several copies of the service run at the same time: give .* \{port\}/);
    expect(code).toBe(3);
    repository.git('clean', '--quiet', '--force', '-d');
    bench.remember();
  });

  test('one that does not compile', async () => {
    bench.repository.write('broken.go', 'package main\n\nfunc broken() int { return "" }\n');
    const { code, out } = await bench.attempt(['doctor'], { config: GOOD });
    expect(line(out, 'build')).toContain('✗ error    build        the build of head failed');
    expect(out).toMatch(/\| .*broken\.go:3:\d+: cannot use ""/);
    expect(code).toBe(3);
    bench.repository.git('clean', '--quiet', '--force', '-d');
    bench.remember();
  });

  test('interrupted in the middle', async () => {
    const interruptAt = { text: 'trying the service', afterMs: 100 };
    const { code, out, said } = await bench.attempt(['doctor'], { config: making('never listens'), interruptAt });
    expect([code, out]).toEqual([130, '']);
    expect(said).toContain('interrupted (SIGINT)');
  });
});

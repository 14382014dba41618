/** What the doctor makes of the tools that build the service, and of what the instruments showed on it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { MeasurementError, UserError } from '../../src/base/errors.ts';
import type { Toolchain } from '../../src/build/toolchain.ts';
import type { TotalRow } from '../../src/compare/report.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { judgeCompiler } from '../../src/doctor/c-compiler.ts';
import { exitCodeOf, failed, ok, type Section, untried, warning } from '../../src/doctor/finding.ts';
import { judgeGo } from '../../src/doctor/go.ts';
import { renderJson, renderTable } from '../../src/doctor/render.ts';
import { tellExact, tellTime } from '../../src/doctor/sensitivity.ts';

describe('Go', () => {
  const toolchain = (changes: Partial<Toolchain> = {}, variables: Toolchain['variables'] = {}): Toolchain => ({
    version: 'go1.24.1',
    root: '/usr/local/go',
    os: 'linux',
    arch: 'amd64',
    flags: '',
    variables,
    ...changes,
  });
  const config = (flags: string) =>
    parseConfig(
      `service:\n  package: .\n  build: { flags: ${flags} }\n  args: ["{port}"]\nload: { requests: [GET /] }\n`,
      'perf-gate.yml',
      'shop',
    );

  test('its version, and what go.mod asks for', () => {
    const goMod = 'module example.com/shop\n\ngo 1.22\n\ntoolchain go1.23.4\n';
    expect(judgeGo({ toolchain: toolchain({}, { GOTOOLCHAIN: 'auto' }), goMod, config: undefined })).toEqual({
      name: 'go',
      level: 'ok',
      text: 'go1.24.1 in /usr/local/go; go.mod asks for 1.22; toolchain go1.23.4',
    });
  });

  test('one that go fetched by itself, and settings that hold', () => {
    const root = '/home/me/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.25.0.linux-amd64';
    const fetched = toolchain({ root, flags: '-mod=mod' }, { GOTOOLCHAIN: 'go1.25.0+auto' });
    expect(judgeGo({ toolchain: fetched, goMod: 'go 1.25.0\n', config: undefined }).text).toBe(
      `go1.24.1 in ${root}, which go fetched because go.mod asks for it; go.mod asks for 1.25.0; GOTOOLCHAIN=go1.25.0+auto; GOFLAGS=-mod=mod`,
    );
  });

  test.each([
    ['-race', '-race makes everything several times slower, and the detector is what is measured'],
    ['-trimpath -cover', '-cover adds counters to every line'],
    ["'-gcflags=all=-N -l'", '-gcflags=all=-N -l switches optimisation or inlining off'],
  ])('GOFLAGS=%s reaches what is measured', (flags, effect) => {
    const { level, text, remedy } = judgeGo({ toolchain: toolchain({ flags }), goMod: undefined, config: undefined });
    expect(level).toBe('warning');
    expect(text).toContain(effect);
    expect(remedy).toContain('GOFLAGS= perf-gate');
  });

  test('so does a flag of the config, with its line', () => {
    expect(judgeGo({ toolchain: toolchain(), goMod: undefined, config: config('["-race"]') })).toMatchObject({
      level: 'warning',
      remedy: 'take it out of perf-gate.yml:3',
    });
  });

  test.each([['-race=false'], ['-gcflags=-m'], ['-trimpath'], ['-mod=vendor']])('%s does no harm', (flags) => {
    expect(judgeGo({ toolchain: toolchain({ flags }), goMod: undefined, config: undefined }).level).toBe('ok');
  });
});

describe('the C compiler', () => {
  const SQLITE = { users: ['github.com/mattn/go-sqlite3'], isLeftOut: false, compiler: 'gcc', version: 'gcc 12.2.0' };

  test.each([
    [{ ...SQLITE, users: [] }, 'ok', 'not needed: no package of the service has C parts'],
    [{ ...SQLITE, users: [], version: undefined }, 'ok', 'not needed: no package of the service has C parts'],
    [SQLITE, 'ok', 'gcc 12.2.0, for github.com/mattn/go-sqlite3'],
    [
      { ...SQLITE, isLeftOut: true, version: undefined },
      'ok',
      'not needed: CGO_ENABLED=0 leaves the C parts of github.com/mattn/go-sqlite3 out',
    ],
    [
      { ...SQLITE, version: undefined },
      'warning',
      'gcc does not run, so github.com/mattn/go-sqlite3 cannot be built with their C parts',
    ],
    [{ ...SQLITE, users: ['a', 'b', 'c', 'd', 'e'] }, 'ok', 'gcc 12.2.0, for a, b, c and 2 more'],
  ])('%o', (facts, level, text) => {
    expect(judgeCompiler(facts)).toMatchObject({ level, text });
  });
});

describe('the smallest change that is seen', () => {
  const exact = (name: TotalRow['name'], noise: number): TotalRow => ({
    name,
    unit: 'count',
    base: 1000,
    head: 1000,
    change: 0,
    uncertainty: { kind: 'exact', noise },
    limit: undefined,
    status: 'unjudged',
  });
  const ROWS = [
    exact('instructions', 0.0004),
    exact('collection', 0.02),
    exact('objects', 0),
    exact('bytes', 0.0012),
    exact('io-calls', 0),
    exact('io-bytes', 0),
  ];
  const SAME = { tried: 301, ofRun: 301 };

  test('twice what two processes of the head differ by, as the judge has it', () => {
    expect(tellExact('instructions', ROWS, SAME).text).toBe(
      'works; sees instructions from +0.08 % on: two processes of 301 requests each differed by 0.04 %, and a rise must be twice that',
    );
  });

  test('any rise where they agree, beside one that does not', () => {
    expect(tellExact('allocs', ROWS, SAME).text).toBe(
      'works; sees any rise of objects and bytes from +0.2 % on: two processes of 301 requests each differed by 0.1 %, and a rise must be twice that',
    );
    expect(tellExact('io', ROWS, SAME).text).toBe(
      'works; sees any rise of io calls and io bytes: two processes of 301 requests each agreed',
    );
  });

  test('next to nothing is told as that, and never as nothing', () => {
    expect(tellExact('allocs', [exact('objects', 0), exact('bytes', 0.00004)], SAME).text).toBe(
      'works; sees any rise of objects and bytes from +0.01 % on: two processes of 301 requests each differed by under 0.01 %, and a rise must be twice that',
    );
  });

  test('with fewer requests than a run the noise is told too large', () => {
    expect(tellExact('instructions', ROWS, { tried: 42, ofRun: 301 }).text).toMatch(
      /; a run counts 301 and can see smaller ones$/,
    );
  });

  // R: r <- c(0.03, -0.02, 0.01, -0.04, 0.02, 0); sd(r); expm1(qt(0.975, 4) * sd(r) / sqrt(5))
  test('of time: what the rounds of a run leave open', () => {
    expect(tellTime([0.03, -0.02, 0.01, -0.04, 0.02, 0], 400, 120_000).text).toBe(
      'works; sees cpu time from about +3.3 % on, and no limit judges it: the head against itself varied by ±2.6 % over ' +
        '6 windows of 400 ms, and 5 rounds fit into the budget of 2 m',
    );
  });

  // R: expm1(qt(0.975, 1) * sd(r) / sqrt(2))
  test('a small budget leaves more open', () => {
    expect(tellTime([0.03, -0.02, 0.01, -0.04, 0.02, 0], 400, 1000).text).toMatch(
      /from about \+26\.\d % on.* 2 rounds fit/,
    );
  });
});

describe('the answer', () => {
  const sections = (...findings: Section['findings']): Section[] => [{ title: 'this machine', findings }];
  const USE = failed(
    'config',
    new UserError('perf-gate.yml has 2 problems', { detail: 'perf-gate.yml:3:1 …\u001b[2J' }),
  );
  const HERE = failed('start', new MeasurementError('the service did not start', { hint: 'see its log' }));

  test.each([
    ['a warning leaves a run possible', sections(warning('cores', 'one core', 'use two')), 0],
    ['what nobody tried is no error', sections(untried('cpu', 'left out')), 0],
    ['what the person has to put right', sections(USE), 2],
    ['what is not to be had here', sections(HERE), 3],
    ['both: first what the person can put right', sections(HERE, USE), 2],
  ])('%s', (_, all, code) => {
    expect(exitCodeOf(all)).toBe(code);
  });

  test('as a table: marks are words too, what to do stands below, others cannot speak to the terminal', () => {
    const all = sections(
      ok('git', '3f2a91c'),
      warning('cores', 'one core', 'use two'),
      USE,
      untried('cpu', 'left out'),
    );
    expect(renderTable({ tool: '1.0.0', sections: all }, { color: false })).toBe(`perf-gate doctor 1.0.0

this machine
  ✓ ok       git     3f2a91c
  ! warning  cores   one core
                     -> use two
  ✗ error    config  perf-gate.yml has 2 problems
                     | perf-gate.yml:3:1 …
                     -> put that right, then try again: perf-gate doctor
  · untried  cpu     left out

A run cannot work yet: see config.
`);
  });

  test('long lines are wrapped, and not within an amount', () => {
    const all = sections(ok('memory', `${'a word '.repeat(12)}of 25 GB and more`));
    const [first = '', second = ''] = renderTable({ tool: '1.0.0', sections: all }, { color: false })
      .split('\n')
      .slice(3);
    expect(first.length).toBeLessThanOrEqual(110);
    expect(second).toBe('                     25 GB and more');
  });

  test('in colours on a terminal, with the same words', () => {
    const all = sections(ok('git', '3f2a91c'));
    const [plain, coloured] = [false, true].map((color) => renderTable({ tool: '1.0.0', sections: all }, { color }));
    expect(coloured).toContain('\u001b[32m✓ ok');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
    expect(coloured!.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(plain).toMatch(/\n\nA run can work here\.\n$/);
  });

  test('as JSON, for scripts', () => {
    expect(JSON.parse(renderJson({ tool: '1.0.0', sections: sections(HERE) }))).toEqual({
      tool: '1.0.0',
      canRun: false,
      findings: [
        {
          section: 'this machine',
          name: 'start',
          level: 'error',
          text: 'the service did not start',
          remedy: 'see its log',
          fault: 'here',
        },
      ],
    });
  });
});

test('perf events are told as unused for as long as nothing uses them', () => {
  const src = fileURLToPath(new URL('../../src', import.meta.url));
  const users = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|go)$/.test(path) && !path.startsWith('doctor/'))
    .filter((path) => /perf_event|SYS_PERF_EVENT_OPEN|PERF_TYPE_/i.test(readFileSync(`${src}/${path}`, 'utf8')));
  expect(users).toEqual([]);
});

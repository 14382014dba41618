/** A service with several loads: each is measured, judged, kept and reported by itself; the whole program. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
import { readSavedReports } from '../../src/publish/saved-reports.ts';
import { parseReport } from '../../src/report/json.ts';
import { Bench, SERVICE_CONFIG } from './mistake.ts';

const prices = (count: number) => `package prices

import "strconv"

func Sum() int {
	list := []string{}
	for i := 0; i < ${count}; i++ {
		list = append(list, strconv.Itoa(100000+i))
	}
	return len(list)
}
`;

let bench: Bench;
let store: string;
beforeAll(() => {
  bench = new Bench();
  store = bench.path('store');
  bench.repository.commit('forty prices', { 'prices/prices.go': prices(40) });
  bench.repository.commit('fifty prices', { 'prices/prices.go': prices(50) });
});
afterAll(() => bench.remove());

/** The head is over the limits of one scenario; one asks for what is not there, and one never runs what has a rule. */
const CONFIG = () => `${SERVICE_CONFIG}
load: { count: 20, warmup: 20 }
limits:
  objects: { total: +300%, function: off }
  bytes: { total: +300%, function: off }
  functions: [{ match: example.com/mistakes/prices.*, objects: +300% }]
scenarios:
  loose: { requests: [GET /price] }
  strict: { requests: [GET /price], limits: { objects: { total: +3% } } }
  broken: { requests: [GET /nowhere] }
  healthy: { requests: [GET /healthz], warmup: 30 }
instruments: [allocs]
baseline: { store: directory, path: ${store} }
`;

const output = (...path: string[]) => join(bench.repository.directory, 'perf-gate-out', ...path);

describe('a service with four scenarios', () => {
  test('has each of its base kept, but for the one that cannot be measured', async () => {
    bench.repository.git('checkout', '--quiet', '--detach', 'HEAD~1');
    const { code, out, said } = await bench.attempt(['save'], { config: CONFIG() });
    bench.repository.git('checkout', '--quiet', 'main');
    expect(said).toContain('perf-gate: scenario broken: ');
    expect(said).toContain('GET /nowhere');
    expect(code).toBe(3);
    expect(out.match(/^saved repository · (\w+) [0-9a-f]{7} /gm)?.map((line) => line.split(' ')[3])).toEqual([
      'loose',
      'strict',
      'healthy',
    ]);

    const list = await bench.attempt(['baseline', 'list']);
    expect(list.out.split('\n')[0]).toMatch(/^commit {3}scenario {2}committed/);
    expect(list.out.match(/ (loose|strict|healthy) /g)).toHaveLength(3);
    const show = await bench.attempt(['baseline', 'show', 'HEAD~1']);
    expect(show.out).toContain('repository · strict ');
    const fetched = bench.path('fetched');
    await bench.attempt(['baseline', 'fetch', 'HEAD~1', fetched]);
    expect(readdirSync(fetched).sort()).toEqual(['healthy', 'loose', 'strict']);
  });

  test('has a table, limits and a verdict for each, and the worst of them for the whole', async () => {
    const { code, out, progress } = await bench.attempt(['--format', 'json'], { config: CONFIG() });
    const { verdict, reports } = JSON.parse(out) as { verdict: string; reports: Report[] };
    expect(verdict).toBe('fail');
    expect(code).toBe(1);
    expect(reports.map(({ scenario, verdict, baselineSource }) => [scenario, verdict, baselineSource])).toEqual([
      ['loose', 'pass', 'stored'],
      ['strict', 'fail', 'stored'],
      ['broken', 'invalid', undefined],
      ['healthy', 'pass', 'stored'],
    ]);
    const [loose, strict, broken, healthy] = reports as [Report, Report, Report, Report];
    const objects = ({ totals }: Report) => totals.find(({ name }) => name === 'objects');
    expect(objects(loose)).toMatchObject({ status: 'ok', limit: { text: '+300%', at: 'perf-gate.yml:8' } });
    expect(objects(strict)).toMatchObject({ status: 'over', limit: { text: '+3%', at: 'perf-gate.yml:13' } });
    expect(strict.causes[0]).toMatchObject({ function: 'example.com/mistakes/prices.Sum' });
    expect(strict.reproduce).toMatch(/^npx perf-gate run --base [0-9a-f]{7} --scenario strict$/);
    expect(broken.notes.map((note) => note.text).join('\n')).toContain('GET /nowhere');
    // The rule of all of them guards something, in the others.
    expect(healthy.notes.map((note) => note.code)).not.toContain('rule-matches-nothing');

    // One build, one comparison of the code for all of them.
    expect(progress.match(/building both sides$/gm)).toHaveLength(1);
    expect(progress).toContain('broken: not measured: ');

    expect(readdirSync(output()).sort()).toEqual(['broken', 'healthy', 'loose', 'strict']);
    for (const report of reports) {
      const text = readFileSync(output(report.scenario!, 'report.json'), 'utf8');
      expect(JSON.parse(text)).toEqual(report);
      expect(parseReport(text).scenario).toBe(report.scenario);
      expect(report.directory).toBe(`perf-gate-out/${report.scenario}/`);
    }
    expect(existsSync(output('strict', 'head', 'manifest.json'))).toBe(true);
  });

  test('is told again, published and judged again from its directory', async () => {
    const { out } = await bench.attempt(['report']);
    expect(out.split('\n')[0]).toBe(
      'perf-gate  FAIL  repository  broken invalid, healthy pass, loose pass, strict fail',
    );
    expect(await readSavedReports(output(), '--output')).toMatchObject({ isCollection: false, subject: 'repository' });
    const again = (scenario: string, ...flags: string[]) =>
      bench.attempt(['compare', ...['base', 'head'].map((side) => output(scenario, side)), ...flags]);
    expect((await again('loose')).code).toBe(0);
    // The rule of all of them guards something, in the others.
    expect((await again('healthy')).out).toMatch(/^perf-gate {2}PASS {2}repository · healthy/);
    expect((await again('strict')).code).toBe(1);
    expect((await again('loose', '--scenario', 'strict')).code).toBe(1);
    expect((await again('strict', '--scenario', 'loose')).out).toContain('perf-gate  PASS  repository · strict');
    expect((await again('strict', '--scenario', 'lose')).said).toBe(
      'perf-gate: perf-gate.yml has no scenario "lose"\n  -> did you mean loose?\n',
    );
  });

  test('can be looked at one scenario at a time', async () => {
    const flags = ['--base', 'HEAD', '--head', 'HEAD', '--scenario'];
    const { code, out } = await bench.attempt([...flags, 'strict'], { config: CONFIG() });
    expect(code).toBe(0);
    expect(out).toMatch(/^perf-gate {2}PASS {2}repository · strict {2}head /);
    expect(readdirSync(output())).toEqual(['strict']);
    const unknown = await bench.attempt([...flags, 'heathy']);
    expect([unknown.code, unknown.said]).toEqual([
      2,
      'perf-gate: perf-gate.yml has no scenario "heathy"\n  -> did you mean healthy?\n',
    ]);
    await bench.expectNothingLeft();
  });
});

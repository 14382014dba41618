/** A quick look, and settings for one run: the whole gate with them, and what is then judged, told and kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Manifest } from '../../src/measure/manifest.ts';
import { quickConfig } from '../../src/run/quick.ts';
import { Bench, SERVICE_CONFIG } from './mistake.ts';

describe('the config of a quick look', () => {
  const quick = (more: string) => quickConfig(parseConfig(`service: { package: . }\n${more}`, 'perf-gate.yml'));
  const LOAD = 'load: { requests: [GET /] }\n';

  test('has the exact instruments and few requests, and does not ask the store', () => {
    const { instruments, load, baseline } = quick(`${LOAD}baseline: { store: git }\n`);
    expect(instruments).toEqual(['instructions', 'allocs']);
    expect(load).toMatchObject({ count: 50, warmup: 30 });
    expect(baseline).toMatchObject({ store: undefined, keep: 30 });
  });

  test('has never more requests than the file says, and the limits of the file', () => {
    const text = `load: { requests: [GET /], count: 20, warmup: 0 }\nlimits: { objects: { total: +3% } }\n`;
    const { load, limits } = quick(text);
    expect(load).toMatchObject({ count: 20, warmup: 0 });
    expect(limits).toEqual(parseConfig(`service: { package: . }\n${text}`, 'perf-gate.yml').limits);
  });

  test('holds for every scenario', () => {
    const { scenarios } = quick(
      'load: {}\nscenarios: { one: { requests: [GET /a], warmup: 90 }, two: { requests: [GET /b], count: 400 } }\n',
    );
    expect(scenarios.map(({ load: { count, warmup } }) => [count, warmup])).toEqual([
      [50, 30],
      [50, 30],
    ]);
  });

  test.each(['io-calls: { total: +5% }', 'io-bytes: { total: +5% }'])(
    'measures io where it is limited: %s',
    (limit) => {
      expect(quick(`${LOAD}limits: { ${limit} }\n`).instruments).toEqual(['instructions', 'allocs', 'io']);
    },
  );

  test('is refused where nothing would be left to measure', () => {
    expect(() => quick(`${LOAD}instruments: [cpu]\n`)).toThrow(
      '--quick measures no cpu, and perf-gate.yml names nothing else',
    );
  });
});

describe('perf-gate --quick', () => {
  let bench: Bench;
  beforeAll(() => {
    bench = new Bench();
  });
  afterEach(() => bench.expectNothingLeft());
  afterAll(() => bench.remove());

  test('counts both sides twice, names what it left out, and judges by the limits that are set', async () => {
    const config = `${SERVICE_CONFIG}load: { requests: [GET /price], count: 400 }\nlimits: { objects: off, bytes: off }\n`;
    const flags = ['--count', '25', '--set', 'limits.instructions.total=+90%', '--set=service.env.KEY=hush'];
    const { code, out } = await bench.attempt(['--quick', '--format', 'json', ...flags], { config });
    const report = JSON.parse(out) as Report;
    expect([code, report.verdict]).toEqual([0, 'pass']);
    expect(report.notes).toContainEqual({
      code: 'quick',
      text: 'a quick look: 25 requests were counted, without io and cpu; perf-gate run measures everything',
    });
    expect(report.totals.map(({ name }) => name)).toEqual(['instructions', 'collection', 'objects', 'bytes']);
    expect(report.totals[0]!.limit).toMatchObject({ text: '+90%', at: '--set limits.instructions.total' });
    expect(report.reproduce).toMatch(
      / run --quick --base \w+ --set limits\.instructions\.total=\+90% --set service\.env\.KEY=\.\.\. --set load\.count=25$/,
    );

    const side = (name: string) => join(bench.repository.directory, 'perf-gate-out', name);
    const manifests = ['base', 'head'].map((name) => readFileSync(join(side(name), 'manifest.json'), 'utf8'));
    for (const text of manifests) {
      const { instruments, warnings } = JSON.parse(text) as Manifest;
      expect(instruments.instructions?.requests).toBe(25);
      expect(instruments.instructions?.replicates.map(({ collections }) => collections)).toEqual([1, 1]);
      expect(instruments.allocs?.replicates).toHaveLength(2);
      expect(warnings.map(({ code }) => code)).toContain('quick');
    }

    const sides = ['base', 'head'].map(side);
    const limit = ['--set', 'limits.instructions.total=+0.5%', '--format', 'json'];
    const again = JSON.parse((await bench.attempt(['compare', ...sides, ...limit], { config })).out) as Report;
    expect(again.totals[0]!.limit).toMatchObject({ text: '+0.5%', at: '--set limits.instructions.total' });
    expect(again.notes.map(({ code }) => code)).toContain('quick');
  });
});

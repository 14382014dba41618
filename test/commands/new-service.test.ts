/** A service that the base does not have, or has at another place. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseReport } from '../../src/report/json.ts';
import { Bench, making } from './mistake.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.remove());

const config = making('').replace('package: .', 'package: ./cmd/prices');

test('a new service is measured, nothing is compared, and it is said so; a moved one is compared', async () => {
  const { repository } = bench;
  repository.git('switch', '--quiet', '--create', 'new');
  const main = repository.read('main.go');
  repository.commit('added', { 'cmd/prices/main.go': main });
  const added = await bench.attempt([], { config });
  expect(added.out).toMatch(/^perf-gate {2}PASS {2}prices .*\n* *against nothing: a new service, which base /);
  expect(added.out).toMatch(/\n {2}objects +[\d.]+\n/);
  expect(added.out.replace(/\n {7}/g, ' ')).toContain(
    'the base has no package ./cmd/prices: the service is new, so nothing was compared and no limit was held against it; if the commit moved it, name its place in the base as service.base.package',
  );
  expect({ code: added.code, said: added.said }).toEqual({ code: 0, said: '' });
  const report = parseReport(readFileSync(bench.path('repository/perf-gate-out/report.json'), 'utf8'));
  expect(report).toMatchObject({ verdict: 'pass', isNewService: true, isSameCode: false, causes: [] });
  expect(report.totals.map(({ name, base, status }) => [name, base, status])).toEqual([
    ['objects', 0, 'unjudged'],
    ['bytes', 0, 'unjudged'],
  ]);
  expect(report.totals.every(({ head }) => head > 0)).toBe(true);
  await bench.expectNothingLeft();

  repository.git('switch', '--quiet', '--create', 'moved', 'main');
  repository.git('rm', '--quiet', 'main.go');
  repository.commit('moved', { 'cmd/prices/main.go': main.replace('"is slow"', '"is very slow"') });
  const moved = await bench.attempt([], { config });
  expect(moved.out.replace(/\n {7}/g, ' ')).toContain(
    'the main package is . in the base and ./cmd/prices in the head: the commit moved it',
  );
  expect(moved.out).toMatch(/^perf-gate {2}PASS {2}prices [\s\S]*\n {2}objects +[\d.]+ +[\d.]+ /);
  expect({ code: moved.code, said: moved.said }).toEqual({ code: 0, said: '' });
  expect(existsSync(bench.path('repository/perf-gate-out/base/manifest.json'))).toBe(true);
  await bench.expectNothingLeft();
});

test('where git knows of no move, the base has its package where the config says, or it is said where it could be', async () => {
  const { repository } = bench;
  repository.git('switch', '--quiet', '--create', 'rewritten', 'main');
  const main = repository.read('main.go');
  repository.git('rm', '--quiet', 'main.go');
  const comments = Array.from({ length: 900 }, (_, i) => `// ${i} more words`).join('\n');
  repository.commit('rewritten', { 'cmd/prices/main.go': `${main}\n${comments}\n` });
  const named = (place: string) =>
    config.replace('package: ./cmd/prices', `package: ./cmd/prices\n  base: { package: ${place} }`);
  const wrong = await bench.attempt([], { config: named('./old') });
  expect(wrong.code).toBe(3);
  expect(wrong.said).toContain('go does not find the package ./old of base');
  expect(wrong.said).toMatch(/-> .* where the base has it elsewhere: service\.base\.package; there are: \.$/m);
  const right = await bench.attempt([], { config: named('.') });
  expect(right.out.replace(/\n {7}/g, ' ')).toContain(
    'the main package is . in the base and ./cmd/prices in the head: the commit moved it',
  );
  expect({ code: right.code, said: right.said }).toEqual({ code: 0, said: '' });
  await bench.expectNothingLeft();
});

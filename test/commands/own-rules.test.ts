/** A commit that costs more and changes the config that it is judged by: the whole program on it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
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

const LOAD = 'load: { requests: [GET /price], count: 20, warmup: 20 }\n';
const LIMITS = 'limits: { objects: { total: +50% }, bytes: off }\n';
const config = ({ setup = '', load = LOAD, limits = LIMITS } = {}) =>
  `${SERVICE_CONFIG}${setup}${load}${limits}instruments: [allocs]\n`;
const LOOSE = 'limits: { objects: { total: +99999%, function: off }, bytes: off }\n';
/** Makes of the head what the base is. */
const SETUP = '  setup: ["sed -i s/200/40/ prices/prices.go"]\n';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
  bench.repository.commit('forty prices', { 'prices/prices.go': prices(40), 'perf-gate.yml': config() });
  bench.repository.commit('two hundred', { 'prices/prices.go': prices(200) });
});
afterEach(async () => {
  await bench.expectNothingLeft();
  bench.repository.git('checkout', '--quiet', '.');
});
afterAll(() => bench.remove());

async function judged(text: string | undefined, ...args: string[]) {
  const given = text === undefined ? {} : { config: text };
  const { code, out } = await bench.attempt([...args, '--format', 'json'], given);
  const report = JSON.parse(out) as Report;
  const told = report.configChanges?.map(({ key, kind, counts }) => [key, kind, counts].join(' '));
  return { code, report, told, verdict: report.verdict, codes: report.notes.map(({ code }) => code) };
}

/** What was measured, judged once more, comes to the same word by the same limits, for the same reasons. */
async function expectTheSameAgain({ verdict, totals, configChanges, notes }: Report) {
  const { out } = await bench.attempt(['compare', 'perf-gate-out/base', 'perf-gate-out/head', '--format', 'json']);
  expect(JSON.parse(out)).toMatchObject({ verdict, totals, configChanges, notes });
}

test('limits that are loosened are those of the base all the same', async () => {
  const { code, verdict, told, report } = await judged(config({ limits: LOOSE }));
  expect([code, verdict]).toEqual([1, 'fail']);
  expect(told).toEqual(['limits.objects.total loosened base', 'limits.objects.function loosened base']);
  expect(report.configChanges?.[0]).toMatchObject({ base: '+50%', head: '+99999%', at: 'perf-gate.yml:6' });
  expect(report.totals[0]?.limit).toMatchObject({ text: '+50%', at: 'perf-gate.yml:6 of the base' });
  expect(report.causes[0]?.function).toBe('example.com/mistakes/prices.Sum');
  await expectTheSameAgain(report);
  // What may be secret in a config is not kept: only what judges.
  const record = readFileSync(join(bench.repository.directory, 'perf-gate-out/rules.json'), 'utf8');
  expect(record).toContain('perf-gate.yml:6');
  expect(record).not.toContain('-listen');
  const { out } = await bench.attempt(['explain', 'prices.Sum']);
  expect(out).toMatch(/objects .*: over the limit \+5 %/);
});

test('a waiver that the base does not have is not taken, wherever the file is moved to', async () => {
  const waiver = '{ function: "*prices.Sum", metric: objects, up-to: +9999%, until: 2099-12-31, reason: known }';
  bench.repository.git('mv', 'perf-gate.yml', 'perf-gate.yaml');
  bench.repository.write(
    'perf-gate.yaml',
    config({ limits: `${LIMITS.replace(' }\n', `, waivers: [${waiver}] }\n`)}` }),
  );
  const { verdict, told } = await judged(undefined);
  bench.repository.git('reset', '--quiet', '--hard');
  bench.remember();
  expect(verdict).toBe('fail');
  expect(told).toEqual(['limits.waivers: *prices.Sum objects loosened base']);
});

test('a load that is moved to where nothing rises is not sent: the base measures what it did', async () => {
  const { code, verdict, report, codes } = await judged(config({ load: LOAD.replace('/price', '/healthz') }));
  expect([code, verdict]).toEqual([1, 'fail']);
  expect(report.causes[0]?.function).toBe('example.com/mistakes/prices.Sum');
  expect(report.totals.find(({ name }) => name === 'objects')?.change).toBeGreaterThan(1);
  expect(report.configChanges?.map(({ key, base, head, counts }) => [key, base, head, counts])).toEqual([
    ['load.requests: GET /price', 'GET /price', 'none', 'base'],
    ['load.requests: GET /healthz', 'none', 'GET /healthz', 'base'],
  ]);
  expect(codes).toContain('load-of-base');
  const { out } = await bench.attempt(['report']);
  expect(out).toMatch(/^perf-gate {2}FAIL.*\n(.*\n)?.* both sides were sent the load of the base: what this commit/);
  expect(out).toContain('this commit changes its own rules\n');
  expect(out).toContain('load.requests: GET /price: GET /price in base, none in head; that of base counts');
});

test('a load that the head does not answer gives way to its own, which gives no pass, nor where the base has no answer', async () => {
  bench.repository.edit('main.go', 'HandleFunc("/price"', 'HandleFunc("/prices"');
  const elsewhere = config({ load: LOAD.replace('/price', '/healthz') });
  const { code, verdict, report, codes } = await judged(elsewhere);
  expect([code, verdict]).toEqual([0, 'inconclusive']);
  expect(codes).toContain('config-changed');
  expect(report.configChanges?.map(({ key, counts }) => [key, counts])).toEqual([
    ['load.requests: GET /price', 'head'],
    ['load.requests: GET /healthz', 'head'],
  ]);
  expect(report.totals.length).toBeGreaterThan(0);
  await expectTheSameAgain(report);
  const { out } = await bench.attempt(['report']);
  const why =
    /^perf-gate {2}INCONCLUSIVE.*\n(.*\n)?.* the head does not answer the base's load as it should \(GET \/price answered 404/;
  expect(out).toMatch(why);
  // The base does not answer what the head calls it now: there is nothing to compare.
  const renamed = await judged(config({ load: LOAD.replace('/price', '/prices') }), '--set', 'on-inconclusive=fail');
  expect([renamed.code, renamed.verdict, renamed.report.totals]).toEqual([4, 'inconclusive', []]);
  expect(renamed.report.notes.map(({ text }) => text).join()).toMatch(
    /GET \/price answered 404.* the base does not answer this commit's \(GET \/prices answered 404.*nothing was measured/,
  );
});

test('what is done before the build makes no same code, also where the base does it', async () => {
  const { verdict, told, report } = await judged(config({ setup: SETUP }));
  expect([verdict, report.isSameCode]).toEqual(['inconclusive', false]);
  expect(told).toEqual(['service.setup changed head']);
  expect(report.notes).toContainEqual({
    code: 'setup-changed-files',
    text: 'service.setup replaced files of the head before it was compiled: prices/prices.go',
  });

  bench.repository.git('checkout', '--quiet', '-b', 'setup', 'HEAD~1');
  bench.repository.commit('setup', { 'perf-gate.yml': config({ setup: SETUP }) });
  bench.repository.commit('two hundred', { 'prices/prices.go': prices(200) });
  const both = await judged(undefined);
  bench.repository.git('checkout', '--quiet', 'main');
  bench.repository.git('branch', '--quiet', '-D', 'setup');
  bench.remember();
  expect([both.verdict, both.told]).toEqual(['inconclusive', []]);
  expect(both.report.notes.find(({ code }) => code === 'config-changed')?.text).toMatch(
    /rewrote .*: prices\/prices.go$/,
  );
});

test('the job may accept the rules of a commit, and the base may leave them to it', async () => {
  const accepted = await judged(config({ limits: LOOSE }), '--accept-config');
  expect([accepted.verdict, accepted.told?.[0]]).toEqual(['pass', 'limits.objects.total loosened head']);
  expect(accepted.codes).toContain('config-accepted');
  expect(accepted.report.reproduce).toContain('--accept-config');
  const left = await judged(config({ limits: LOOSE }), '--set', 'on-config-change=note');
  expect([left.verdict, left.told?.[0]]).toEqual(['pass', 'limits.objects.total loosened head']);
});

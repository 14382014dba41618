/** What stands beside the changed lines of a pull request. */

import { describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { Secrets } from '../../src/base/redact.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { annotationsOf, annotationsOfAll, annotationsOfFailure } from '../../src/publish/annotations.ts';
import {
  cause,
  effect,
  elsewhere,
  explanations,
  fail,
  hostile,
  inconclusive,
  invalid,
  missingValgrind,
  ownRules,
  pass,
  sameCode,
} from '../report/reports.ts';

const inRoot = (file: string) => file;

describe('a report', () => {
  test('that fails names the verdict, then each function over its limit where it is', () => {
    expect(annotationsOf(fail, (file) => `services/shop/${file}`)).toEqual([
      {
        level: 'error',
        title: 'perf-gate: fail',
        message: [
          'orders: head 3f2a91c against base 88d0e14 (merge base with origin/main)',
          '3 totals and 2 functions over the limit',
        ].join('\n'),
      },
      {
        level: 'error',
        title: 'perf-gate: main.hashItems',
        file: 'services/shop/orders.go',
        line: 37,
        message: [
          'orders.go:37 runs 440x a request, was 400x',
          'instructions +43 120 (+8.1 %, limit +5 %), about +4.4 µs of cpu time',
          'objects +40 (+10.0 %, limit +5 %)',
          'bytes +1 280 (+10.0 %, within +10 %)',
          'explains 96 % of the rise in instructions and all of the rise in objects and bytes',
        ].join('\n'),
      },
      expect.objectContaining({ title: 'perf-gate: example.com/shop/internal/pricing.(*Calculator).Total', line: 112 }),
    ]);
  });

  test('that passes says nothing, unless something was not judged', () => {
    expect(annotationsOf(pass, inRoot)).toEqual([]);
    expect(annotationsOf(sameCode, inRoot)).toEqual([]);
    const [only, ...others] = annotationsOf(missingValgrind, inRoot);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ level: 'warning', title: 'perf-gate: pass (CPU not judged)' });
    expect(only!.message).toContain('CPU was not judged: valgrind is not installed');
  });

  test('that fails where no function is to blame says what may be behind it', () => {
    const [only, ...others] = annotationsOf(elsewhere, inRoot);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ level: 'error', title: 'perf-gate: fail' });
    expect(only!.message).toContain('the garbage collector explains 56 %');
    expect(only!.message).toContain('main.schema, used in main.routes (main.go:57)');
  });

  test('warns at each line where the commit allows itself more or measures less', () => {
    const title = 'perf-gate: this commit changes its own rules';
    const [verdict, ...others] = annotationsOf(ownRules, inRoot);
    expect(verdict!.message).toContain('both sides were built and loaded as this commit says');
    expect(others).toEqual([
      {
        ...{ level: 'warning', title, file: 'services/shop/perf-gate.yml', line: 9 },
        message:
          'load.requests: GET /orders: GET /orders?limit=40|80 in base, none in head; that of head counts (services/shop/perf-gate.yml:9)',
      },
      // What a flag says stands on no line.
      {
        level: 'warning',
        title,
        message: expect.stringContaining('+1% in base, +99999% in head; that of base counts'),
      },
    ]);
    const { configChanges } = ownRules;
    expect(annotationsOf({ ...pass, configChanges }, inRoot)).toEqual(others);
  });

  test('that cannot decide warns; one without figures says why', () => {
    expect(annotationsOf(inconclusive, inRoot)).toMatchObject([{ level: 'warning', title: 'perf-gate: inconclusive' }]);
    const [only] = annotationsOf(invalid, inRoot);
    expect(only).toMatchObject({ level: 'error', title: 'perf-gate: invalid' });
    expect(only!.message).toContain('3.0 % of the requests to head failed');
  });

  test('points to no file that is not in the repository, or not in the workspace', () => {
    const inWorkspace = (file: string) => (file === 'page/page.go' ? undefined : file);
    expect(annotationsOf(explanations, inWorkspace).map(({ title, file }) => [title, file])).toEqual([
      ['perf-gate: fail', undefined],
      ['perf-gate: main.orders', 'cmd/orders/main.go'],
      ['perf-gate: example.com/shop/store.(*Store).find', 'internal/store/store.go'],
      ['perf-gate: github.com/fxamacker/cbor/v2.(*decoder).parseToValue', undefined],
      ['perf-gate: example.com/shop/page.render', undefined],
      ['perf-gate: example.com/shop/digest.Sum', undefined],
    ]);
  });

  test('has no more than the ten that GitHub keeps, and none longer than it shows', () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      cause(`main.f${i}${'x'.repeat(5000)}`, { effects: Array.from({ length: 400 }, () => effect('objects', 1, 1)) }),
    );
    const shown = annotationsOf({ ...fail, causes: many }, inRoot);
    expect(shown).toHaveLength(10);
    for (const { title, message } of shown) {
      expect(title.length).toBeLessThanOrEqual(200);
      expect(message.length).toBeLessThanOrEqual(4096);
    }
  });

  test('from a fork keeps each name on its line', () => {
    for (const { title, message } of annotationsOf(hostile, inRoot)) {
      expect(title).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe('a run without a report', () => {
  test('shows each mistake of the config at its line', () => {
    const broken = 'service: { package: 3 }\nlode: {}\n';
    let failure: unknown;
    try {
      parseConfig(broken, 'services/shop/perf-gate.yml');
    } catch (error) {
      failure = error;
    }
    const shown = annotationsOfFailure(failure, inRoot, new Secrets());
    expect(shown.map(({ file, line }) => `${file}:${line}`)).toContain('services/shop/perf-gate.yml:2');
    expect(shown.every(({ level, title }) => level === 'error' && title === 'perf-gate: no verdict')).toBe(true);
  });

  test('shows what went wrong and what to do', () => {
    const failure = new MeasurementError('the service did not start', { hint: 'see https://ann:secret@logs.test' });
    expect(annotationsOfFailure(failure, inRoot, new Secrets())).toEqual([
      {
        level: 'error',
        title: 'perf-gate: no verdict',
        message: 'the service did not start\nsee https://***@logs.test',
      },
    ]);
    expect(annotationsOfFailure(new TypeError('secret insides'), inRoot, new Secrets())[0]!.message).not.toContain(
      'insides',
    );
  });
});

describe('several reports', () => {
  const many = Array.from({ length: 20 }, (_, i) => cause(`main.f${i}`, { effects: [effect('objects', 10, 5)] }));
  const checkout = { ...fail, scenario: 'checkout', causes: many };
  const search = { ...checkout, scenario: 'search' };

  test('say which of them each is about, and share the room: the worst first', () => {
    const all = annotationsOfAll(
      [{ ...pass, scenario: 'browse' }, { ...inconclusive, scenario: 'open' }, checkout],
      inRoot,
    );
    expect(all.map(({ title }) => title)).toEqual([
      'perf-gate checkout: fail',
      'perf-gate checkout: main.f0',
      'perf-gate checkout: main.f1',
      'perf-gate open: inconclusive',
    ]);
    expect(all[0]!.message).toMatch(/^orders · checkout: head 3f2a91c /);
    expect(annotationsOfAll([checkout, search], inRoot)).toHaveLength(10);
    expect(annotationsOfAll([fail], inRoot)).toEqual(annotationsOf(fail, inRoot));
  });

  test('each have the one of their verdict, however many there are', () => {
    const scenarios = Array.from({ length: 12 }, (_, i) => ({ ...checkout, scenario: `s${i}` }));
    expect(annotationsOfAll(scenarios, inRoot)).toHaveLength(12);
  });
});

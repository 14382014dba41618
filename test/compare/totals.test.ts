/** The noise of totals, where the load was sent by a tool that gives the service no rest between requests. */
import { describe, expect, test } from '@jest/globals';
import { compareSides } from '../../src/compare/compare.ts';
import { totalsOf } from '../../src/compare/totals.ts';
import type { IoReplicate, Manifest } from '../../src/measure/manifest.ts';
import type { MeasuredSide } from '../../src/measure/measured-side.ts';
import { changedIn, limits, side } from './sides.ts';

const REST = 'main.serve;main.list:20 9000';
const hash = (cost: number) => `main.serve;main.hash:37 ${cost}`;

/** Both replicates say the same, on each side. */
const base = side('base', { instructions: [REST, hash(1000)], objects: ['main.serve 1000'] });
const head = side('head', { instructions: [REST, hash(1080)], objects: ['main.serve 1000'] });

const byTool = (one: MeasuredSide): MeasuredSide => ({
  ...one,
  manifest: { ...one.manifest, fingerprint: { ...one.manifest.fingerprint, 'load tool': 'hey' } },
});

const noiseOf = (before: Manifest, after: Manifest) =>
  Object.fromEntries(
    totalsOf(before, after).map(({ name, uncertainty }) => [name, 'noise' in uncertainty && uncertainty.noise]),
  );

const judged = (before: MeasuredSide, after: MeasuredSide, total: string) => {
  const { totals } = compareSides({
    base: before,
    head: after,
    changes: changedIn('main.hash'),
    limits: limits(`instructions: { total: ${total}, function: off }`),
    today: '2026-11-21',
  });
  return totals[0]!.status;
};

test('equal replicates of the built-in load leave no noise', () => {
  expect(noiseOf(base.manifest, head.manifest)).toEqual({ instructions: 0, collection: 0, objects: 0, bytes: 0 });
});

describe('a load tool', () => {
  test('has at least what is known of such tools, however equal its replicates are', () => {
    const noise = { instructions: 0.005, collection: 0, objects: 0.001, bytes: 0.002 };
    expect(noiseOf(byTool(base).manifest, byTool(head).manifest)).toEqual(noise);
    expect(noiseOf(byTool(base).manifest, head.manifest)).toEqual(noise);
  });

  test('has its own where that is more', () => {
    const restless = side('base', { instructions: [REST, hash(1000)], again: [REST, hash(1300)] });
    expect(noiseOf(byTool(restless).manifest, byTool(head).manifest)['instructions']).toBeCloseTo(300 / 10_150, 9);
  });

  test('is not red for a rise that may be chance; the built-in load is', () => {
    // +0.8 %: over the limit by more than 0.5 %, and less than twice the noise.
    expect(judged(base, head, '+0.2%')).toBe('over');
    expect(judged(byTool(base), byTool(head), '+0.2%')).toBe('close');
    const dearer = side('head', { instructions: [REST, hash(1300)] });
    expect(judged(byTool(base), byTool(dearer), '+2%')).toBe('over');
  });

  test('says little of how often the service reads and writes', () => {
    const io = (calls: number): IoReplicate => ({ readCalls: calls, writeCalls: 1, readBytes: 500, writeBytes: 500 });
    const measured = (one: MeasuredSide, calls: number): Manifest => ({
      ...one.manifest,
      instruments: { io: { requests: 10, replicates: [io(calls), io(calls)] } },
    });
    const noise = noiseOf(measured(byTool(base), 2), measured(byTool(head), 2.1));
    expect(noise).toEqual({ 'io-calls': 0.1, 'io-bytes': 0.002 });
    expect(noiseOf(measured(byTool(base), 0), measured(byTool(head), 0))['io-calls']).toBe(0.1);
  });
});

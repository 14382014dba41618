/** The run directory on disk: put in its place as a whole, and never over what somebody else wrote. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openRunDirectory } from '../../src/run/run-directory.ts';
import { fail, pass } from '../report/reports.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

let parent: string;
beforeEach(() => {
  parent = scratchDirectory();
});
afterEach(() => removeDirectory(parent));

const path = (...parts: string[]) => join(parent, 'perf-gate-out', ...parts);
async function open(scenarios: readonly (string | undefined)[] = [undefined]) {
  const directory = await openRunDirectory(path(), testWorld(parent));
  await directory.makeRoom(scenarios);
  return directory;
}

/** What a run leaves that measured these scenarios. */
async function ran(...scenarios: readonly (string | undefined)[]): Promise<void> {
  const inPlace = () => (existsSync(path()) ? readdirSync(path(), { recursive: true }).sort() : []);
  const before = inPlace();
  await using output = await open(scenarios);
  for (const scenario of scenarios) {
    const own = output.of(scenario);
    writeFileSync(join(own.side('base'), 'manifest.json'), '{}');
    await own.writeReport({ ...(scenario === 'checkout' ? fail : pass), scenario, directory: own.shown });
  }
  expect(inPlace()).toEqual(before);
  await output.finish();
}

const files = ['base', 'head', 'junit.xml', 'report.json', 'report.md', 'report.txt'];

describe('a run of several scenarios', () => {
  test('leaves a run directory for each, all at once', async () => {
    await ran('browse', 'checkout');
    expect(readdirSync(parent)).toEqual(['perf-gate-out']);
    expect(readdirSync(path()).sort()).toEqual(['browse', 'checkout']);
    expect(readdirSync(path('checkout')).sort()).toEqual(files);
    expect(existsSync(path('browse', 'base', 'manifest.json'))).toBe(true);
    expect(readFileSync(path('browse', 'report.txt'), 'utf8')).toContain('Profiles: perf-gate-out/browse/');
  });

  test('leaves nothing when it ends before', async () => {
    {
      await using output = await open(['browse', 'checkout']);
      await output.of('browse').writeReport(pass);
      expect(readdirSync(join(parent, 'perf-gate-out.unfinished')).sort()).toEqual(['browse', 'checkout', 'process']);
    }
    expect(readdirSync(parent)).toEqual([]);
  });

  test('takes the place of any earlier run, and one without names of its', async () => {
    await ran('browse', 'checkout');
    await ran('checkout', 'search');
    expect(readdirSync(path()).sort()).toEqual(['checkout', 'search']);
    await ran(undefined);
    expect(readdirSync(path()).sort()).toEqual(files);
    await ran('browse');
    expect(readdirSync(path())).toEqual(['browse']);
  });
});

describe('what somebody else wrote stays where it is', () => {
  test.each<[string, () => void, string]>([
    ['a file beside the scenarios', () => writeFileSync(path('notes.txt'), ''), 'notes.txt'],
    ['a directory beside them', () => mkdirSync(path('profiles')), 'profiles'],
    ['a file in one of them', () => writeFileSync(path('checkout', 'notes.txt'), ''), 'checkout/notes.txt'],
    ['a report of another program', () => writeFileSync(path('browse', 'report.json'), '{}'), 'browse/report.json'],
  ])('%s', async (_, write, foreign) => {
    await ran('browse', 'checkout');
    write();
    const before = readdirSync(parent, { recursive: true }).sort();
    await expect(open(['browse'])).rejects.toThrow(
      `${path()} holds something that perf-gate did not write: ${foreign}`,
    );
    expect(readdirSync(parent, { recursive: true }).sort()).toEqual(before);
  });
});

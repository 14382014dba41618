/** What runs left that were killed, and what is somebody's. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ownerLine } from '../../src/process/owner.ts';
import { temporaryDirectory } from '../../src/run/temporary-directory.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

const parent = scratchDirectory();
afterAll(() => removeDirectory(parent));

function leave(name: string, owner?: string): void {
  mkdirSync(join(parent, name, 'base/src'), { recursive: true });
  if (owner !== undefined) writeFileSync(join(parent, name, 'process'), `${owner}\n`);
}

test('the next run removes what was left by those that are dead, and nothing else', async () => {
  const { pid } = spawnSync('true');
  leave('perf-gate-killed', ownerLine(pid));
  leave('perf-gate-index-killed', ownerLine(pid));
  leave('perf-gate-reused', ownerLine().replace(/ \d+/, ' 1'));
  leave('perf-gate-booted', ownerLine().replace(/\S+$/, 'another-boot'));
  leave('perf-gate-worker', ownerLine());
  leave('perf-gate-docker', ownerLine().replace(/ pid:\S+/, ' pid:[1]'));
  leave('perf-gate-nobody');
  leave('perf-gate-of-a-person', ownerLine(pid));
  leave('elsewhere', ownerLine(pid));
  symlinkSync('elsewhere', join(parent, 'perf-gate-linked'));
  const kept = ['docker', 'linked', 'nobody', 'of-a-person', 'worker'].map((name) => `perf-gate-${name}`);
  {
    await using mine = await temporaryDirectory(testWorld(parent, { temporaryDirectory: parent }));
    expect(readdirSync(parent).sort()).toEqual(['elsewhere', ...kept, mine.path.slice(parent.length + 1)].sort());
    await using another = await temporaryDirectory(testWorld(parent, { temporaryDirectory: parent }));
    expect(existsSync(mine.path)).toBe(true);
    expect(another.path).not.toBe(mine.path);
  }
  expect(readdirSync(parent).sort()).toEqual(['elsewhere', ...kept]);
});

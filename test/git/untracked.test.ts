import { afterAll, expect, test } from '@jest/globals';
import { untrackedDirectories } from '../../src/git/untracked.ts';
import { commit, newRepository, open, removeTemporaryDirectories, write } from './fixture.ts';

afterAll(removeTemporaryDirectories);

test('untracked directories are found by name, wherever one looks from, but not tracked or ignored ones', async () => {
  const root = newRepository();
  commit(root, { 'kept/out/a': '1', '.gitignore': '/ignored/\n' });
  write(root, {
    'out/x/out/y': '1',
    'services/two/out/r': '1',
    'services/two/output/r': '1',
    'ignored/out/r': '1',
    'new out': '1',
  });
  for (const place of [root, `${root}/services`]) {
    const found = await untrackedDirectories(await open(place), ['out']);
    expect(found.sort()).toEqual(['out', 'services/two/out']);
  }
});

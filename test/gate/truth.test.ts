import { join } from 'node:path';
import { afterAll, describe, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { play } from './play.ts';
import { stories } from './stories.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

describe('red is true, green was measured', () => {
  test.each(stories.map((story, i) => [story.name, story, i] as const))('%s', async (_, story, i) => {
    await story.holds(await play(story, join(scratch, `story-${i}`)));
  });
});

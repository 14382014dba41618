import { join } from 'node:path';
import { afterAll, describe, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { play } from './play.ts';
import { stories } from './stories.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

/** Four shares of a machine may make a run as slow as this. */
const TIMEOUT_MS = 240_000;

describe('red is true, green was measured', () => {
  test.each(stories.map((story, i) => [story.name, story, i] as const))(
    '%s',
    async (_, story, i) => {
      await story.holds(await play(story, join(scratch, `story-${i}`)));
    },
    TIMEOUT_MS,
  );
});

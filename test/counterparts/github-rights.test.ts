/** What the code of a pull request sees of its step, on the Node with which GitHub starts actions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { bundleAction, runStep } from '../action/runner.ts';
import { CONFIG, newShop } from '../action/shop.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { node24 } from './github-tools.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

test('no right of the step is in the environment of its process, and no debugger can be opened in it', async () => {
  const shop = newShop(scratch);
  const witness = join(scratch, 'environment');
  const look = `tr '\\\\0' '\\\\n' </proc/$PPID/environ >${witness}; kill -USR1 $PPID; sleep 0.5; exit 3`;
  const { merge, event } = shop.pullRequest({
    'perf-gate.yml': CONFIG.replace('  args:', `  setup: ["${look}"]\n  args:`),
  });
  const { code, log, outputs, masks, temporaryFiles } = await runStep({
    action: bundleAction(join(scratch, 'action')),
    workspace: shop.checkout(merge, 'workspace'),
    node: join(node24(), 'node'),
    token: 'token-of-the-job',
    event,
    inputs: { comment: 'false' },
    env: { GITHUB_SHA: merge },
  });
  expect({ code, verdict: outputs['verdict'], masks }).toEqual({
    code: 3,
    verdict: 'invalid',
    masks: ['token-of-the-job'],
  });
  const environment = readFileSync(witness, 'utf8');
  expect(environment).toContain(`GITHUB_SHA=${merge}`);
  expect(environment).not.toMatch(/token-of-the-job|^(INPUT_|ACTIONS_|GITHUB_OUTPUT)/m);
  expect(log).not.toContain('Debugger listening');
  expect(temporaryFiles).toEqual([]);
});

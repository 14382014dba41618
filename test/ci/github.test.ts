/** What a job of GitHub Actions is about, from its environment and its event. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../src/base/errors.ts';
import { github } from '../../src/ci/github.ts';
import { EVENTS, environment, HEAD, MERGE, OLDER } from './events.ts';

const read = (event: keyof typeof EVENTS, changes: Readonly<Record<string, string>> = {}) => {
  const { name, payload } = EVENTS[event];
  return github.read(environment({ GITHUB_EVENT_NAME: name, ...changes }), JSON.stringify(payload));
};

const repository = { apiUrl: 'https://api.github.com', owner: 'acme', repo: 'shop' };
const toMain = { kind: 'merge-base', branch: 'main' };
const commitBefore = { kind: 'parent', reason: 'the commit before it' };
const onMain = { GITHUB_REF: 'refs/heads/main' };

describe('what is compared', () => {
  test('a pull request: with what it is merged onto, or from where its own head left the branch', () => {
    const { heads, bases } = read('pullRequest');
    expect(heads).toEqual([MERGE, HEAD]);
    const reason = 'what pull request #7 is merged onto';
    expect(bases).toEqual([
      { kind: 'merged-onto', head: HEAD, reason },
      { kind: 'merge-base', branch: 'release/2' },
    ]);
  });

  test('a push to the main branch: with what was there before', () => {
    expect(read('push', onMain).bases).toEqual([
      { kind: 'commit', commit: OLDER, reason: 'main before this push' },
      commitBefore,
    ]);
    expect(read('firstPush', onMain).bases).toEqual([commitBefore]);
  });

  test('a push to another branch: from where it left the main branch; a tag: with the commit before it', () => {
    expect(read('push', { GITHUB_REF: 'refs/heads/faster' }).bases).toEqual([toMain]);
    expect(read('push', { GITHUB_REF: 'refs/tags/main' }).bases).toEqual([commitBefore]);
  });

  test('a merge group: with what it is merged onto', () => {
    expect(read('mergeGroup').bases).toEqual([
      { kind: 'commit', commit: OLDER, reason: 'what the merge group is merged onto' },
    ]);
  });

  test('by the clock or by hand: on the main branch with the commit before, elsewhere from where it left it', () => {
    expect(read('schedule', onMain).bases).toEqual([commitBefore]);
    expect(read('dispatch', { GITHUB_REF: 'refs/heads/faster' }).bases).toEqual([toMain]);
    // An event that does not tell the main branch: as on a laptop.
    expect(read('unknown').bases).toEqual([]);
  });

  test('nothing where the code of a fork would have the rights of the repository', () => {
    expect(read('pullRequestTarget').refusal?.reason).toContain('pull_request_target');
    expect(read('workflowRun').refusal?.reason).toContain('workflow_run');
    expect(read('workflowRunOfPush').refusal).toBeUndefined();
    expect(read('pullRequest').refusal).toBeUndefined();
  });
});

test('whose code may run: that of the author on a pull request, elsewhere that of the repository', () => {
  for (const event of ['pullRequest', 'review'] as const) expect(read(event).own).toBeUndefined();
  const own = { commits: [MERGE], repositoryUrl: 'https://github.com/acme/shop' };
  for (const event of ['push', 'mergeGroup', 'schedule', 'dispatch', 'issueComment', 'repositoryDispatch'] as const) {
    expect(read(event).own).toEqual(own);
  }
  expect(read('workflowRunOfPush').own).toEqual({ ...own, commits: [MERGE, HEAD] });
});

test('a review of a pull request is about that pull request', () => {
  const { own, refusal, ...rest } = read('pullRequest');
  expect(read('review')).toMatchObject(rest);
});

describe('where it is shown', () => {
  test('on the pull request, on its page, and with the run', () => {
    const { pullRequest, runUrl, summaryFile } = read('pullRequest', { GITHUB_STEP_SUMMARY: '/tmp/summary' });
    expect(pullRequest).toEqual({ ...repository, number: 7, measured: HEAD });
    expect(runUrl).toBe('https://github.com/acme/shop/actions/runs/5');
    expect(summaryFile).toBe('/tmp/summary');
  });

  test('after the run of a fork: by what the event says of that run', () => {
    const { pullRequest, runUrl } = read('workflowRun');
    const head = { commit: HEAD, owner: 'mia', repository: 'mia/shop', branch: 'faster' };
    expect(pullRequest).toEqual({ ...repository, head });
    expect(runUrl).toBe('https://github.com/acme/shop/actions/runs/41');
  });

  test('nowhere after a run that was no pull request, or whose fork is gone', () => {
    expect(read('workflowRunOfPush').pullRequest).toBeUndefined();
    expect(read('workflowRunOfGoneFork').pullRequest).toBeUndefined();
    expect(read('push', onMain).pullRequest).toBeUndefined();
    expect(read('pullRequest', { GITHUB_REPOSITORY: '' }).pullRequest).toBeUndefined();
  });

  test('on an Enterprise server at its own addresses', () => {
    const server = { GITHUB_SERVER_URL: 'https://ghe.test', GITHUB_API_URL: 'https://ghe.test/api/v3' };
    const { pullRequest, runUrl } = read('pullRequest', server);
    expect(pullRequest).toEqual({ ...repository, apiUrl: 'https://ghe.test/api/v3', number: 7, measured: HEAD });
    expect(runUrl).toBe('https://ghe.test/acme/shop/actions/runs/5');
  });
});

describe('an event that GitHub would not have written', () => {
  const broken =
    (payload: unknown, name = 'pull_request') =>
    () =>
      github.read(
        environment({ GITHUB_EVENT_NAME: name }),
        typeof payload === 'string' ? payload : JSON.stringify(payload),
      );

  test.each([
    ['is no JSON', '{', 'is no JSON'],
    ['has no pull request', {}, "must have required property 'pull_request'"],
    [
      'has a branch that would be an option or another refspec',
      { pull_request: { number: 7, head: { sha: HEAD }, base: { ref: '--upload-pack=x' } } },
      '/pull_request/base/ref',
    ],
    [
      'has a commit that is a name',
      { pull_request: { number: 7, head: { sha: 'main' }, base: { ref: 'main' } } },
      '/pull_request/head/sha',
    ],
  ])('%s', (_, payload, words) => {
    expect(broken(payload)).toThrow(words);
    expect(broken(payload)).toThrow(UserError);
  });

  test('never ends in anything but words for a person', () => {
    const names = ['pull_request', 'push', 'merge_group', 'workflow_run', 'schedule', '', 'toString'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, payload) => {
        try {
          broken(payload, name)();
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

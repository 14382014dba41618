/**
 * What the GitHub Action adds to a gate: node bench/run.mjs action [times]
 *
 * Runs the bundled action on a pull request that costs more, against a GitHub on this machine that answers at once, and
 * prints how long it takes from the start of the process to the first build and from the verdict to its end, each median
 * with the goal and the ratio to the whole step. Needs dist/ to be current.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStep } from '../test/action/runner.ts';
import { newShop, openedAt, SLOWER } from '../test/action/shop.ts';
import { fakeGitHub, TOKENS } from '../test/publish/fake-github.ts';

const TIMES = Number(process.argv[2] ?? 5);
const GOAL_MS = { before: 1000, after: 2000 };

const scratch = mkdtempSync(join(tmpdir(), 'perf-gate-bench-action-'));
try {
  const shop = newShop(scratch);
  const runs: { before: number; after: number; whole: number }[] = [];
  for (let run = 0; run < TIMES; run++) runs.push(await timed(shop, `workspace-${run}`));
  const median = (of: (run: (typeof runs)[number]) => number) =>
    runs.map(of).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)]!;
  const whole = median((run) => run.whole);
  const tell = (what: string, ms: number, goal: number) =>
    console.log(
      `${what.padEnd(30)} ${ms.toFixed(0).padStart(5)} ms, goal ${goal}   ${(ms / whole).toFixed(3)} of the step`,
    );
  tell(
    'before the first build',
    median((run) => run.before),
    GOAL_MS.before,
  );
  tell(
    'after the verdict',
    median((run) => run.after),
    GOAL_MS.after,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function timed(shop: ReturnType<typeof newShop>, name: string) {
  await using github = await fakeGitHub();
  const { head, merge, event } = shop.pullRequest(SLOWER);
  github.pulls.push(openedAt(head));
  const workspace = shop.checkout(merge, name);
  const seen = { building: 0, verdict: 0 };
  const started = performance.now();
  const { code, log } = await runStep({
    action: process.cwd(),
    workspace,
    event,
    token: TOKENS.job,
    env: { GITHUB_SHA: merge, GITHUB_REF: 'refs/pull/7/merge', GITHUB_API_URL: github.apiUrl },
    onLog: (text) => {
      if (text.includes('building both sides')) seen.building ||= performance.now();
      if (text.includes('perf-gate  FAIL')) seen.verdict ||= performance.now();
    },
  });
  const ended = performance.now();
  const isDone = code === 1 && seen.building > 0 && seen.verdict > 0 && github.comments.length === 1;
  if (!isDone) throw new Error(log);
  return { before: seen.building - started, after: ended - seen.verdict, whole: ended - started };
}

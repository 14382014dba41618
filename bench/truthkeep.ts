/**
 * Is red true, and was green measured? The stories of test/gate, each repeated, and how often the gate told the truth of
 * them, with the figures of each run.
 *
 *   node bench/run.mjs truth [part of a story's name] [times]
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { markdownTable } from 'markdown-table';
import { play, type Run } from '../test/gate/play.ts';
import { stories, userInstructions } from '../test/gate/stories.ts';

const [, , part = '', times = '3'] = process.argv;
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-truth-')));
const outcomes: string[][] = [];
let failures = 0;
for (const story of stories.filter(({ name }) => name.includes(part))) {
  let held = 0;
  for (let i = 1; i <= Number(times); i++) {
    const directory = join(scratch, `${stories.indexOf(story)}-${i}`);
    const startedMs = performance.now();
    try {
      const run = await play(story, directory, resolve('examples/orders'));
      console.log(`${story.name} (${i}): ${figuresOf(run)}, ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
      await story.holds(run);
      held++;

    } catch (error) {
      failures++;
      console.log(`${story.name} (${i}): ${(error as Error).message}\n  kept in ${directory}`);
    }
  }
  outcomes.push([story.name, `${held} of ${times}`]);
}
console.log(markdownTable([['story', 'told truly'], ...outcomes]));

process.exitCode = failures === 0 ? 0 : 1;

function figuresOf({ report, output }: Run): string {
  if (report.isSameCode) return `${report.verdict}, same code`;
  const share = (ratio: number | undefined) => `${(100 * (ratio ?? 0)).toFixed(3)} %`;
  const totals = report.totals.map(({ name, change }) => `${name} ${share(change)}`);
  if (report.totals.some(({ name }) => name === 'instructions'))
    totals.push(
      `user code ${share(userInstructions(join(output, 'head')) / userInstructions(join(output, 'base')) - 1)}`,
    );
  const causes = report.causes.map(
    ({ function: name, line, effects }) =>
      `${name}:${line} ${effects.map(({ metric, netRise, relative }) => `${metric} +${netRise.toFixed(2)} (${share(relative)})`).join(' ')}`,
  );
  const moved = report.moved.map(({ function: name, rise }) => `${name} +${rise.toFixed(1)}`);
  return `${report.verdict}; ${totals.join(', ')}; causes [${causes.join('; ')}]; moved [${moved.join('; ')}]`;
}

/**
 * What a run tells of itself while it works: steps, facts, and with --verbose the commands behind them. It goes to the
 * error stream, so that the standard output holds the result alone.
 */
import { wantsColor } from '../base/color.ts';
import { oneLine } from '../base/text.ts';
import type { World } from '../base/world.ts';
import { liveList } from './live.ts';
import { plainLines } from './plain.ts';
import type { Display, Stage, Step } from './step.ts';

export interface Progress {
  /** Tells a fact, once. */
  (fact: string): void;
  /** What `act` returns; the step is shown from its beginning to its end. `update` says how far it is. */
  step<Result>(name: StepName, act: (update: (stage: Stage) => void) => Promise<Result>): Promise<Result>;
  /** A command that is run, a decision and its reason: for --verbose. */
  detail(text: string): void;
}

/** Words, and the side where each side has such a step. */
export type StepName = string | { readonly side: string; readonly name: string };

export interface ProgressOptions {
  readonly isQuiet?: boolean;
  readonly isVerbose?: boolean;
}

/** A list that is alive on a terminal, plain lines elsewhere, and nothing where the person wants it quiet. */
export function openProgress(world: World, { isQuiet = false, isVerbose = false }: ProgressOptions = {}): Progress {
  const display = isQuiet ? NOTHING : displayFor(world);
  const clean = (text: string) => oneLine(world.secrets.clean(text));
  let lastFailureMs = Number.NEGATIVE_INFINITY;
  return Object.assign((fact: string) => display.tell(clean(fact)), {
    detail: (text: string) => {
      if (isVerbose) display.tell(clean(text), { isDetail: true });
    },
    step: async <Result>(given: StepName, act: (update: (stage: Stage) => void) => Promise<Result>) => {
      const { side, name } = typeof given === 'string' ? { side: undefined, name: given } : given;
      const step: Step = { side, name: clean(name), startedMs: world.monotonicMs(), state: 'running' };
      display.show(step);
      try {
        const result = await act((stage) => {
          step.stage = typeof stage === 'string' ? clean(stage) : stage;
          display.show(step);
        });
        step.state = 'done';
        return result;
      } catch (error) {
        // What fails takes down all that is at work beside it.
        const isTakenDown = world.signal.aborted || lastFailureMs >= step.startedMs;
        step.state = isTakenDown ? 'stopped' : 'failed';
        if (!isTakenDown) lastFailureMs = world.monotonicMs();
        throw error;
      } finally {
        step.endedMs = world.monotonicMs();
        display.show(step);
      }
    },
  });
}

const NOTHING: Display = { tell: () => undefined, show: () => undefined };

/** A CI system's log is no terminal, even where it pretends to be one. */
function displayFor(world: World): Display {
  const { stderr, env } = world;
  const clock = () => world.monotonicMs();
  const isCi = !['', 'false', undefined].includes(env['CI']);
  const isLive = stderr.isTerminal && env['TERM'] !== 'dumb' && !isCi;
  return isLive ? liveList(stderr, clock, wantsColor(world, stderr)) : plainLines(stderr, clock);
}

/** Progress for logs and pipes: a line for each step and fact, with the time since the start. */
import type { Output } from '../base/world.ts';
import { type Display, nameOf, type Step, stageOf } from './step.ts';

/** How far a step is, is told no more often. */
const STAGES_APART_MS = 10_000;

export function plainLines(output: Output, monotonicMs: () => number): Display {
  const startedMs = monotonicMs();
  const toldMs = new WeakMap<Readonly<Step>, number>();
  const tell = (line: string) => {
    const seconds = ((monotonicMs() - startedMs) / 1000).toFixed(1).padStart(6);
    output.write(`${seconds} s  ${line}\n`);
  };
  return {
    tell,
    show: (step) => {
      const now = monotonicMs();
      const isSoon = now - (toldMs.get(step) ?? Number.NEGATIVE_INFINITY) < STAGES_APART_MS;
      if (step.state !== 'running' || isSoon) return;
      toldMs.set(step, now);
      tell(`${nameOf(step)}${stageOf(step)}`);
    },
  };
}

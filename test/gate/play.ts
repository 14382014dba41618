/** Plays a story: makes its repository, runs the gate on it once, and keeps what it found. */
import { join } from 'node:path';
import type { Report } from '../../src/compare/report.ts';
import { parseReport } from '../../src/report/json.ts';
import { ordersRepository, type Repository } from '../support/repository.ts';
import { perfGate } from '../support/world.ts';

export interface Story {
  readonly name: string;
  /** perf-gate.yml on both sides. */
  readonly config: string;
  /** What the base has beyond the example. */
  readonly base?: (repository: Repository) => void;
  /** What the commit does that is judged. */
  readonly head: (repository: Repository) => void;
  /** Throws where the run did not say the truth. */
  readonly holds: (run: Run) => void | Promise<void>;
}

export interface Run {
  readonly code: number;
  readonly report: Report;
  readonly repository: Repository;
  /** The run directory. */
  readonly output: string;
  /** The verdict on the same figures under other limits. */
  judgedAgain(config: string): Promise<{ code: number; report: Report }>;
}

export async function play(story: Story, directory: string, example?: string): Promise<Run> {
  const repository = ordersRepository(directory, example);
  repository.write('perf-gate.yml', story.config);
  story.base?.(repository);
  const base = repository.commit('the base of the story');
  story.head(repository);
  repository.commit('the head of the story');
  const { code, report } = await asked(directory, ['run', '--base', base, '--head', 'HEAD']);
  const output = join(directory, 'perf-gate-out');
  const judgedAgain = (config: string) => {
    repository.write('again.yml', config);
    return asked(directory, ['compare', join(output, 'base'), join(output, 'head'), '--config', 'again.yml']);
  };
  return { code, report, repository, output, judgedAgain };
}

async function asked(directory: string, args: readonly string[]) {
  const { code, out, err } = await perfGate(directory, [...args, '--format', 'json']);
  if (out === '') throw new Error(`perf-gate ${args.join(' ')} ended with ${code}:\n${err}`);
  return { code, report: parseReport(out) };
}

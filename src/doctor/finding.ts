/** What the doctor says of one thing that it looked at: a line, and below it what to do where that is needed. Pure. */
import { EXIT, type ExitCode, UserError } from '../base/errors.ts';
import { machineFault } from '../base/machine-fault.ts';
import type { World } from '../base/world.ts';
import { cleanProse } from '../report/clean.ts';

/** `warning`: a run works, though less well. `error`: a run cannot work. `untried`: nobody knows, and the text says why. */
export type Level = 'ok' | 'warning' | 'error' | 'untried';

export interface Finding {
  /** Of what was looked at, one or two words. */
  readonly name: string;
  readonly level: Level;
  /** One line. */
  readonly text: string;
  /** What to do, exactly; every warning and every error has one. */
  readonly remedy?: string;
  /** What others say of it, in lines. */
  readonly detail?: string;
  /** Of an error: whether the person's own files and flags are wrong, or what is here does not do. */
  readonly fault?: 'use' | 'here';
}

/** Findings that belong together. */
export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export const ok = (name: string, text: string): Finding => ({ name, level: 'ok', text });

export const untried = (name: string, text: string): Finding => ({ name, level: 'untried', text });

export const warning = (name: string, text: string, remedy: string): Finding => ({
  name,
  level: 'warning',
  text,
  remedy,
});

/** Where the error brings no hint of its own. */
const LAST_RESORT = 'put that right, then try again: perf-gate doctor';

/** An error as a run would tell it; the fault is what its exit code says, unless it is known better. */
export function failed(name: string, error: UserError, fault?: Finding['fault']): Finding {
  const at = error.at === undefined ? '' : `${error.at}: `;
  return {
    name,
    level: 'error',
    text: cleanProse(`${at}${error.message}`),
    remedy: cleanProse(error.hint ?? LAST_RESORT),
    ...(error.detail ? { detail: error.detail } : {}),
    fault: fault ?? (error.exitCode === EXIT.usage ? 'use' : 'here'),
  };
}

/** The error as one that a person can repair; thrown as it is where it is none, or where we are asked to stop. */
export function repairable(error: unknown, { signal, temporaryDirectory }: Halt): UserError {
  signal.throwIfAborted();
  const known = error instanceof UserError ? error : machineFault(error, temporaryDirectory);
  if (known === undefined) throw error;
  return known;
}

/** What `repairable` needs of the World. */
export type Halt = Pick<World, 'signal' | 'temporaryDirectory'>;

/** What `look` finds, or why it could not. */
export async function looked(name: string, halt: Halt, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return failed(name, repairable(error, halt));
  }
}

/** 0 where a run can work, 2 where files or flags must be put right first, 3 where it cannot work here. */
export function exitCodeOf(sections: readonly Section[]): ExitCode {
  const errors = errorsIn(sections);
  if (errors.length === 0) return EXIT.pass;
  return errors.some(({ fault }) => fault === 'use') ? EXIT.usage : EXIT.invalid;
}

export const errorsIn = (sections: readonly Section[]) =>
  sections.flatMap(({ findings }) => findings.filter(({ level }) => level === 'error'));

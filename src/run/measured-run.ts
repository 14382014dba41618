/** What lies in a directory that a person names: a run directory with both of its sides, or one measured side. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MeasurementError, UserError } from '../base/errors.ts';
import { listed, plainText } from '../base/text.ts';
import { type ChangedCode, changedCode, parseChangeRecord } from '../compare/changed-code.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { MANIFEST, readBounded, readSide } from '../measure/side-directory.ts';
import { parseRulesRecord, RULES, type RulesRecord } from './rules-record.ts';

export interface MeasuredRun {
  /** One of them at least. */
  readonly base: MeasuredSide | undefined;
  readonly head: MeasuredSide | undefined;
  /** What the commit changed; undefined where nobody has written it down. */
  readonly changes: ChangedCode | undefined;
  /** What judged the run besides the head's config; undefined where nothing did. */
  readonly rules: RulesRecord | undefined;
}

const CHANGES = 'changes.json';
const LARGEST_CHANGES_BYTES = 50_000_000;
const LARGEST_RULES_BYTES = 5_000_000;

/** Throws a UserError for a directory that is neither, a MeasurementError for one that is damaged. */
export function readRun(directory: string): MeasuredRun {
  const holds = (...path: string[]) => existsSync(join(directory, ...path));
  if (holds(MANIFEST)) {
    const side = readSide(directory);
    return { base: undefined, head: undefined, changes: undefined, rules: undefined, [side.manifest.side]: side };
  }
  const [base, head] = ['base', 'head'].map((side) => holds(side, MANIFEST));
  if (!base && !head) throw nothingMeasured(directory);
  if (base !== head) {
    throw new MeasurementError(
      `${directory} holds the ${base ? 'base' : 'head'} only: it is not a whole run directory`,
      {
        hint: `name the side itself, ${join(directory, base ? 'base' : 'head')}, or measure again`,
      },
    );
  }
  return readPair(join(directory, 'base'), join(directory, 'head'));
}

export interface MeasuredPair {
  readonly base: MeasuredSide;
  readonly head: MeasuredSide;
  /** What the commit changed, where both sides are of one run that has written it down. */
  readonly changes: ChangedCode | undefined;
  /** Likewise what judged the run besides the head's config. */
  readonly rules: RulesRecord | undefined;
}

/** Two sides that somebody wants compared; throws a UserError for two that say nothing of each other. */
export function readPair(baseDirectory: string, headDirectory: string): MeasuredPair {
  const [base, head] = [readSide(baseDirectory), readSide(headDirectory)];
  if (realpathSync(baseDirectory) === realpathSync(headDirectory)) {
    throw new UserError(`BASE and HEAD are the same directory: ${baseDirectory}`, { hint: TWO_SIDES });
  }
  for (const [what, name] of [
    ['service', (side: MeasuredSide) => side.manifest.service],
    ['scenario', (side: MeasuredSide) => side.manifest.scenario ?? 'none'],
  ] as const) {
    if (name(base) === name(head)) continue;
    const names = `BASE is of ${plainText(name(base))}, HEAD of ${plainText(name(head))}`;
    throw new UserError(`the sides are of different ${what}s: ${names}`, {
      hint: `only sides of the same ${what} can be compared`,
    });
  }
  const isOneRun = dirname(baseDirectory) === dirname(headDirectory);
  if (isOneRun && base.manifest.side === 'head' && head.manifest.side === 'base') {
    throw new UserError('the sides are swapped: BASE was measured as the head of this run, HEAD as its base', {
      hint: TWO_SIDES,
    });
  }
  const directory = isOneRun ? dirname(headDirectory) : undefined;
  const changes = directory === undefined ? undefined : readChanges(directory);
  const rules = directory === undefined ? undefined : readRules(directory);
  return { base, head, changes, rules };
}

const TWO_SIDES = 'the base comes first: perf-gate compare perf-gate-out/base perf-gate-out/head';

/** What the run noted down of its commit; undefined where it did not. */
function readChanges(directory: string): ChangedCode | undefined {
  const path = join(directory, CHANGES);
  if (!existsSync(path)) return undefined;
  const bytes = readBounded(path, LARGEST_CHANGES_BYTES, { why: 'it was there', hint: 'measure again' });
  return changedCode(parseChangeRecord(bytes.toString('utf8'), path));
}

function readRules(directory: string): RulesRecord | undefined {
  const path = join(directory, RULES);
  if (!existsSync(path)) return undefined;
  const bytes = readBounded(path, LARGEST_RULES_BYTES, { why: 'it was there', hint: 'measure again' });
  return parseRulesRecord(bytes.toString('utf8'), path);
}

function nothingMeasured(directory: string): UserError {
  if (!existsSync(directory)) {
    return new UserError(`there is no ${directory}`, { hint: 'perf-gate run makes it; name another directory' });
  }
  if (existsSync(join(directory, 'report.json')) && !holdsRuns(directory)) {
    return new UserError(`nothing was measured in the run of ${directory}`, {
      hint: `both sides may have been the same code: perf-gate report ${basename(directory)} tells what it found`,
    });
  }
  const [first, ...others] = runsIn(directory);
  if (first !== undefined) {
    const names = [first, ...others].map((name) => plainText(join(basename(directory), name)));
    return new UserError(`${directory} holds several run directories`, {
      hint: `name one of them: ${listed(names.slice(0, MOST_NAMES), 'or')}`,
    });
  }
  return new UserError(`${directory} is no run directory, and no measured side`, {
    hint: 'a run directory is what perf-gate run leaves: perf-gate-out; a side is perf-gate-out/base or perf-gate-out/head',
  });
}

const MOST_NAMES = 10;

const holdsRuns = (directory: string) => runsIn(directory).length > 0;

function runsIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => ['base', 'head'].some((side) => existsSync(join(directory, name, side, MANIFEST))))
      .sort();
  } catch {
    return []; // a file, or not ours to read: neither holds runs
  }
}

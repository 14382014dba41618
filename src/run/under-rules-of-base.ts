/** What a verdict is worth where the commit changes the config that it is judged by. Pure. */

import { listed } from '../base/text.ts';
import type { ConfigChange, Note, Report } from '../compare/report.ts';
import type { InstrumentName, OnConfigChange } from '../config/config.ts';
import type { Difference } from '../config/differences.ts';
import { few } from '../report/words.ts';

export interface OwnRules {
  /** `note` also where the job accepts the commit's own rules. */
  readonly mode: OnConfigChange;
  readonly differences: readonly Difference[];
  /** What the base's config measures and the head's does not. */
  readonly dropped: readonly InstrumentName[];
  /** Files that differ between the commits, and that were rewritten before the build of code that is the same. */
  readonly rewritten: readonly string[];
  /** Beside what follows from all this. */
  readonly notes: readonly Note[];
}

type Judged = Pick<Report, 'verdict' | 'isSameCode'> & Partial<Report>;

/** The report under the rules that count: a pass on a load or a build that the base does not have is none. */
export function underRulesOfBase<Given extends Judged>(report: Given, rules: OwnRules, scenario: string | undefined) {
  const { mode, dropped, rewritten } = rules;
  const differences = rules.differences.filter((one) => one.scenario === undefined || one.scenario === scenario);
  const forbidden = mode === 'fail' ? differences.filter(({ kind }) => kind !== 'tightened') : [];
  const reasons = [
    ...(forbidden.length === 0 ? measuredOtherwise(report, mode, differences) : [changesItsRules(forbidden)]),
    ...(mode === 'note' ? [] : notMeasured(report, dropped)),
    ...(report.isSameCode || rewritten.length === 0 ? [] : [builtFromOtherFiles(rewritten)]),
  ];
  const notes: Note[] = reasons.map((text) => ({ code: 'config-changed', text }));
  return {
    ...report,
    verdict: worse(report.verdict, forbidden.length > 0 ? 'fail' : reasons.length > 0 ? 'inconclusive' : 'pass'),
    notes: [...(report.notes ?? []), ...rules.notes, ...notes],
    configChanges: differences.map((one) => reported(one, mode)),
  };
}

/** A verdict that nobody could reach stays so. */
function worse(verdict: Report['verdict'], atLeast: 'fail' | 'inconclusive' | 'pass'): Report['verdict'] {
  if (verdict === 'invalid' || atLeast === 'pass') return verdict;
  return verdict === 'pass' ? atLeast : verdict === 'inconclusive' && atLeast === 'fail' ? 'fail' : verdict;
}

const REMEDY = 'merge the change of the config by itself first, or have the job accept it with --accept-config';

const keysOf = (differences: readonly Difference[]) => few(differences.map(({ key }) => key));

const changesItsRules = (differences: readonly Difference[]) =>
  `this commit changes what it is judged by (${keysOf(differences)}), and on-config-change is fail: ${REMEDY}`;

/** Where nothing was measured, nothing was loaded. */
function measuredOtherwise({ isSameCode }: Judged, mode: OnConfigChange, differences: readonly Difference[]): string[] {
  const open = differences.filter(({ about }) => about === 'build' || (about === 'load' && !isSameCode));
  if (mode === 'note' || open.length === 0) return [];
  return [
    `both sides were built and loaded as this commit says and not as the base does (${keysOf(open)}), so a pass would not be one by the base's rules: ${REMEDY}`,
  ];
}

function notMeasured({ missing = [] }: Judged, dropped: readonly InstrumentName[]): string[] {
  const names = dropped.filter((name) => missing.some(({ instrument }) => instrument === name));
  if (names.length === 0) return [];
  return [`this commit takes ${listed(names)} out of instruments, and the base's limits on it could not be judged`];
}

const builtFromOtherFiles = (paths: readonly string[]) =>
  `the machine code is the same because what is done before the build rewrote files that the commit changes: ${few(paths)}`;

function reported({ key, base, head, kind, at, about }: Difference, mode: OnConfigChange): ConfigChange {
  const ofRules = ({ loosened: 'base', tightened: 'head', changed: 'both' } as const)[kind];
  // What such a change does is for the base to say, always.
  if (key === 'on-config-change') return { key, base, head, kind, at, counts: 'base' };
  const ofBase = key === 'baseline.store' ? 'base' : ofRules;
  const counts = about === 'rule' && mode !== 'note' ? ofBase : 'head';
  return { key, base, head, kind, at, counts };
}

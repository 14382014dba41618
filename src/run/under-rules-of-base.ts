/** What a verdict is worth where the commit changes the config that it is judged by. Pure. */

import { listed } from '../base/text.ts';
import type { ConfigChange, Note, Report } from '../compare/report.ts';
import type { OnConfigChange } from '../config/config.ts';
import type { Difference } from '../config/differences.ts';
import type { InstrumentName } from '../model/metrics.ts';
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

/** What was sent was not the base's load, although the base has another. */
export interface OnOwnLoad {
  /** The start of a sentence; undefined: it was, or there is no other. */
  readonly whyNotBase?: string | undefined;
}

type Judged = Pick<Report, 'verdict' | 'isSameCode'> & Partial<Report> & OnOwnLoad;

/** The report under the rules that count: a pass on a load or a build that the base does not have is none. */
export function underRulesOfBase<Given extends Judged>(judged: Given, rules: OwnRules, scenario: string | undefined) {
  const { whyNotBase, ...report } = judged;
  const { mode, dropped, rewritten } = rules;
  const differences = rules.differences.filter((one) => one.scenario === undefined || one.scenario === scenario);
  const forbidden = mode === 'fail' ? differences.filter(({ kind }) => kind !== 'tightened') : [];
  const reasons = [
    ...(forbidden.length > 0
      ? [changesItsRules(forbidden)]
      : mode === 'note'
        ? []
        : [...againstOwnBase(differences), ...builtOtherwise(differences)]),
    ...(whyNotBase === undefined ? [] : [onOwnLoad(judged, whyNotBase, differences)]),
    ...(mode === 'note' ? [] : notMeasured(judged, dropped)),
    ...(report.isSameCode || rewritten.length === 0 ? [] : [builtFromOtherFiles(rewritten)]),
  ];
  const isOfBase = mode !== 'note' && whyNotBase === undefined;
  const notes: Note[] = [
    ...(isOfBase && !report.isSameCode && report.verdict !== 'invalid' ? onLoadOfBase(differences) : []),
    ...reasons.map((text) => ({ code: 'config-changed', text })),
  ];
  return {
    ...report,
    verdict: worse(report.verdict, forbidden.length > 0 ? 'fail' : reasons.length > 0 ? 'inconclusive' : 'pass'),
    notes: [...(report.notes ?? []), ...rules.notes, ...notes],
    configChanges: differences.map((one) => reported(one, mode, !isOfBase && isOnLoadOf(one, scenario))),
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

function againstOwnBase(differences: readonly Difference[]): string[] {
  return differences
    .filter(({ about }) => about === 'base')
    .map(
      ({ base, head }) =>
        `baseline.branch of this commit (${head}) chose what it was compared with, and by that of the default branch (${base}) it would be another commit, so a pass would not be one by the base's rules: name the branch with --branch, ${REMEDY}`,
    );
}

function builtOtherwise(differences: readonly Difference[]): string[] {
  const open = differences.filter(({ about }) => about === 'build');
  if (open.length === 0) return [];
  return [
    `both sides were built as this commit says and not as the base does (${keysOf(open)}), so a pass would not be one by the base's rules: ${REMEDY}`,
  ];
}

const ofLoad = (differences: readonly Difference[]) => differences.filter(({ about }) => about === 'load');

function onOwnLoad({ verdict, totals = [] }: Judged, why: string, differences: readonly Difference[]): string {
  const keys = keysOf(ofLoad(differences));
  const isNothing = verdict !== 'invalid' && totals.length === 0;
  const what = isNothing
    ? `nothing was measured (${keys})`
    : `both sides were sent this commit's own load (${keys}), and a pass on that would not be one by the base's rules`;
  return `${why}: ${what}; ${REMEDY}`;
}

/** Whoever reads the head's file would take the figures for those of its load. */
function onLoadOfBase(differences: readonly Difference[]): Note[] {
  const changes = ofLoad(differences);
  if (changes.length === 0) return [];
  const text = `both sides were sent the load of the base: what this commit changes of it (${keysOf(changes)}) is sent once it is merged, or now with --accept-config`;
  return [{ code: 'load-of-base', text }];
}

function notMeasured({ missing = [] }: Judged, dropped: readonly InstrumentName[]): string[] {
  const names = dropped.filter((name) => missing.some(({ instrument }) => instrument === name));
  if (names.length === 0) return [];
  return [`this commit takes ${listed(names)} out of instruments, and the base's limits on it could not be judged`];
}

const builtFromOtherFiles = (paths: readonly string[]) =>
  `the machine code is the same because what is done before the build rewrote files that the commit changes: ${few(paths)}`;

/** And not on one that is new beside it. */
const isOnLoadOf = ({ key }: Difference, scenario: string | undefined) =>
  key.startsWith(scenario === undefined ? 'load' : `scenarios.${scenario}`);

function reported(
  { key, base, head, kind, at, about }: Difference,
  mode: OnConfigChange,
  isOnHeadsLoad: boolean,
): ConfigChange {
  const ofRules = ({ loosened: 'base', tightened: 'head', changed: 'both' } as const)[kind];
  // What such a change does is for the base to say, always.
  if (key === 'on-config-change') return { key, base, head, kind, at, counts: 'base' };
  const ofBase = key === 'baseline.store' ? 'base' : ofRules;
  const rule = about === 'rule' ? ofBase : 'head';
  const counts = mode === 'note' ? 'head' : about === 'load' && !isOnHeadsLoad ? 'base' : rule;
  return { key, base, head, kind, at, counts };
}

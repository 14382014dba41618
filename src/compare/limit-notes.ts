/** What is odd about the limits of a config, once it is known which functions ran and how exactly they were counted. */

import { nearest } from '../base/nearest.ts';
import type { FunctionRule, Limit, LimitsConfig, Waiver } from '../config/config.ts';
import { gateKey, packageOf } from '../profile/names.ts';
import { finestLimit, type UnmatchedPattern, unmatchedPatterns } from './judge.ts';
import type { Note, TotalRow } from './report.ts';

export interface Judged {
  readonly limits: LimitsConfig;
  /** Of both sides. */
  readonly names: readonly string[];
  readonly rows: readonly TotalRow[];
  /** Whether a function of this key is in the source of either side, as far as anybody knows. */
  isDeclared(key: string): boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
}

export function notesOnLimits(judged: Judged): Note[] {
  const { limits, names, rows, today } = judged;
  return [
    ...unmatchedPatterns(limits, names).map((pattern) => notMatched(pattern, judged)),
    ...writtenForTime(limits),
    ...limits.functions.filter((rule) => rule.limits.cpu !== undefined).map(notJudged),
    ...rows.flatMap((row) => tooFine(row)),
    ...limits.waivers.flatMap((waiver) => ending(waiver, today)),
  ];
}

function notMatched({ pattern, at, kind }: UnmatchedPattern, { names, rows, isDeclared }: Judged): Note {
  const isExecutionKnown = rows.some(({ name }) => name === 'instructions');
  const what = isDeclared(gateKey(pattern))
    ? `is a function that ${isExecutionKnown ? 'did not run' : 'allocated nothing, and nothing else was counted'}`
    : `matches no function that ${isExecutionKnown ? 'ran' : 'allocated anything, and nothing else was counted'}`;
  const meant = isDeclared(gateKey(pattern)) ? undefined : nearestTo(pattern, names);
  return {
    code: kind === 'rule' ? 'rule-matches-nothing' : `${kind}-matches-nothing`,
    text: [
      `${placed(at)}"${pattern}" ${what}`,
      kind === 'rule' ? ': its limit guards nothing' : '',
      meant === undefined ? '' : `; did you mean ${meant}?`,
    ].join(''),
  };
}

const notJudged = ({ match, at }: FunctionRule): Note => ({
  code: 'cpu-not-judged',
  text: `${placed(at)}the limit on the CPU time of "${match}" guards nothing: time is shown and not judged yet`,
});

/** A limit that somebody wrote, not one that holds by itself. */
function writtenForTime({ metrics: { cpu } }: LimitsConfig): Note[] {
  const [written] = [cpu.total, cpu.function].flatMap((limit) =>
    limit === 'off' || limit.at === undefined ? [] : [limit],
  );
  if (written === undefined) return [];
  const text = 'limits.cpu guards nothing: time is shown and not judged yet, instructions judge the CPU';
  return [{ code: 'cpu-not-judged', text: `${placed(written.at)}${text}` }];
}

/** A function, or for `a/b.*` the functions of a package. */
function nearestTo(pattern: string, names: readonly string[]): string | undefined {
  if (!pattern.endsWith('.*')) return nearest(pattern.replaceAll('*', ''), names);
  return nearest(pattern, [...new Set(names.map((name) => `${packageOf(name)}.*`))]);
}

function tooFine(row: TotalRow): Note[] {
  const { limit, uncertainty, name } = row;
  if (limit === undefined || uncertainty.kind !== 'exact') return [];
  const finest = finestLimit(limit, uncertainty.noise);
  if (finest === undefined) return [];
  const percent = Number((finest * 100).toPrecision(2));
  const text = `the limit ${limit.text} of ${name} is finer than what this run could tell from its noise, ${percent} %: a rise between the two is inconclusive`;
  return [{ code: 'limit-below-noise', text: `${placed(limit.at)}${text}` }];
}

const SOON_DAYS = 14;

function ending({ function: pattern, until, at }: Waiver, today: string): Note[] {
  const waiver = `${placed(at)}the waiver for "${pattern}"`;
  if (until < today) return [{ code: 'waiver-expired', text: `${waiver} ended on ${until} and is no longer applied` }];
  const days = (Date.parse(until) - Date.parse(today)) / 86_400_000;
  return days > SOON_DAYS ? [] : [{ code: 'waiver-ends-soon', text: `${waiver} ends on ${until}` }];
}

const placed = (at: Limit['at']) => (at === undefined ? '' : `${at}: `);

/** What is published: the report of a run, or that there is none and why. Pure; each channel asks for its own length. */

import { UserError } from '../base/errors.ts';
import type { Secrets } from '../base/redact.ts';
import { type Report, type VerdictName, WORST_FIRST, worstOf } from '../compare/report.ts';
import { ConfigError } from '../config/problem.ts';
import { cleanProse } from '../report/clean.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { escapeProse } from '../report/markdown-escape.ts';
import { renderSeveral } from '../report/several.ts';
import { shortCommit } from '../report/words.ts';

export interface Document {
  /** Undefined where the config did not get so far as to name it. */
  readonly service: string | undefined;
  readonly verdict: VerdictName;
  /** Worth a comment of its own; otherwise it only takes the place of one that is there. */
  readonly isNews: boolean;
  /** Markdown of at most `maxLength` UTF-16 units. */
  render(maxLength: number): string;
}

export function documentOf(report: Report): Document {
  return {
    service: report.service,
    verdict: report.verdict,
    isNews: isNews(report),
    render: (maxLength) => renderMarkdown(report, { maxLength }),
  };
}

/** Of the same code only what is no pass. */
const isNews = ({ isSameCode, verdict }: Report) => !isSameCode || verdict !== 'pass';

/** Several reports in one: the worst first, since nobody reads the end of a long one. */
export function documentOfAll(service: string, reports: readonly Report[]): Document {
  const ordered = reports.toSorted((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
  return {
    service,
    verdict: worstOf(reports),
    isNews: reports.some(isNews),
    render: (maxLength) => renderSeveral(ordered, 'markdown', { maxLength }),
  };
}

/**
 * For a run that ended with an error: no figures, so no verdict. It is a few lines, whatever the error. `head`: the commit
 * that has none, as far as it is known.
 */
export function documentOfFailure(
  service: string | undefined,
  failure: unknown,
  head: string | undefined,
  { clean }: Secrets,
): Document {
  const prose = (text: string) => escapeProse(cleanProse(clean(text)));
  const about = [service, head === undefined ? undefined : shortCommit(head)].flatMap((text) => text ?? []);
  const title = ['**perf-gate: no verdict**', ...about.map(prose)].join(' · ');
  const why = failure instanceof UserError ? [sayings(failure, prose), prose(failure.hint ?? '')] : [prose(OUR_FAULT)];
  const blocks = [title, ...why, 'The log of the job has the details.'].filter((block) => block !== '');
  return { service, verdict: 'invalid', isNews: service !== undefined, render: () => `${blocks.join('\n\n')}\n` };
}

export const OUR_FAULT = 'perf-gate ended with an error of its own';

/** More mistakes of a config than anybody reads in a comment. */
const MOST_LINES = 20;

function sayings(failure: UserError, prose: (text: string) => string): string {
  if (failure instanceof ConfigError) {
    return failure.problems
      .slice(0, MOST_LINES)
      .map(({ line, column, message, hint }) => {
        const remedy = hint === undefined ? '' : ` / ${hint}`;
        return `- ${prose(`${failure.fileName}:${line}:${column} ${message}${remedy}`)}`;
      })
      .join('\n');
  }
  return prose(`${failure.at === undefined ? '' : `${failure.at}: `}${failure.message}`);
}

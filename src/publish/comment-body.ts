/**
 * The text of our comments on a pull request. The first line is a marker that GitHub does not show: which comment of ours
 * it is, and which verdict it tells. Anybody can write such a line; whoever reads it has to look at the author too.
 */
import { createHash } from 'node:crypto';
import { VERDICTS, type VerdictName } from '../compare/report.ts';
import type { Document } from './document.ts';

/** What a comment is about: comments of different services, configs or keys leave each other alone. */
export interface CommentIdentity {
  /** Undefined where nobody knows it: the config was not readable, or there is no report. */
  readonly service: string | undefined;
  /**
   * The config as the job names it: it stays when the service is called otherwise, and is known where the config cannot be
   * read. Undefined where a job has nothing but reports; then the service stands for it.
   */
  readonly config: string | undefined;
  /** Tells apart what has the same service or config: jobs of a matrix, services of one name. */
  readonly key: string;
}

/** `superseded`: there is a newer one. */
export type CommentState = VerdictName | 'superseded';

/** GitHub refuses more than 65 536 characters; some room for what it counts differently. */
const MAX_LENGTH = 60_000;

/** The report as a comment, with a link to the run's log and files where there is a page for them. */
export function commentBody(document: Document, id: string, runUrl: string | undefined): string {
  const start = `${markerOf(id, document.verdict)}\n`;
  const end = runUrl === undefined ? '' : `\n[Log and files of this run](${runUrl})\n`;
  return `${start}${document.render(MAX_LENGTH - start.length - end.length)}${end}`;
}

/** What takes the place of a comment that a newer one has made out of date. */
export function supersededBody(id: string, newerUrl: string): string {
  return `${markerOf(id, 'superseded')}\nperf-gate has a [newer report](${newerUrl}) for this pull request.\n`;
}

export interface CommentMark {
  readonly id: string;
  readonly state: CommentState;
}

const MARK = new RegExp(`^<!-- perf-gate ([0-9a-f]{16}) (${[...VERDICTS, 'superseded'].join('|')}) -->$`);

/** Which comment of perf-gate's it is and what it tells; undefined for any other. */
export function markOf(body: string): CommentMark | undefined {
  const [, id, state] = MARK.exec(body.split(/\r?\n/, 1)[0] ?? '') ?? [];
  return id === undefined ? undefined : { id, state: state as CommentState };
}

/** What its comments are found by; the first is what it writes. None where nothing is known of it. */
export function idsOf({ service, config, key }: CommentIdentity): string[] {
  return [
    ...(config === undefined ? [] : [digest(['config', config, key])]),
    ...(service === undefined ? [] : [digest([service, key])]),
  ];
}

/** Names of services hold what would end an HTML comment early. */
const digest = (parts: readonly string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

const markerOf = (id: string, state: CommentState) => `<!-- perf-gate ${id} ${state} -->`;

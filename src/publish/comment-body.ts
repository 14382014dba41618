/**
 * The text of our comments on a pull request. The first line is a marker that GitHub does not show: which comment of ours
 * it is, and which verdict it tells. Anybody can write such a line; whoever reads it has to look at the author too.
 */
import { createHash } from 'node:crypto';
import { VERDICTS, type VerdictName } from '../compare/report.ts';
import type { Document } from './document.ts';

/** What a comment is about: comments of different services or keys leave each other alone. */
export interface CommentIdentity {
  readonly service: string;
  /** Tells apart what has the same service: jobs of a matrix, services of one name. */
  readonly key: string;
}

/** `superseded`: there is a newer one. */
export type CommentState = VerdictName | 'superseded';

/** GitHub refuses more than 65 536 characters; some room for what it counts differently. */
const MAX_LENGTH = 60_000;

/** The report as a comment, with a link to the run's log and files where there is a page for them. */
export function commentBody(document: Document, identity: CommentIdentity, runUrl: string | undefined): string {
  const start = `${markerOf(identity, document.verdict)}\n`;
  const end = runUrl === undefined ? '' : `\n[Log and files of this run](${runUrl})\n`;
  return `${start}${document.render(MAX_LENGTH - start.length - end.length)}${end}`;
}

/** What takes the place of a comment that a newer one has made out of date. */
export function supersededBody(identity: CommentIdentity, newerUrl: string): string {
  return `${markerOf(identity, 'superseded')}\nperf-gate has a [newer report](${newerUrl}) for this pull request.\n`;
}

/** What a comment tells; undefined where it is not this one. */
export function stateOf(body: string, identity: CommentIdentity): CommentState | undefined {
  const firstLine = body.split(/\r?\n/, 1)[0];
  return [...VERDICTS, 'superseded' as const].find((state) => firstLine === markerOf(identity, state));
}

/** A digest: names of services hold what would end an HTML comment early. */
function markerOf({ service, key }: CommentIdentity, state: CommentState): string {
  const id = createHash('sha256')
    .update(JSON.stringify([service, key]))
    .digest('hex')
    .slice(0, 16);
  return `<!-- perf-gate ${id} ${state} -->`;
}

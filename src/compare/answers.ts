/**
 * Requests that base and head answer differently, though both of them well: the work is another then, and a head that
 * answers less is cheaper for that. What varies on a side by itself (dates, ids, a list that grows) says nothing.
 */
import type { Answered } from '../load/answers.ts';
import type { Manifest } from '../measure/manifest.ts';
import { grouped } from './grouped.ts';
import type { Note } from './report.ts';

/** Of fewer answers nobody knows by how much they vary. */
const FEWEST = 3;
/** Less than both is as much as a version or a date in it. */
const LEAST_BYTES = 16;
const LEAST_SHARE = 0.01;
const MOST_NOTES = 5;

type Sides = Readonly<Record<'base' | 'head', Answered>>;

/** A note for each of the first of them, and one for the others. */
export function notesOnAnswers(base: Pick<Manifest, 'answers'>, head: Pick<Manifest, 'answers'>): Note[] {
  const texts = Object.entries(head.answers ?? {}).flatMap(([request, answered]) => {
    const before = Object.hasOwn(base.answers ?? {}, request) ? base.answers?.[request] : undefined;
    if (before === undefined || Math.min(before.count, answered.count) < FEWEST) return [];
    const difference = differenceOf({ base: before, head: answered });
    return difference === undefined ? [] : [`${request} answers ${difference}`];
  });
  const others = texts.length - MOST_NOTES;
  const told = others > 0 ? [...texts.slice(0, MOST_NOTES), `so do ${others} other requests`] : texts;
  return told.map((text) => ({ code: 'answers-differ', text }));
}

function differenceOf({ base, head }: Sides): string | undefined {
  if (!head.statuses.some((status) => base.statuses.includes(status)))
    return `${head.statuses.join(' or ')} in head, ${base.statuses.join(' or ')} in base`;
  const apart = Math.max(head.leastBytes - base.mostBytes, base.leastBytes - head.mostBytes);
  if (apart < Math.max(LEAST_BYTES, LEAST_SHARE * Math.max(base.mostBytes, head.mostBytes))) return undefined;
  return `${sizeOf(head)} bytes in head, ${sizeOf(base)} in base`;
}

const sizeOf = ({ leastBytes, mostBytes }: Answered) =>
  leastBytes === mostBytes ? grouped(leastBytes) : `${grouped(leastBytes)} to ${grouped(mostBytes)}`;

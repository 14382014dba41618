/** What was too rare to be divided by the requests, in sentences: whoever reads a total knows what is not in it. */
import type { SideName } from '../measure/manifest.ts';
import { grouped } from './grouped.ts';
import type { Amounts, RareAllocations, RarePlace } from './rare-places.ts';
import type { Note } from './report.ts';

const MOST_NOTES = 5;

/** `floors`: the smallest rises that can be a finding, per request. What is not told is less than that altogether. */
export function notesOnRare({ requests, places }: RareAllocations, floors: Amounts): Note[] {
  const isLarge = (some: readonly RarePlace[]) =>
    (['base', 'head'] as const).some((side) =>
      (['objects', 'bytes'] as const).some(
        (what) => some.reduce((sum, place) => sum + place[side][what], 0) >= Math.max(1, floors[what] * requests[side]),
      ),
    );
  let count = 0;
  while (count < places.length && isLarge(places.slice(count))) count++;
  const others = count > MOST_NOTES ? count - (MOST_NOTES - 1) : 0;
  const texts = places.slice(0, count - others).map((place) => {
    const amounts = (['head', 'base'] as const).map((side) => amountOf(place[side], side, requests[side]));
    return `${place.function} (${place.file}:${place.line}): ${amounts.join(', ')}`;
  });
  const told = others > 0 ? [...texts, `the same in ${others} other functions`] : texts;
  return told.map((text) => ({
    code: 'rare-allocations',
    text: `too rare to be divided by the requests, so it is not judged: ${text}`,
  }));
}

function amountOf({ objects, bytes }: Amounts, side: SideName, requests: number): string {
  if (objects === 0 && bytes === 0) return `nothing in ${side}`;
  const counted = `${grouped(objects)} ${objects === 1 ? 'object' : 'objects'}`;
  const amount = bytes === 0 ? counted : `${grouped(bytes)} bytes${objects === 0 ? '' : ` in ${counted}`}`;
  return `${amount} over ${grouped(requests)} requests of ${side}`;
}

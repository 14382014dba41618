/** Which word somebody meant. */

/**
 * The legal word nearest to `word`, or undefined where none is near. Case, `-` and `_` do not count; a third of the
 * letters may be wrong, and one word may hold the other.
 */
export function nearest(word: string, legal: readonly string[]): string | undefined {
  const plain = bare(word);
  let best: { word: string; edits: number } | undefined;
  for (const candidate of legal) {
    const other = bare(candidate);
    const longer = Math.max(plain.length, other.length);
    const tolerated = Math.floor(longer / 3);
    if (longer - Math.min(plain.length, other.length) > tolerated) continue;
    const edits = editsBetween(plain, other);
    if (edits <= tolerated && (best === undefined || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word ?? legal.find((candidate) => isPart(plain, bare(candidate)));
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[-_\s]/g, '');
}

function isPart(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.includes(short);
}

/**
 * The edits between two words: a letter put in, left out, changed, or two neighbours swapped (the 'optimal string
 * alignment' form of Damerau 1964).
 */
export function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, beforeLast[j - 2]! + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

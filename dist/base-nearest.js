import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/nearest.ts
function nearest(word, legal) {
  const plain = bare(word);
  let best;
  for (const candidate of legal) {
    const other = bare(candidate);
    const longer = Math.max(plain.length, other.length);
    const tolerated = Math.floor(longer / 3);
    if (longer - Math.min(plain.length, other.length) > tolerated) continue;
    const edits = editsBetween(plain, other);
    if (edits <= tolerated && (best === void 0 || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word ?? legal.find((candidate) => isPart(plain, bare(candidate)));
}
function bare(word) {
  return word.toLowerCase().replaceAll(/[-_\s]/g, "");
}
function isPart(a, b) {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.includes(short);
}
function editsBetween(a, b) {
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, beforeLast[j - 2] + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

export {
  nearest,
  editsBetween
};

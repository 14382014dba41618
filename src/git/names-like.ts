/** Names of commits like a mistyped one. Pure. */
import { editsBetween } from '../base/nearest.ts';

/** At most three of the names that look like the word, the most similar first; none if none does. */
export function namesLike(word: string, names: readonly string[]): string[] {
  const limit = Math.max(1, Math.floor(word.length / 3));
  return names
    .map((name) => ({ name, distance: likeness(word.toLowerCase(), name.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A name that ends with the word, as origin/feature does with feature, is as near as one with a single typing error. */
function likeness(word: string, name: string, limit: number): number {
  const typing = Math.abs(word.length - name.length) > limit ? limit + 1 : editsBetween(word, name);
  return word.length > 2 && name.endsWith(`/${word}`) ? Math.min(1, typing) : typing;
}

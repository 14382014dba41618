/** Ages for people. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `3 days ago`, in the largest unit that fits; a clock that is behind makes it `just now`. */
export function ago(ms: number): string {
  const [unit, length] = UNITS.find(([, length]) => ms >= length) ?? [];
  if (unit === undefined) return 'just now';
  const count = Math.floor(ms / length!);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

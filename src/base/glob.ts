/** Globs over function names: `*` stands for any characters, dots and slashes included; everything else for itself. */

/** Whether the whole name matches. Takes time linear in the name for each `*`, whatever the pattern. */
export function matchesGlob(glob: string, name: string): boolean {
  const [head, ...rest] = glob.split('*');
  const tail = rest.pop();
  if (tail === undefined) return glob === name;
  if (!name.startsWith(head!)) return false;
  let from = head!.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return name.length - tail.length >= from && name.endsWith(tail);
}

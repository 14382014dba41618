/** Offsets of a text to lines and columns. The YAML library's own counter loses lines where a quote is left open. */

export interface Position {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** The flag that says it, where it does not stand in the text; line and column mean nothing then. */
  readonly flag?: string;
}

/** Finds the line and column of an offset; what is beyond the text stands at its end. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= inside) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: inside - starts[low]! + 1 };
  };
}

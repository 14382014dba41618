/** Stacks as a reader writes them: `main;handler;encode 30`, root first. */
import { culpritFinder, type WeightedStack } from '../../src/compare/weighted-stack.ts';

export function stacks(...lines: readonly string[]): WeightedStack[] {
  return lines.map((line) => {
    const [path = '', value = ''] = line.split(' ');
    const frames = path.split(';').reverse();
    return {
      value: Number(value),
      frames: frames.map((frame) => {
        const [fn = '', at] = frame.split(':');
        return { fn, key: fn, owner: fn, file: `${fn}.go`, line: Number(at ?? 1) };
      }),
    };
  });
}

export const changed = (...names: readonly string[]) => culpritFinder(({ key }) => names.includes(key));

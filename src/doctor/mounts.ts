/** Which file systems are mounted where (proc(5), /proc/PID/mountinfo). Pure. */
import { relative } from 'node:path';

export interface Mount {
  /** The directory of the file system that is seen at `point`. */
  readonly root: string;
  readonly point: string;
  readonly options: readonly string[];
  /** `ext4`, `cgroup`, `cgroup2`. */
  readonly type: string;
  /** Of the file system itself: the controllers of a cgroup hierarchy are among them. */
  readonly superOptions: readonly string[];
}

/** In the order of the kernel; lines that are not understood are left out. */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line): Mount[] => {
    const [before = '', behind = ''] = line.split(' - ');
    const [, , , root, point, options] = before.split(' ');
    const [type, , superOptions = ''] = behind.split(' ');
    if (root === undefined || point === undefined || options === undefined || type === undefined) return [];
    const lists = { options: options.split(','), superOptions: superOptions.split(',') };
    return [{ root: unescaped(root), point: unescaped(point), type, ...lists }];
  });
}

/** The mount that a path without symbolic links is in. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  const holding = mounts.filter(({ point }) => !/^\.\.(\/|$)/.test(relative(point, path)));
  const longest = Math.max(...holding.map(({ point }) => point.length));
  // The later one lies over the earlier.
  return holding.findLast(({ point }) => point.length === longest);
}

/** Spaces, tabs, line breaks and backslashes are written in octal. */
const unescaped = (text: string) =>
  text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

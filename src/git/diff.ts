/**
 * Which lines of the head are new, and where the base's lines went: `git diff -U0`, parsed.
 */
import type { Repository } from './repository.ts';

/** Lines count from 1. An empty range (count 0) starts at the line before it, as in the diff itself. */
export interface Hunk {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly headStart: number;
  readonly headCount: number;
}

export interface FileDiff {
  /** Undefined for an added file. */
  readonly basePath: string | undefined;
  /** Undefined for a removed file. */
  readonly headPath: string | undefined;
  /** Ascending. Empty for a file that was only moved. */
  readonly hunks: readonly Hunk[];
}

/**
 * The text files that differ between two commits or trees; paths are from the repository's root. Go and assembly files are
 * text, also where .gitattributes keeps them out of diffs, as is done with generated ones.
 */
export async function diffLines(repo: Repository, baseTree: string, headTree: string): Promise<FileDiff[]> {
  const files = await diffOf(repo, [], [baseTree, headTree]);
  const paths = new Set(files.flatMap(({ basePath, headPath }) => [basePath, headPath]));
  const source = await diffOf(repo, ['--text'], [baseTree, headTree, '--', '*.go', '*.s']);
  const isKnown = (path: string | undefined) => path !== undefined && paths.has(path);
  return [...files, ...source.filter(({ basePath, headPath }) => !isKnown(basePath) && !isKnown(headPath))];
}

async function diffOf(repo: Repository, options: readonly string[], what: readonly string[]): Promise<FileDiff[]> {
  // The plumbing command: diff.* settings of the person (external tools, prefixes, submodule logs) do not reach it.
  const text = await repo.git.run([
    'diff-tree',
    '-r',
    '-p',
    '-U0',
    '-M',
    '--inter-hunk-context=0',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--submodule=short',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    ...options,
    '--end-of-options',
    ...what,
  ]);
  return parseDiff(text);
}

/** The paths of all files that differ between two commits or trees, binary ones and both names of moved ones included. */
export async function changedPaths(repo: Repository, baseTree: string, headTree: string): Promise<string[]> {
  const names = await repo.git.run([
    'diff-tree',
    '-r',
    '--name-only',
    '--no-renames',
    '-z',
    '--end-of-options',
    baseTree,
    headTree,
  ]);
  return names.split('\0').filter((name) => name !== '');
}

/** The line of the head where a line of the base is now; undefined if the diff changed or removed it. */
export function toHeadLine(file: FileDiff, baseLine: number): number | undefined {
  if (file.headPath === undefined) return undefined;
  let shift = 0;
  for (const { baseStart, baseCount, headCount } of file.hunks) {
    const first = baseCount === 0 ? baseStart + 1 : baseStart;
    if (baseLine < first) break;
    if (baseLine < first + baseCount) return undefined;
    shift += headCount - baseCount;
  }
  return baseLine + shift;
}

/** The line of the head in the place of a base line that the diff replaced, where it wrote as many lines as it removed. */
export function toReplacingLine(file: FileDiff, baseLine: number): number | undefined {
  const hunk = file.hunks.find(
    ({ baseStart, baseCount, headCount }) =>
      baseCount === headCount && baseLine >= baseStart && baseLine < baseStart + baseCount,
  );
  return hunk === undefined || file.headPath === undefined ? undefined : hunk.headStart + baseLine - hunk.baseStart;
}

/** The diff wrote this line of the head. (A line beside a deletion was not written.) */
export function isTouched(file: FileDiff, headLine: number): boolean {
  return file.hunks.some(({ headStart, headCount }) => headLine >= headStart && headLine < headStart + headCount);
}

/** The files of a unified diff without context; binary files and changes of mode alone are left out. */
export function parseDiff(text: string): FileDiff[] {
  const lines = text.split('\n');
  const files: FileDiff[] = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at]!.startsWith('diff --git ')) {
      at++;
      continue;
    }
    const header = parseHeader(lines, at);
    const hunks: Hunk[] = [];
    at = header.end;
    for (let hunk = parseHunk(lines[at]); hunk !== undefined; hunk = parseHunk(lines[at])) {
      hunks.push(hunk);
      at += 1 + hunk.baseCount + hunk.headCount; // ('\ No newline at end of file' is in a file's last hunk only.)
    }
    if (header.isText && (hunks.length > 0 || header.basePath !== header.headPath)) {
      files.push({ basePath: header.basePath, headPath: header.headPath, hunks });
    }
  }
  return files;
}

interface Header {
  readonly basePath: string | undefined;
  readonly headPath: string | undefined;
  readonly isText: boolean;
  /** The first line behind it. */
  readonly end: number;
}

function parseHeader(lines: readonly string[], start: number): Header {
  let [basePath, headPath]: (string | undefined)[] = gitLinePaths(lines[start]!.slice('diff --git '.length));
  let isText = true;
  let at = start + 1;
  for (; at < lines.length && !/^(@@ |diff --git )/.test(lines[at]!); at++) {
    const line = lines[at]!;
    if (line.startsWith('new file mode ')) basePath = undefined;
    else if (line.startsWith('deleted file mode ')) headPath = undefined;
    else if (line.startsWith('rename from ')) basePath = unquotePath(line.slice('rename from '.length));
    else if (line.startsWith('rename to ')) headPath = unquotePath(line.slice('rename to '.length));
    else if (line.startsWith('--- ')) basePath = sidePath(line.slice(4));
    else if (line.startsWith('+++ ')) headPath = sidePath(line.slice(4));
    else if (/^(Binary files |GIT binary patch)/.test(line)) isText = false;
  }
  return { basePath, headPath, isText, end: at };
}

function parseHunk(line: string | undefined): Hunk | undefined {
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line ?? '');
  if (match === null) return undefined;
  const [, baseStart, baseCount = '1', headStart, headCount = '1'] = match;
  return {
    baseStart: Number(baseStart),
    baseCount: Number(baseCount),
    headStart: Number(headStart),
    headCount: Number(headCount),
  };
}

/** `a/x b/x`: both are the same path here (renames have lines of their own), so a blank in it does no harm. */
function gitLinePaths(text: string): [string, string] {
  if (text.startsWith('"')) {
    const end = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0].length ?? text.length;
    return [sidePath(text.slice(0, end)) ?? '', sidePath(text.slice(end + 1)) ?? ''];
  }
  const half = Math.floor(text.length / 2);
  return [text.slice(2, half), text.slice(half + 3)];
}

/** `a/x`, `"b/\303\244"`, with a tab behind a path that has blanks; /dev/null is no path. */
function sidePath(text: string): string | undefined {
  const path = unquotePath(text.replace(/\t$/, ''));
  return path === '/dev/null' ? undefined : path.slice(2);
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** Git's C-like quoting: octal escapes are bytes of UTF-8. */
function unquotePath(text: string): string {
  if (!text.startsWith('"')) return text;
  const bytes: Buffer[] = [];
  for (const [part, octal, letter] of text.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/gs)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    else if (letter !== undefined) bytes.push(Buffer.from([ESCAPES[letter] ?? letter.charCodeAt(0)]));
    else bytes.push(Buffer.from(part));
  }
  return Buffer.concat(bytes).toString();
}

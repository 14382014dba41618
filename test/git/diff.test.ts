import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diffLines, type FileDiff, isTouched, parseDiff, toHeadLine, toReplacingLine } from '../../src/git/diff.ts';
import { commit, git, newRepository, open, removeTemporaryDirectories, write } from './fixture.ts';

afterAll(removeTemporaryDirectories);

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}\n`).join('');

describe('diffLines', () => {
  test('reads every kind of change, whatever the paths and the settings', async () => {
    const root = newRepository({
      'plain.go': numbered(1, 20),
      'with blank.go': 'a\n',
      'grüße "quoted"\ttab\\.go': 'a\n',
      'moved.go': numbered(1, 30),
      'moved and changed.go': numbered(101, 130),
      'removed.go': 'a\nb\n',
      'picture.png': Uint8Array.from([0, 1, 2]),
      'mode.sh': 'echo\n',
      'no newline': 'a\nb',
      '-- a': '-- a/x\n',
    });
    const base = git(root, 'rev-parse', 'HEAD');
    for (const [key, value] of [
      ['diff.noprefix', 'true'],
      ['diff.context', '5'],
      ['diff.interHunkContext', '5'],
      ['diff.external', 'false'],
      ['color.ui', 'always'],
      ['core.quotePath', 'true'],
      ['diff.renames', 'false'],
    ]) {
      git(root, 'config', key!, value!);
    }
    git(root, 'mv', 'moved.go', 'now here.go');
    git(root, 'mv', 'moved and changed.go', 'grün.go');
    git(root, 'rm', '--quiet', 'removed.go');
    git(root, 'update-index', '--chmod=+x', 'mode.sh');
    write(root, {
      'plain.go': `${numbered(0, 3)}new\n${numbered(5, 10)}${numbered(13, 20)}`,
      'with blank.go': 'b\n',
      'grüße "quoted"\ttab\\.go': 'b\n',
      'grün.go': `${numbered(101, 130)}more\n`,
      'picture.png': Uint8Array.from([0, 1, 3]),
      'no newline': 'a\nc',
      '-- a': '++ b/x\n--- a/y\n@@ -1 +1 @@\n',
      'new.go': 'c\nd\n',
      'new and empty.go': '',
    });
    git(root, 'add', '--all');
    git(root, 'update-index', '--chmod=+x', 'mode.sh');
    git(root, 'commit', '--quiet', '--message=x');
    const repo = await open(root);
    const files = await diffLines(repo, base, 'HEAD');
    const shown = files.map(({ basePath, headPath, hunks }) => [
      basePath,
      headPath,
      hunks.map((h) => `-${h.baseStart},${h.baseCount} +${h.headStart},${h.headCount}`).join(' '),
    ]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['plain.go', 'plain.go', '-0,0 +1,1 -4,1 +5,1 -11,2 +11,0'],
        ['with blank.go', 'with blank.go', '-1,1 +1,1'],
        ['grüße "quoted"\ttab\\.go', 'grüße "quoted"\ttab\\.go', '-1,1 +1,1'],
        ['moved.go', 'now here.go', ''],
        ['moved and changed.go', 'grün.go', '-30,0 +31,1'],
        ['removed.go', undefined, '-1,2 +0,0'],
        [undefined, 'new and empty.go', ''],
        ['no newline', 'no newline', '-2,1 +2,1'],
        ['-- a', '-- a', '-1,1 +1,3'],
        [undefined, 'new.go', '-0,0 +1,2'],
      ]),
    );
    expect(shown).toHaveLength(10);
  });

  test('reads source that .gitattributes keeps out of diffs, and nothing else that it does', async () => {
    const hidden = {
      'gen/a.pb.go': numbered(1, 9),
      'gen/moved.go': numbered(11, 19),
      'asm_amd64.s': 'a\n',
      'removed.go': 'a\n',
    };
    const root = newRepository({
      '.gitattributes': '* -diff\nplain.go diff\n',
      ...hidden,
      'plain.go': 'a\n',
      'table.txt': 'a\n',
      'picture.png': Uint8Array.from([0, 1, 2]),
    });
    git(root, 'mv', 'gen/moved.go', 'gen/here.go');
    git(root, 'rm', '--quiet', 'removed.go');
    commit(root, {
      'gen/a.pb.go': `new\n${numbered(1, 9)}`,
      'gen/here.go': `${numbered(11, 19)}more\n`,
      'asm_amd64.s': 'b\n',
      'plain.go': 'b\n',
      'table.txt': 'b\n',
      'picture.png': Uint8Array.from([0, 1, 3]),
    });
    const files = await diffLines(await open(root), 'HEAD~1', 'HEAD');
    expect(files.map(({ basePath, headPath, hunks }) => [basePath, headPath, hunks.length]).sort()).toEqual([
      ['asm_amd64.s', 'asm_amd64.s', 1],
      ['gen/a.pb.go', 'gen/a.pb.go', 1],
      ['gen/moved.go', 'gen/here.go', 1],
      ['plain.go', 'plain.go', 1],
      ['removed.go', undefined, 1],
    ]);
    const generated = files.find(({ headPath }) => headPath === 'gen/a.pb.go')!;
    expect([toHeadLine(generated, 1), isTouched(generated, 1)]).toEqual([2, true]);
  });

  test('of equal trees is empty', async () => {
    const root = newRepository();
    commit(root, {});
    expect(await diffLines(await open(root), 'HEAD~1', 'HEAD')).toEqual([]);
  });
});

describe('lines', () => {
  const diff: FileDiff = parseDiff(
    'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+new\n@@ -4 +5 @@\n-a\n+b\n@@ -11,2 +11,0 @@\n-c\n-d\n',
  )[0]!;

  test('of the base are found in the head', () => {
    const places = [1, 3, 4, 5, 10, 11, 12, 13, 20].map((line) => toHeadLine(diff, line));
    expect(places).toEqual([2, 4, undefined, 6, 11, undefined, undefined, 12, 19]);
    expect(toHeadLine({ ...diff, headPath: undefined }, 1)).toBeUndefined();
  });

  test('of the base are found in the head where a line stands in their place', () => {
    const places = [1, 3, 4, 5, 11, 12, 13].map((line) => toReplacingLine(diff, line));
    expect(places).toEqual([undefined, undefined, 5, undefined, undefined, undefined, undefined]);
    expect(toReplacingLine({ ...diff, headPath: undefined }, 4)).toBeUndefined();
  });

  test('of the head are touched where the diff wrote them', () => {
    const touched = Array.from({ length: 20 }, (_, i) => i + 1).filter((line) => isTouched(diff, line));
    expect(touched).toEqual([1, 5]);
  });

  test('lead to the same text, for any edit', async () => {
    const root = newRepository();
    const repo = await open(root);
    // Few different lines, so that the diff has to choose; a trailing line without a line break now and then.
    const file = fc.tuple(
      fc.array(fc.constantFrom('a', 'b', '--- a', '+++ b', '@@ -1 +1 @@', '\\', ''), { maxLength: 12 }),
      fc.boolean(),
    );
    const text = ([lines, ends]: [string[], boolean]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : '');
    await fc.assert(
      fc.asyncProperty(file, file, async (base, head) => {
        const ids = [base, head].map((side) => commit(root, { 'x.txt': text(side) }));
        const found = (await diffLines(repo, ids[0]!, ids[1]!))[0];
        const [before, after] = [text(base).split('\n'), text(head).split('\n')];
        const kept = new Set<number>();
        for (let line = 1; line <= before.length; line++) {
          const to = found === undefined ? line : toHeadLine(found, line);
          if (to === undefined || (before[line - 1] === '' && line === before.length)) continue;
          expect(after[to - 1]).toBe(before[line - 1]);
          expect(found !== undefined && isTouched(found, to)).toBe(false);
          kept.add(to);
        }
        for (let line = 1; line <= after.length; line++) {
          if (after[line - 1] === '' && line === after.length) continue;
          expect(kept.has(line)).toBe(found === undefined || !isTouched(found, line));
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});

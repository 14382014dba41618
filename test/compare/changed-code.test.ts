import { expect, test } from '@jest/globals';
import type { Changes, DeclaredFunction } from '../../src/changes/changes.ts';
import type { GoPackage } from '../../src/changes/list.ts';
import { changedCode, changeRecord, parseChangeRecord } from '../../src/compare/changed-code.ts';
import { languageChanges } from '../../src/run/find-changed.ts';

const declared = (name: string, path: string, startLine: number): DeclaredFunction => ({
  name,
  kind: 'go',
  package: 'example.com/parts',
  file: `example.com/parts${path}`,
  path: `/checkout${path}`,
  startLine,
  endLine: startLine + 9,
  hash: 'a',
});

const changes: Changes = {
  functions: { base: [], head: [declared('main.routes', '/main.go', 57), declared('sort.Sort', '/../sort.go', 1)] },
  changed: ['main.routes', 'sort.Sort'].map((name) => ({
    name,
    kind: 'go',
    status: 'modified',
    reason: 'uses main.schema',
    package: 'example.com/parts',
  })),
  moved: [],
  modules: [],
  unparsed: [],
};

const inRepository = (_: string, file: string) => (file.includes('..') ? undefined : file.replace('/checkout/', ''));
const beside = { language: [{ module: 'example.com/parts', base: '1.21', head: '1.22' }], dataFiles: ['rows.csv'] };

test('a record keeps where functions are declared, and what the commit changes beside them', () => {
  const record = changeRecord(changes, [], inRepository, [], beside);
  const read = changedCode(parseChangeRecord(JSON.stringify(record), 'changes.json'));
  expect(read.changed).toEqual([
    { key: 'main.routes', reason: 'uses main.schema', place: { file: 'main.go', line: 57 } },
    { key: 'sort.Sort', reason: 'uses main.schema' },
  ]);
  expect(read.beside).toEqual(beside);
  expect(read.isOwn('example.com/parts/main.go')).toBe(true);
  expect(read.isOwn('sort.go')).toBe(false);
});

test('one of an older version says nothing of that', () => {
  const { beside: _, ...older } = changeRecord(changes, [], inRepository, []);
  expect(changedCode(parseChangeRecord(JSON.stringify(older), 'changes.json')).beside).toEqual({
    language: [],
    dataFiles: [],
  });
});

test('the go line counts of modules that are built from the checkout', () => {
  const of = (path: string, goVersion: string | undefined, isMain: boolean) =>
    ({ module: { path, isMain, ...(goVersion === undefined ? {} : { goVersion }) } }) as GoPackage;
  const base = [of('a.org/a', '1.21', true), of('b.org/b', '1.18', false), of('c.org/c', undefined, true)];
  const head = [of('a.org/a', '1.22', true), of('b.org/b', '1.22', false), of('c.org/c', '1.17', true)];
  expect(languageChanges(base, head)).toEqual([
    { module: 'a.org/a', base: '1.21', head: '1.22' },
    { module: 'c.org/c', base: '1.16', head: '1.17' },
  ]);
  expect(languageChanges(head, head)).toEqual([]);
});

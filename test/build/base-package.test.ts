/** Where the base has the package that the head builds, by real repositories. */
import { afterAll, expect, test } from '@jest/globals';
import { findBasePackage } from '../../src/build/base-package.ts';
import { commit, git, newRepository, open, removeTemporaryDirectories } from '../git/fixture.ts';

afterAll(removeTemporaryDirectories);

const MAIN = `package main

func main() {
${Array.from({ length: 20 }, (_, i) => `\tprintln(${i})\n`).join('')}}
`;

const found = async (root: string, directory: string, name: string, named?: string) =>
  findBasePackage(await open(root), { base: 'HEAD~1', head: 'HEAD' }, { directory, name, named });

test('at the same place, which is the whole repository too, or by an import path', async () => {
  const root = newRepository({ 'main.go': MAIN, 'shop/cmd/orders/main.go': MAIN });
  commit(root, { 'main.go': `${MAIN}// more\n` });
  expect(await found(root, '', '.')).toEqual({ kind: 'there' });
  expect(await found(root, 'shop', './cmd/orders')).toEqual({ kind: 'there' });
  expect(await found(root, 'shop', './cmd/orders/')).toEqual({ kind: 'there' });
  expect(await found(root, '', 'example.com/shop/cmd/new')).toEqual({ kind: 'there' });
});

test('nowhere: a service of its own beside others, whose tests alone were there, or the first of the repository', async () => {
  const root = newRepository({ 'cmd/orders/main.go': MAIN, 'cmd/new/main_test.go': 'package main\n' });
  commit(root, { 'cmd/new/main.go': MAIN, 'cmd/new/README.md': '' });
  expect(await found(root, '', './cmd/new')).toEqual({ kind: 'new' });
  expect(await found(root, 'cmd', './new')).toEqual({ kind: 'new' });
  const other = newRepository({ 'README.md': '' });
  commit(other, { 'main.go': MAIN });
  expect(await found(other, '', '.')).toEqual({ kind: 'new' });
});

test('from where the commit moved it, changed a little as well', async () => {
  const root = newRepository({ 'cmd/server/main.go': MAIN, 'cmd/server/flags.go': MAIN, 'other/x.go': MAIN });
  git(root, 'mv', 'cmd/server', 'cmd/orders');
  commit(root, { 'cmd/orders/main.go': `${MAIN}// more\n` });
  expect(await found(root, '', './cmd/orders')).toEqual({ kind: 'moved', package: './cmd/server' });
  expect(await found(root, 'cmd', './orders')).toEqual({ kind: 'moved', package: './server' });
  // Out of another module: go says that it is not there.
  expect(await found(root, 'cmd/orders', '.')).toEqual({ kind: 'there' });
});

test('from the root', async () => {
  const root = newRepository({ 'main.go': MAIN });
  git(root, 'rm', '--quiet', 'main.go');
  commit(root, { 'cmd/orders/main.go': MAIN });
  expect(await found(root, '', './cmd/orders')).toEqual({ kind: 'moved', package: '.' });
});

test('one that is generated on both sides is for go to find', async () => {
  const root = newRepository({ 'cmd/gen/gen.txt': '' });
  commit(root, { 'cmd/gen/gen.txt': '2' });
  expect(await found(root, '', './cmd/gen')).toEqual({ kind: 'there' });
});

test('from where the config says, as long as the base has it nowhere else', async () => {
  const other = `package main\n\n${'// Another text, so that git takes it for no other file.\n'.repeat(40)}func main() {}\n`;
  const root = newRepository({ 'old/server/main.go': MAIN });
  git(root, 'rm', '--quiet', 'old/server/main.go');
  commit(root, { 'cmd/orders/main.go': other });
  expect(await found(root, '', './cmd/orders')).toEqual({ kind: 'new' });
  expect(await found(root, '', './cmd/orders', './old/server')).toEqual({ kind: 'moved', package: './old/server' });
  // From beside the directory of the service, in the same module.
  expect(await found(root, 'cmd/orders', '.', '../../old/server')).toEqual({
    kind: 'moved',
    package: '../../old/server',
  });
  expect(await found(root, 'old', '../cmd/orders', './server')).toEqual({ kind: 'moved', package: './server' });
  // Once that is merged, the key says nothing any more.
  commit(root, { 'cmd/orders/main.go': `${other}// more\n` });
  expect(await found(root, '', './cmd/orders', './old/server')).toEqual({ kind: 'there' });
});

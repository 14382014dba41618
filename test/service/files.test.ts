import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { fillPath, isPathOf, writeServiceFiles } from '../../src/service/files.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

let count = 0;
let checkout: string;
let outside: string;
beforeEach(() => {
  checkout = join(scratch, `${++count}`, 'checkout');
  outside = join(scratch, `${count}`, 'outside');
  mkdirSync(checkout, { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(outside, 'app.yml'), "somebody else's");
});

test('files are written in place of what is there, in directories that are made', async () => {
  writeFileSync(join(checkout, 'app.yml'), 'port: 8080', { mode: 0o400 });
  await writeServiceFiles(checkout, { 'app.yml': 'port: 1', './conf/deep/a.json': '{}' });
  await writeServiceFiles(checkout, { 'app.yml': 'port: 2' });
  expect(readFileSync(join(checkout, 'app.yml'), 'utf8')).toBe('port: 2');
  expect(readFileSync(join(checkout, 'conf/deep/a.json'), 'utf8')).toBe('{}');
  expect(readdirSync(checkout).sort()).toEqual(['app.yml', 'conf']);
});

test('a link is replaced, not followed', async () => {
  symlinkSync(join(outside, 'app.yml'), join(checkout, 'app.yml'));
  await writeServiceFiles(checkout, { 'app.yml': 'port: 1' });
  expect(readFileSync(join(checkout, 'app.yml'), 'utf8')).toBe('port: 1');
  expect(readFileSync(join(outside, 'app.yml'), 'utf8')).toBe("somebody else's");
});

test('a directory that is a link within the checkout is followed, and one that leads out of it is refused', async () => {
  mkdirSync(join(checkout, 'real'));
  symlinkSync('real', join(checkout, 'conf'));
  await writeServiceFiles(checkout, { 'conf/app.yml': 'port: 1' });
  expect(readFileSync(join(checkout, 'real/app.yml'), 'utf8')).toBe('port: 1');
  symlinkSync(outside, join(checkout, 'etc'));
  await expect(writeServiceFiles(checkout, { 'etc/app.yml': 'port: 1' })).rejects.toMatchObject({
    message: `service.files: etc/app.yml would be written outside of the checkout, to ${outside}`,
    hint: 'etc is a symbolic link in the repository: name a file that lies in service.dir',
  });
  expect(readFileSync(join(outside, 'app.yml'), 'utf8')).toBe("somebody else's");
  expect(readdirSync(outside)).toEqual(['app.yml']);
});

test('a directory in the place of the file is told', async () => {
  mkdirSync(join(checkout, 'app.yml'));
  await expect(writeServiceFiles(checkout, { 'app.yml': 'port: 1' })).rejects.toThrow(
    /^service\.files: app\.yml cannot be written: EISDIR/,
  );
  expect(readdirSync(checkout)).toEqual(['app.yml']);
});

test('a path may be another one for each copy, and is known again', () => {
  const template = 'etc/app+{side}-{port}.{dir}.yml';
  const path = fillPath(template, { port: '16010', side: 'base', dir: '/tmp/x', socket: '' });
  expect(path).toBe('etc/app+base-16010.{dir}.yml');
  expect(isPathOf(template, path)).toBe(true);
  expect(isPathOf(template, 'etc/app+base-16010.{dir}.yml.old')).toBe(false);
  expect(isPathOf('a.yml', 'abyml')).toBe(false);
});

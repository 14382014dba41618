/** Go modules in temporary directories, and the real go command. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ChangedFunction } from '../../src/changes/changes.ts';

/** The proxy, caches and toolchain of this machine; cgo on, so that its files are listed. */
export const ENV = { ...process.env, CGO_ENABLED: '1', GOFLAGS: '-mod=mod', GOWORK: '' };

const directories: string[] = [];

export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-changes-test-')));
  directories.push(directory);
  return directory;
}

export function removeTemporaryDirectories(): void {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}

export type Files = Readonly<Record<string, string>>;

/** A directory with the files. */
export function tree(files: Files): string {
  const directory = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** 'modified example.com/shop.F: source' */
export function shown({ status, name, reason }: ChangedFunction): string {
  return `${status} ${name}: ${reason}`;
}

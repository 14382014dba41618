/** Real git repositories in temporary directories. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openRepository, type Repository } from '../../src/git/repository.ts';

/** A machine without any settings of a person: no user.name either. */
export const ENV = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
};

const directories: string[] = [];

export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-git-test-')));
  directories.push(directory);
  return directory;
}

export function removeTemporaryDirectories(): void {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** What git says, without the last line break. */
export function git(directory: string, ...args: string[]): string {
  const options = { cwd: directory, env: { ...ENV, ...IDENTITY }, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', args, options).replace(/\n$/, '');
}

export function write(directory: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

/** Writes the files, commits everything, and returns the commit's id. */
export function commit(
  directory: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  message = 'a change',
): string {
  write(directory, files);
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git(directory, 'rev-parse', 'HEAD');
}

/** A repository on branch main with one commit; the directory's name has a blank and an umlaut. */
export function newRepository(
  files: Readonly<Record<string, string | Uint8Array>> = { 'main.go': 'package main\n' },
): string {
  const directory = join(temporaryDirectory(), 'the shöp');
  mkdirSync(directory);
  git(directory, 'init', '--quiet', '--initial-branch=main');
  commit(directory, files, 'first');
  return directory;
}

export function open(directory: string, env: Readonly<Record<string, string>> = ENV): Promise<Repository> {
  return openRepository(directory, { env, temporaryDirectory: temporaryDirectory() });
}

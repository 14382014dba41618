/** Git repositories with Go services in them, made for one test. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ORDERS = fileURLToPath(new URL('../../examples/orders', import.meta.url));

export interface Repository {
  readonly directory: string;
  /** Writes files (text by path) and commits everything; returns the commit. */
  commit(message: string, files?: Readonly<Record<string, string>>): string;
  /** Replaces a text that must be in the file, exactly once, without committing. */
  edit(path: string, from: string, to: string): void;
  write(path: string, text: string): void;
  read(path: string): string;
  git(...args: string[]): string;
}

/** An empty repository with a branch main. */
export function newRepository(directory: string): Repository {
  mkdirSync(directory, { recursive: true });
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'test',
    GIT_AUTHOR_EMAIL: 'test@localhost',
    GIT_COMMITTER_NAME: 'test',
    GIT_COMMITTER_EMAIL: 'test@localhost',
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, env, encoding: 'utf8' }).trim();
  git('init', '--quiet', '--initial-branch=main');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  const read = (path: string) => readFileSync(join(directory, path), 'utf8');
  return {
    directory,
    git,
    read,
    write,
    edit(path, from, to) {
      const parts = read(path).split(from);
      if (parts.length !== 2) throw new Error(`${path} holds the text ${parts.length - 1} times: ${from}`);
      write(path, parts.join(to));
    },
    commit(message, files = {}) {
      for (const [path, text] of Object.entries(files)) write(path, text);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}

/** The example service, committed once on main. `example` is where it lies, for who is not run from this tree. */
export function ordersRepository(directory: string, example = ORDERS): Repository {
  cpSync(example, directory, { recursive: true });
  const repository = newRepository(directory);
  repository.commit('orders');
  return repository;
}

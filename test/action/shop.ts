/** A service in a repository with a pull request, and the workspace that a job on it has. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FakePullRequest } from '../publish/fake-github.ts';
import { newRepository, type Repository } from '../support/repository.ts';

const MAIN = `package main

import (
	"flag"
	"net/http"
)

func main() {
	listen := flag.String("listen", "", "")
	flag.Parse()
	http.HandleFunc("/", greet)
	panic(http.ListenAndServe(*listen, nil))
}
`;

/** What the requests cost: one slice of so many bytes. */
const greet = (bytes: number) => `package main

import "net/http"

func greet(w http.ResponseWriter, _ *http.Request) {
	w.Write(padded(${bytes}))
}

//go:noinline
func padded(size int) []byte {
	return append(make([]byte, 0, size), "hello"...)
}
`;

/** Objects and bytes alone are measured: it takes no valgrind, and seconds. */
export const CONFIG = `service:
  package: .
  name: shop
  args: ["-listen", "127.0.0.1:{port}"]
  ready: GET /
load:
  requests: [GET /]
instruments: [allocs]
`;

const FILES = { 'go.mod': 'module example.com/shop\n\ngo 1.21\n', 'main.go': MAIN, 'perf-gate.yml': CONFIG };

/** Pull request 7 as GitHub knows it, with this head. */
export const openedAt = (sha: string): FakePullRequest => ({
  number: 7,
  isOpen: true,
  head: { sha, ref: 'a-change', owner: 'acme', repository: 'acme/shop' },
});

export interface Shop {
  readonly repository: Repository;
  /** A pull request with these files: its base, which may have others, its head, what it is merged to, and its event. */
  pullRequest(
    files: Readonly<Record<string, string>>,
    baseFiles?: Readonly<Record<string, string>>,
  ): {
    readonly base: string;
    readonly head: string;
    readonly merge: string;
    readonly event: PullRequestEvent;
  };
  /** A workspace as actions/checkout leaves it: one commit and no branch. */
  checkout(commit: string, directory: string): string;
}

interface PullRequestEvent {
  readonly name: 'pull_request';
  readonly payload: object;
}

export const SLOWER = { 'greet.go': greet(4096) };
export const SAME_CODE = { 'README.md': '# A shop\n' };

export function newShop(directory: string): Shop {
  const repository = newRepository(join(directory, 'origin'));
  const main = repository.commit('a shop', { ...FILES, 'greet.go': greet(64) });
  const { git } = repository;
  return {
    repository,
    pullRequest(files, baseFiles) {
      git('checkout', '--quiet', '--detach', main);
      const base = baseFiles === undefined ? main : repository.commit('before it', baseFiles);
      const head = repository.commit('a change', files);
      git('checkout', '--quiet', '--detach', base);
      git('merge', '--quiet', '--no-ff', '--message', 'merge', head);
      const merge = git('rev-parse', 'HEAD');
      git('update-ref', `refs/pull/7/merge-${merge}`, merge);
      const repo = { full_name: 'acme/shop', owner: { login: 'acme' } };
      const pull = { number: 7, head: { sha: head, ref: 'a-change', repo }, base: { ref: 'main', sha: base } };
      const payload = { number: 7, pull_request: pull, repository: { default_branch: 'main' } };
      return { base, head, merge, event: { name: 'pull_request', payload } };
    },
    checkout(commit, name) {
      const workspace = join(directory, name);
      const run = (...args: string[]) => execFileSync('git', args, { cwd: workspace, stdio: 'pipe' });
      execFileSync('git', ['init', '--quiet', workspace], { stdio: 'pipe' });
      run('remote', 'add', 'origin', pathToFileURL(repository.directory).href);
      run('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', commit);
      run('checkout', '--quiet', '--detach', 'FETCH_HEAD');
      return workspace;
    },
  };
}

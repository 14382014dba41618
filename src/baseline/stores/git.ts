/**
 * A branch of a git remote that holds bundles and nothing else. It always has one commit without parents, which every
 * writer replaces, so what is removed is gone and the history never grows. All is done in the person's repository, since
 * that is where the credentials are; its refs, index and files are left alone, only unreferenced objects remain.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { redact } from '../../base/redact.ts';
import { plainText } from '../../base/text.ts';
import { type GitAnswer, type GitOptions, openGit } from '../../git/git.ts';
import { type Key, keyText, parseKey } from '../key.ts';
import { LARGEST_BUNDLE_BYTES, type OpenStore, StoreError, tooLarge } from '../store.ts';

/** Each attempt of many writers at once lets one of them through. */
const ATTEMPTS = 30;
const LONGEST_DELAY_MS = 2000;
const TIMEOUT_MS = 300_000;
const SHOWN_LINES = 5;
/** A command line has its limit. */
const KEYS_AT_ONCE = 500;
const MESSAGE =
  'perf-gate: measured commits [skip ci]\n\nOnly the newest state is kept; perf-gate replaces this commit.';

interface Entry {
  readonly key: Key;
  readonly blob: string;
  readonly size: number;
}

export const gitStore: OpenStore<'git'> = ({ remote, branch, tokenEnv }, { repo, world }) => {
  const ref = `refs/heads/${branch}`;
  const place = `the branch ${branch} of ${redact(remote)}`;
  const token = tokenEnv === undefined ? undefined : world.env[tokenEnv] || undefined;
  if (token !== undefined) world.secrets.add(token, basic(token));
  const { git } = repo;
  /** What was last seen of the branch: what `list` showed can be read even if somebody removes it. */
  let seen: string | undefined;

  /** By URL, not by name: a named remote would get refs/remotes/NAME/BRANCH in the person's repository. */
  const urls = new Map<string, Promise<string>>();
  const urlFor = (action: 'fetch' | 'push'): Promise<string> => {
    const known = urls.get(action) ?? findUrl(action);
    urls.set(action, known);
    return known;
  };

  async function findUrl(action: 'fetch' | 'push'): Promise<string> {
    const answer = await git.ask(['remote', 'get-url', ...(action === 'push' ? ['--push'] : []), '--', remote]);
    const url = answer.exitCode === 0 ? answer.stdout.trim() : remote;
    return token === undefined ? url : url.replace(/^(https?:\/\/)[^/@]*@/, '$1');
  }

  async function network(args: readonly string[], url: string): Promise<GitAnswer> {
    const late = AbortSignal.timeout(TIMEOUT_MS);
    const patient = openGit(repo.root, world.env, AbortSignal.any([world.signal, late]));
    try {
      return await patient.ask(args, { env: credentials(url) });
    } catch (error) {
      world.signal.throwIfAborted();
      if (late.aborted) throw failure(args, `took longer than ${TIMEOUT_MS / 60_000} minutes`);
      throw error;
    }
  }

  /**
   * The token as a header. actions/checkout leaves a header of its own in the config, and git would send both: an empty
   * value forgets those before it. In the environment, so that no other user sees it among the processes.
   */
  function credentials(url: string): Record<string, string> {
    const env = { GIT_TERMINAL_PROMPT: world.env['GIT_TERMINAL_PROMPT'] ?? '0' };
    if (token === undefined || !/^https?:/.test(url)) return env;
    const given = Number(world.env['GIT_CONFIG_COUNT'] ?? 0);
    const name = `http.${url}.extraheader`;
    return {
      ...env,
      GIT_CONFIG_COUNT: `${given + 2}`,
      [`GIT_CONFIG_KEY_${given}`]: name,
      [`GIT_CONFIG_VALUE_${given}`]: '',
      [`GIT_CONFIG_KEY_${given + 1}`]: name,
      [`GIT_CONFIG_VALUE_${given + 1}`]: `AUTHORIZATION: basic ${basic(token)}`,
    };
  }

  function failure([command]: readonly string[], said: string, stderr = ''): StoreError {
    const lines = plainText(world.secrets.clean(stderr)).trim().split('\n');
    return new StoreError(`git ${command} of ${place} ${said}`, {
      hint: hintFor(command, stderr),
      detail: lines.slice(-SHOWN_LINES).join('\n'),
    });
  }

  async function ask(args: readonly string[], url: string): Promise<string> {
    const { exitCode, stdout, stderr } = await network(args, url);
    if (exitCode !== 0) throw failure(args, `failed (exit code ${exitCode})`, stderr);
    return stdout;
  }

  /** The commit of the branch, all of whose objects are here now; undefined where there is no branch yet. */
  async function newest(): Promise<string | undefined> {
    const url = await urlFor('fetch');
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const answer = await ask(['ls-remote', '--quiet', '--', url, ref], url);
      const tip = /^([0-9a-f]{40,64})\t/.exec(answer)?.[1];
      if (tip === undefined || (await isWhole(tip))) {
        seen = tip;
        return tip;
      }
      // No --depth: it would make the whole repository a shallow one. There is no history to leave out.
      const quietly = ['--no-write-fetch-head', '--no-tags', '--no-recurse-submodules', '--no-auto-maintenance'];
      await ask(['fetch', '--quiet', ...quietly, '--', url, ref], url);
      // Else somebody has replaced it in between.
    }
    throw failure(['fetch'], 'never ended: it changes all the time');
  }

  async function isWhole(commit: string): Promise<boolean> {
    return (await git.ask(['rev-list', '--objects', '--quiet', commit])).exitCode === 0;
  }

  async function entriesOf(commit: string | undefined, folder: string): Promise<Entry[]> {
    if (commit === undefined) return [];
    const listed = await git.run(['ls-tree', '-r', '-z', '--long', '--full-tree', commit, '--', folder]);
    return listed.split('\0').flatMap((line) => {
      // Plain files only: no link, no submodule.
      const [, blob, size, path] = /^100644 blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
      const key = path === undefined ? undefined : parseKey(path);
      return key === undefined ? [] : [{ key, blob: blob!, size: Number(size) }];
    });
  }

  async function find(commit: string | undefined, key: Key): Promise<Entry | undefined> {
    const name = keyText(key);
    return (await entriesOf(commit, name)).find((entry) => keyText(entry.key) === name);
  }

  /** Replaces the branch's commit by one whose index `edit` has changed; again, where somebody else was faster. */
  async function publish(edit: (index: GitOptions, directory: string) => Promise<void>): Promise<void> {
    const url = await urlFor('push');
    const directory = await mkdtemp(join(world.temporaryDirectory, 'perf-gate-store-'));
    const index: GitOptions = { env: { GIT_INDEX_FILE: join(directory, 'index') } };
    try {
      for (let attempt = 1; ; attempt++) {
        const old = await newest();
        await git.run(old === undefined ? ['read-tree', '--empty'] : ['read-tree', old], index);
        await edit(index, directory);
        const tree = await git.run(['write-tree'], index);
        if (old !== undefined && tree === (await git.run(['rev-parse', `${old}^{tree}`]))) return;
        const commit = await git.run(['commit-tree', '-m', MESSAGE, tree], { env: identity(world.now()) });
        const lease = `--force-with-lease=${ref}:${old ?? ''}`;
        const plain = ['--no-verify', '--no-signed', '--no-follow-tags', '--recurse-submodules=no'];
        const push = ['push', '--quiet', ...plain, lease, '--', url, `${commit}:${ref}`];
        const { exitCode, stderr } = await network(push, url);
        if (exitCode === 0) {
          seen = commit;
          return;
        }
        const isLost = LOST.test(stderr) || (await newest()) !== old;
        if (!isLost || attempt === ATTEMPTS) throw failure(push, `failed (exit code ${exitCode})`, stderr);
        await pause(Math.random() * Math.min(LONGEST_DELAY_MS, 100 * 2 ** attempt));
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: world.signal }).catch(() => world.signal.throwIfAborted());
  }

  return {
    place,
    list: async (service) => (await entriesOf(await newest(), `${service}/`)).map(({ key }) => key),
    read: async (key) => {
      const entry = (await find(seen, key)) ?? (await find(await newest(), key));
      if (entry === undefined) return undefined;
      if (entry.size > LARGEST_BUNDLE_BYTES) throw tooLarge(place);
      return git.blob(entry.blob);
    },
    write: (key, bytes) =>
      publish(async (index, directory) => {
        const file = join(directory, 'bundle');
        await writeFile(file, bytes);
        const blob = await git.run(['hash-object', '-w', '--no-filters', '--', file]);
        await git.run(['update-index', '--add', '--cacheinfo', `100644,${blob},${keyText(key)}`], index);
      }),
    remove: async (keys) => {
      if (keys.length === 0 || (await newest()) === undefined) return;
      await publish(async (index) => {
        for (let i = 0; i < keys.length; i += KEYS_AT_ONCE) {
          const names = keys.slice(i, i + KEYS_AT_ONCE).map(keyText);
          await git.run(['update-index', '--force-remove', '--', ...names], index);
        }
      });
    },
  };
};

/** What git and servers say of a push that came second. */
const LOST = /stale info|cannot lock ref|failed to update ref|incorrect old value|reference already exists/;

function hintFor(command: string | undefined, stderr: string): string {
  if (/could not read Username|Authentication failed|Permission denied|\b40[13]\b/i.test(stderr)) {
    return command === 'push'
      ? 'to save needs the right to push (GitHub: permissions: contents: write), or name a token with baseline.token-env'
      : 'the clone has no credentials for it (GitHub: actions/checkout with persist-credentials), or name a token with baseline.token-env';
  }
  return 'see baseline.remote and baseline.data-branch in perf-gate.yml';
}

const basic = (token: string) => Buffer.from(`x-access-token:${token}`).toString('base64');

function identity(now: Date): Record<string, string> {
  const date = `${Math.floor(now.getTime() / 1000)} +0000`;
  const roles = ['AUTHOR', 'COMMITTER'].map((role) => [
    [`GIT_${role}_NAME`, 'perf-gate'],
    [`GIT_${role}_EMAIL`, 'perf-gate@localhost'],
    [`GIT_${role}_DATE`, date],
  ]);
  return Object.fromEntries(roles.flat());
}

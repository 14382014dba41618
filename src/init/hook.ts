/**
 * The pre-push hook: written where git has none, and never over anything: where another program looks after the hooks, or
 * there is one already, the lines to add are told instead.
 */
import { chmod, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import { shellWord } from '../process/command.ts';

export type HookOutcome =
  | { readonly kind: 'written'; readonly file: string }
  /** To be added by hand: why, what to add, and to which file. */
  | { readonly kind: 'told'; readonly why: string; readonly file: string; readonly lines: readonly string[] };

/** What a person sets to push without being measured. */
export const SKIP_VARIABLE = 'PERF_GATE_SKIP';

const MARK = '# Written by perf-gate init --hook.';

/** Adds the hook. `config` is the config's name from the root, where it is not found by itself. */
export async function addHook(repo: Repository, config: string | undefined): Promise<HookOutcome> {
  const command = ['npx perf-gate --quick', ...(config === undefined ? [] : ['--config', shellWord(config)])].join(' ');
  const elsewhere = await findManager(repo, command);
  if (elsewhere !== undefined) return elsewhere;
  const file = join(repo.commonDir, 'hooks', 'pre-push');
  const shown = relative(repo.root, file);
  if (await isThere(file)) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (!text.includes(MARK)) {
      const skip = `[ -n "$${SKIP_VARIABLE}" ] || ${command} --head HEAD </dev/null || exit 1`;
      return { kind: 'told', why: 'there is a pre-push hook already', file: shown, lines: [skip] };
    }
  }
  try {
    await mkdir(join(repo.commonDir, 'hooks'), { recursive: true });
    await writeFile(file, script(command));
    await chmod(file, 0o755);
  } catch (error) {
    throw new UserError(`${shown} cannot be written: ${(error as Error).message}`, { cause: error });
  }
  return { kind: 'written', file: shown };
}

/** git says on the standard input what is pushed: local ref, local commit, remote ref, remote commit. */
const script = (command: string) => `#!/bin/sh
${MARK}
# Has a quick look at every branch that is pushed, and stops the push when a request costs more than perf-gate.yml allows.
# Without it, once: ${SKIP_VARIABLE}=1 git push, or git push --no-verify
[ -n "$${SKIP_VARIABLE}" ] && exit 0
while read -r local_ref local_commit _; do
  case $local_ref in refs/heads/* | HEAD) ;; *) continue ;; esac
  ${command} --head "$local_commit" </dev/null && continue
  echo "perf-gate: the push was stopped; ${SKIP_VARIABLE}=1 git push goes ahead without perf-gate" >&2
  exit 1
done
exit 0
`;

const LEFTHOOK = ['lefthook', '.lefthook', '.config/lefthook'].flatMap((name) =>
  ['yml', 'yaml', 'toml', 'json'].map((ending) => `${name}.${ending}`),
);

async function findManager(repo: Repository, command: string): Promise<HookOutcome | undefined> {
  const told = (why: string, file: string, lines: readonly string[]) =>
    ({ kind: 'told', why, file, lines }) satisfies HookOutcome;
  const run = `${command} --head HEAD`;
  for (const name of LEFTHOOK) {
    if (await isThere(join(repo.root, name))) {
      return told('lefthook looks after the hooks', name, [
        'pre-push:',
        '  commands:',
        '    perf-gate:',
        `      run: ${run}`,
      ]);
    }
  }
  if (await isThere(join(repo.root, '.husky'))) return told('husky looks after the hooks', '.husky/pre-push', [run]);
  const preCommit = '.pre-commit-config.yaml';
  if (await isThere(join(repo.root, preCommit))) {
    return told('pre-commit looks after the hooks', preCommit, [
      '- repo: local',
      '  hooks:',
      '    - id: perf-gate',
      '      name: perf-gate',
      `      entry: ${run}`,
      '      language: system',
      '      pass_filenames: false',
      '      stages: [pre-push]',
    ]);
  }
  const path = await hooksPath(repo);
  return path === undefined ? undefined : told('core.hooksPath is set', join(path, 'pre-push'), [run]);
}

/** core.hooksPath as the person has it: our own git commands switch hooks off by the same setting. */
async function hooksPath({ git, root }: Repository): Promise<string | undefined> {
  const { stdout } = await git.ask(['config', '--show-origin', '--get-all', 'core.hooksPath']);
  const own = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('command line:'));
  const path = own.at(-1)?.split('\t').slice(1).join('\t');
  return path === undefined || path === '' ? undefined : relative(root, resolve(root, path)) || '.';
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Getting what a clone lacks. CI systems clone as little as they can. */
import type { Repository } from './repository.ts';

/** Runs `git fetch` with these arguments; false where origin does not give it. No tag and no submodule comes with it. */
export async function fetch(repo: Repository, what: readonly string[]): Promise<boolean> {
  const command = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...what];
  const { exitCode } = await repo.git.ask(command, { env: { GIT_TERMINAL_PROMPT: '0' } });
  return exitCode === 0;
}

/** The part of the doctor that looks at the person's own files: the repository, the base, the config, the run directory. */
import { relative, resolve } from 'node:path';
import { listed } from '../base/text.ts';
import { formatDuration } from '../base/units.ts';
import type { World } from '../base/world.ts';
import type { Config } from '../config/config.ts';
import { findConfig, readConfig } from '../config/read.ts';
import { eachScenario } from '../config/scenarios.ts';
import type { Setting } from '../config/settings.ts';
import { type Finding, failed, looked, ok, repairable, untried } from '../doctor/finding.ts';
import { lookAtBase, lookAtGit } from '../doctor/git-state.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { loadConfig, noConfig } from '../run/project.ts';
import { openRunDirectory } from '../run/run-directory.ts';

export interface Files {
  readonly repo: Repository | undefined;
  readonly loaded: { readonly config: Config; readonly serviceDirectory: string } | undefined;
  readonly findings: readonly Finding[];
}

interface Choices {
  readonly config: string | undefined;
  readonly settings: readonly Setting[];
  readonly output: string;
}

export async function lookAtFiles(options: Choices, world: World): Promise<Files> {
  const opened = await attempt('git', world, () => openRepository(world.cwd, world));
  const repo = opened.value;
  const read = await attempt('config', world, () =>
    repo === undefined ? configAlone(options, world) : loadConfig(repo, options.config, world, options.settings),
  );
  const branch = read.value?.config.baseline.branch;
  const [git, base] = await Promise.all([
    repo === undefined ? opened.finding! : lookAtGit(repo, world),
    repo === undefined ? untried('base', 'there is no repository to find it in') : lookAtBase(repo, branch, world),
  ]);
  // It makes the directory, which git would see.
  const output = await lookAtOutput(resolve(world.cwd, options.output), world);
  const config = read.finding ?? ok('config', described(read.value!.config));
  return { repo, loaded: read.value, findings: [git, base, config, output] };
}

/** What it returns, or the error that it throws as a finding. */
async function attempt<Value>(
  name: string,
  world: World,
  act: () => Promise<Value>,
): Promise<{ readonly value: Value | undefined; readonly finding: Finding | undefined }> {
  try {
    return { value: await act(), finding: undefined };
  } catch (error) {
    const known = repairable(error, world);
    // git itself is the machine's affair, a directory without a repository is the person's.
    const fault = known.code === 'no-git' ? 'here' : undefined;
    return { value: undefined, finding: failed(name, known, fault) };
  }
}

/** The config where there is no repository: one in this directory. */
async function configAlone(options: Choices, { cwd }: World) {
  const path = await findConfig(cwd, cwd, options.config);
  if (path === undefined) {
    throw noConfig(cwd);
  }
  const config = await readConfig(path, cwd, options.settings);
  return { config, serviceDirectory: config.service.dir ?? '.' };
}

function described(config: Config): string {
  const { fileName, service, instruments, budgetMs } = config;
  const loads = eachScenario(config).map(({ scenario, load: { requests, command } }) => {
    const what =
      command !== undefined ? 'a command' : requests.length === 1 ? 'one request' : `${requests.length} requests`;
    return scenario === undefined ? what : `${what} (${scenario})`;
  });
  const budget = formatDuration(budgetMs);
  return `${fileName} is valid: ${service.name}, ${listed(loads)}; ${listed(instruments)}; budget ${budget}`;
}

/** Opens the run directory as a run does, and leaves it at once. */
function lookAtOutput(path: string, world: World): Promise<Finding> {
  return looked('output', world, async () => {
    await using _ = await openRunDirectory(path, world);
    const shown = relative(world.cwd, path) || '.';
    return ok('output', `results go to ${shown}/, and no other run is at work there`);
  });
}

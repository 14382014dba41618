/**
 * The GitHub Action as a function of its runner and its world: inputs in, exit code out. It finds out what the job is
 * about, does what the command line does, and shows the result; first it publishes, then it fails. The verdict is the
 * gate's own.
 */
import { randomUUID } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { wantsColor } from '../base/color.ts';
import { EXIT, type ExitCode, UserError } from '../base/errors.ts';
import { tell } from '../base/tell.ts';
import { withoutWorkflowCommands } from '../base/workflow-commands.ts';
import type { World } from '../base/world.ts';
import { findBase } from '../ci/base.ts';
import { readJob } from '../ci/hosts.ts';
import { type CiJob, subjectOf } from '../ci/job.ts';
import { assertMayMeasure, assertOwnCode } from '../ci/own-code.ts';
import { installValgrind } from '../ci/valgrind.ts';
import { type Report, worstOf } from '../compare/report.ts';
import type { Config } from '../config/config.ts';
import { openRepository } from '../git/repository.ts';
import { openProgress, type Progress } from '../progress/progress.ts';
import { type Annotation, annotationsOfAll, annotationsOfFailure } from '../publish/annotations.ts';
import { documentOfAll, documentOfFailure } from '../publish/document.ts';
import { type Published, type PublishOptions, publish } from '../publish/publish.ts';
import { publishSaved } from '../publish/publish-saved.ts';
import { renderSeveral } from '../report/several.ts';
import { exitCodeOf } from '../run/exit-code.ts';
import { gate } from '../run/gate.ts';
import { loadConfig } from '../run/project.ts';
import { removeEarlierRun } from '../run/run-directory.ts';
import { save as saveCommit } from '../run/save.ts';
import { type Inputs, type OUTPUTS, readInputs } from './action-inputs.ts';
import { NOT_FOR_CHILDREN } from './start-afresh.ts';

/** What of @actions/core is used. */
export type Runner = Pick<typeof import('@actions/core'), 'getInput' | 'setOutput' | 'setSecret'> & {
  error: Annotate;
  warning: Annotate;
  notice: Annotate;
};
type Annotate = (
  message: string,
  properties?: { readonly title?: string; readonly file?: string; readonly startLine?: number },
) => void;

export async function githubAction(runner: Runner, world: World): Promise<ExitCode> {
  const token = runner.getInput('token');
  if (token !== '') runner.setSecret(token);
  try {
    const inputs = readInputs(runner.getInput);
    const job = await readJob(world.env);
    if (job === undefined) throw new UserError('this is no job of GitHub Actions: GITHUB_ACTIONS is not set');
    const action = { inputs, job, runner, world: { ...world, cwd: await directoryOf(inputs, world) } };
    switch (inputs.command) {
      case 'run':
        return await run(action);
      case 'save':
        return await save(action);
      case 'publish':
        return await publishOnly(action);
    }
  } catch (error) {
    annotate(
      runner,
      annotationsOfFailure(error, () => undefined, world.secrets),
    );
    if (runner.getInput('command') !== 'save') setOutputs(runner, { verdict: 'invalid' });
    return tell(error, withoutWorkflowCommands(world));
  }
}

interface Action {
  readonly inputs: Inputs;
  readonly job: CiJob;
  readonly runner: Runner;
  /** In the working directory. */
  readonly world: World;
}

async function directoryOf({ workingDirectory }: Inputs, { cwd }: World): Promise<string> {
  const directory = resolve(cwd, workingDirectory);
  if ((await stat(directory).catch(() => undefined))?.isDirectory()) return directory;
  throw new UserError(`the working-directory ${workingDirectory} is not a directory`, {
    hint: 'it is relative to the workspace; actions/checkout comes first',
  });
}

// ---- run

interface Outcome {
  readonly code: ExitCode;
  /** Undefined where the config did not get so far as to name it. */
  readonly service: string | undefined;
  /** Of each scenario; none where there are no figures, and then there is a failure. */
  readonly reports: readonly Report[];
  readonly failure: unknown;
  /** Of the repository, as far as one was found. */
  readonly root: string;
}

async function run(action: Action): Promise<ExitCode> {
  const { inputs, job, runner, world } = action;
  const { code, service, reports, failure, root } = await asPlainText(action, (log) => measureAndJudge(action, log));
  if (world.signal.aborted) {
    setOutputs(runner, { verdict: 'invalid' });
    return code;
  }
  const inWorkspace = await workspacePaths(root, world);
  const [first] = reports;
  annotate(
    runner,
    first ? annotationsOfAll(reports, inWorkspace) : annotationsOfFailure(failure, inWorkspace, world.secrets),
  );
  const document = first
    ? documentOfAll(first.service, reports)
    : documentOfFailure(service, failure, subjectOf(job), world.secrets);
  // Of a run: what it publishes is about one config.
  const about = { config: [inputs.workingDirectory, inputs.config ?? ''].join('\n') };
  const published = await publish(document, job, { ...deliveryOf(inputs), ...about }, world);
  tellProblems(runner, published);
  const files = resolve(world.cwd, inputs.output);
  setOutputs(runner, {
    verdict: document.verdict,
    'comment-url': published.commentUrl,
    ...(first && {
      findings: findingsIn(reports),
      // Each scenario has a directory of its own in it.
      report: first.scenario === undefined ? join(files, 'report.md') : files,
      'report-json': first.scenario === undefined ? join(files, 'report.json') : files,
      'baseline-source': sourceOf(reports),
    }),
  });
  return code;
}

async function measureAndJudge({ inputs, job }: Action, log: World): Promise<Outcome> {
  const progress = openProgress(log, { isVerbose: isDebugged(log) });
  let service: string | undefined;
  let root = log.cwd;
  try {
    await removeEarlierRun(resolve(log.cwd, inputs.output));
    assertMayMeasure(job);
    const repo = await openRepository(log.cwd, log);
    root = repo.root;
    if (!inputs.allowForeignCode) await assertOwnCode(repo, job, [inputs.head, inputs.base]);
    const { config: written } = await loadConfig(repo, inputs.config, log);
    service = written.service.name;
    const isOurs = inputs.base === undefined && inputs.head === undefined;
    const chosen = isOurs ? await findBase(repo, job) : undefined;
    const base = { base: inputs.base ?? chosen?.commit, baseReason: chosen?.reason };
    // The commit that is checked out, without what earlier steps left in the work tree: the base has none of it.
    const { reports, config } = await gate(
      {
        ...base,
        head: inputs.head ?? 'HEAD',
        config: inputs.config,
        acceptConfig: inputs.acceptConfig,
        // What the base wants measured is measured, whatever the head's file leaves out.
        prepare: (config) => prepare(config, inputs, log, progress),
        output: inputs.output,
      },
      log,
      progress,
    );
    log.stdout.write(renderSeveral(reports, 'text', { color: wantsColor(log) }));
    const code = exitCodeOf(worstOf(reports), config.onInconclusive);
    return { service, root, code, reports, failure: undefined };
  } catch (failure) {
    return { service, root, code: tell(failure, log), reports: [], failure };
  }
}

// ---- save, publish

async function save(action: Action): Promise<ExitCode> {
  const { inputs, job, runner, world } = action;
  assertMayMeasure(job);
  let root = world.cwd;
  let failure: unknown;
  const code = await asPlainText(action, async (log) => {
    try {
      const repo = await openRepository(log.cwd, log);
      root = repo.root;
      // Before anything is installed, too.
      if (!inputs.allowForeignCode) await assertOwnCode(repo, job, []);
      const { config } = await loadConfig(repo, inputs.config, log);
      const progress = openProgress(log, { isVerbose: isDebugged(log) });
      await prepare(config, inputs, log, progress);
      await saveCommit({ config: inputs.config, allowForeignCode: inputs.allowForeignCode }, log, progress);
      return EXIT.pass;
    } catch (error) {
      failure = error;
      return tell(error, log);
    }
  });
  if (failure !== undefined && !world.signal.aborted) {
    annotate(runner, annotationsOfFailure(failure, await workspacePaths(root, world), world.secrets));
  }
  return code;
}

async function publishOnly({ inputs, job, runner, world }: Action): Promise<ExitCode> {
  const published = await publishSaved(resolve(world.cwd, inputs.output), job, deliveryOf(inputs), world);
  tellProblems(runner, published);
  setOutputs(runner, {
    verdict: published.verdict,
    'comment-url': published.commentUrl,
    findings: findingsIn(published.reports),
  });
  return EXIT.pass;
}

// ---- what all of them do

/** Has what the instruments need. */
async function prepare(
  config: Config,
  { installValgrind: may }: Inputs,
  log: World,
  progress: Progress,
): Promise<void> {
  if (may && config.instruments.includes('instructions')) await installValgrind(log, progress);
}

/** Whether somebody runs the job again with debug logging, to see more of it. */
const isDebugged = ({ env }: World) => env['RUNNER_DEBUG'] === '1';

/**
 * A world whose output is shown as it is: the runner would obey a line of the service's log, or a function name, that
 * reads like a command. All of it on one stream, so that nothing overtakes the line that switches commands off. Its
 * environment is one for builds and services of a pull request.
 */
async function asPlainText<Result>({ world, inputs }: Action, act: (log: World) => Promise<Result>): Promise<Result> {
  const token = randomUUID();
  // A whole job may have its token in a variable as well.
  const isForChildren = ([name, value]: [string, string | undefined]) =>
    !NOT_FOR_CHILDREN.test(name) && (value !== inputs.token || !value);
  const env = Object.fromEntries(Object.entries(world.env).filter(isForChildren));
  world.stdout.write(`::stop-commands::${token}\n`);
  try {
    return await act({ ...world, env, stderr: world.stdout });
  } finally {
    world.stdout.write(`\n::${token}::\n`);
  }
}

/** Turns a path of the repository into one of the workspace; undefined for what is not there. */
async function workspacePaths(root: string, { env, cwd }: World) {
  const workspace = await realpath(env['GITHUB_WORKSPACE'] || cwd).catch(() => cwd);
  return (file: string) => {
    const path = relative(workspace, join(root, file));
    return path === '' || path.startsWith('..') ? undefined : path;
  };
}

function annotate(runner: Runner, annotations: readonly Annotation[]): void {
  for (const { level, message, title, file, line } of annotations) {
    runner[level](message, {
      title,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { startLine: line }),
    });
  }
}

const deliveryOf = ({ token, key, summary, comment }: Inputs): PublishOptions => ({
  token,
  key,
  wants: { summary, comment },
});

function tellProblems(runner: Runner, { problems }: Published): void {
  for (const { level, text } of problems) runner[level](text, { title: 'perf-gate' });
}

/** How many figures are over their limit, of the whole service and of functions. */
const findingsIn = (reports: readonly Report[]) =>
  reports
    .flatMap(({ totals, causes }) => [...totals, ...causes.flatMap(({ effects }) => effects)])
    .filter(({ status }) => status === 'over').length;

/** Measured, if the base of any scenario was. */
const sourceOf = (reports: readonly Report[]) =>
  (['measured', 'stored'] as const).find((source) => reports.some((report) => report.baselineSource === source));

function setOutputs(runner: Runner, outputs: Partial<Record<keyof typeof OUTPUTS, string | number | undefined>>): void {
  try {
    for (const [name, value] of Object.entries(outputs)) runner.setOutput(name, value ?? '');
  } catch (error) {
    runner.warning(`the outputs could not be written: ${(error as Error).message}`, { title: 'perf-gate' });
  }
}

/** perf-gate demo: the gate on a small service of which one commit makes a function slower. */
import { cp, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { wantsColor } from '../base/color.ts';
import { EXIT, MeasurementError, UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { formats } from '../report/formats.ts';
import { gate } from '../run/gate.ts';
import { requireTools } from '../run/require-tools.ts';
import { temporaryDirectory } from '../run/temporary-directory.ts';
import type { Command } from './list.ts';
import { progressFor } from './progress-flags.ts';

/** What the second commit makes slower: examples/orders-slower.patch. */
const CULPRIT = {
  function: 'example.com/shop/internal/api.appendDescription',
  file: 'internal/api/list.go',
  line: 120,
};

export const demo: Command<'demo'> = async ({ values }, world) => {
  await requireTools(world);
  const examples = await findExamples();
  const progress = progressFor(world, values);
  const directory = await temporaryDirectory(world);
  try {
    const repository = join(directory.path, 'orders');
    await progress.step(`copying the example service into ${repository}`, () =>
      makeRepository(examples, repository, world),
    );
    const { reports } = await gate(
      { base: 'HEAD~1', head: 'HEAD', config: undefined, output: 'perf-gate-out' },
      { ...world, cwd: repository },
      progress,
    );
    const report = reports[0]!;
    world.stdout.write(formats.text(report, { color: wantsColor(world), isGone: !values.keep }));
    const named = report.causes.some(
      (cause) => cause.function === CULPRIT.function && cause.file === CULPRIT.file && cause.line === CULPRIT.line,
    );
    if (report.verdict !== 'fail' || !named) {
      throw new MeasurementError(
        `the demo's slower function was not named: ${CULPRIT.function} at ${CULPRIT.file}:${CULPRIT.line}`,
        {
          hint: 'this machine or this build of perf-gate cannot be relied upon; please report it with the report above',
        },
      );
    }
    const kept = values.keep
      ? `The repository and the run directory are in ${repository}.`
      : 'Nothing of it is kept; with --keep the repository and its profiles are.';
    world.stdout.write(
      `\nThe demo worked: the gate failed the slower commit and named its function and line.\n${kept}\n`,
    );
    return EXIT.pass;
  } finally {
    if (!values.keep) await directory[Symbol.asyncDispose]();
  }
};

/** examples/ lies beside dist/ in a clone and in the package, and beside src/ in a checkout. */
async function findExamples(): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const up of ['..', '../..']) {
    const found = await realpath(join(here, up, 'examples')).catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new UserError('the examples are not there', { hint: 'run the demo from a clone or an installed package' });
}

/** A repository with two commits: the service as it is, and with one function slower. */
async function makeRepository(examples: string, repository: string, world: World): Promise<void> {
  await cp(join(examples, 'orders'), repository, { recursive: true });
  const env = {
    ...world.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'perf-gate demo',
    GIT_AUTHOR_EMAIL: 'demo@localhost',
    GIT_COMMITTER_NAME: 'perf-gate demo',
    GIT_COMMITTER_EMAIL: 'demo@localhost',
  } as Record<string, string>;
  const git = (...args: string[]) =>
    execa('git', args, { cwd: repository, env, extendEnv: false, cancelSignal: world.signal });
  try {
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'orders');
    await git('apply', join(examples, 'orders-slower.patch'));
    await git('commit', '--quiet', '--all', '--message', 'orders: describe lines with fmt');
  } catch (error) {
    world.signal.throwIfAborted();
    throw new UserError(`the demo needs git: ${(error as Error).message}`, { cause: error });
  }
}

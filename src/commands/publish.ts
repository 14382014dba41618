/** perf-gate publish: the report of a run, or of several, on the pull request that the CI job belongs to. */
import { resolve } from 'node:path';
import { readJob } from '../ci/hosts.ts';
import { type CiJob, subjectOf } from '../ci/job.ts';
import type { Report } from '../compare/report.ts';
import { EXIT, UserError } from '../errors.ts';
import { type Document, documentOfAll, documentOfFailure } from '../publish/document.ts';
import { missingPullRequest, type Published, type PublishOptions, publish } from '../publish/publish.ts';
import { readSavedReports, type SavedReports } from '../publish/saved-reports.ts';
import type { World } from '../world.ts';
import { readFlags } from './flags.ts';
import { type Command, commands } from './list.ts';

export const publishCommand: Command = async (args, world) => {
  const { values } = readFlags(args, commands.publish);
  const job = await readJob(world.env);
  if (job === undefined) {
    throw new UserError('this is no job of a CI system that perf-gate knows, so there is nowhere to publish', {
      hint: 'run it in GitHub Actions or CircleCI',
    });
  }
  const token = world.env['GITHUB_TOKEN'] || undefined;
  const options = { token, key: values.key ?? '', wants: { summary: true, comment: true } };
  const { commentUrl, problems } = await publishSaved(resolve(world.cwd, values.output), job, options, world);
  if (commentUrl !== undefined) world.stdout.write(`${commentUrl}\n`);
  for (const { text } of problems) world.stderr.write(`perf-gate: ${text}\n`);
  return EXIT.pass;
};

/** Publishes what lies in a run directory, or in several beneath one directory as one comment. */
export async function publishSaved(
  directory: string,
  job: CiJob,
  options: PublishOptions,
  world: World,
): Promise<Published & Pick<Document, 'verdict'> & { readonly reports: readonly Report[] }> {
  const { reports, subject } = await savedOrTold(directory, job, options, world);
  const document = documentOfAll(subject, reports);
  const published = await publish(document, job, options, world);
  const problems = [...published.problems, ...missingPullRequest(job, options)];
  return { ...published, problems, verdict: document.verdict, reports };
}

/** Where there is no report, the verdict of an older commit must not go on standing on the pull request. */
async function savedOrTold(
  directory: string,
  job: CiJob,
  options: PublishOptions,
  world: World,
): Promise<SavedReports> {
  try {
    return await readSavedReports(directory, '--output (the input output)');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const wants = { ...options.wants, summary: false };
    const { problems } = await publish(
      documentOfFailure(undefined, error, subjectOf(job)),
      job,
      { ...options, wants },
      world,
    );
    for (const { text } of problems) world.stderr.write(`perf-gate: ${text}\n`);
    throw error;
  }
}

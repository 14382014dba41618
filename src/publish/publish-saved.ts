/** The reports that lie in run directories, on the pull request that a job belongs to. */
import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { type CiJob, subjectOf } from '../ci/job.ts';
import type { Report } from '../compare/report.ts';
import { type Document, documentOfAll, documentOfFailure } from './document.ts';
import { missingPullRequest, type Published, type PublishOptions, publish } from './publish.ts';
import { readSavedReports, type SavedReports } from './saved-reports.ts';

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
      documentOfFailure(undefined, error, subjectOf(job), world.secrets),
      job,
      { ...options, wants },
      world,
    );
    for (const { text } of problems) world.stderr.write(`perf-gate: ${text}\n`);
    throw error;
  }
}

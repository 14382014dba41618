/** perf-gate publish: the report of a run, or of several, on the pull request that the CI job belongs to. */
import { resolve } from 'node:path';
import { EXIT, UserError } from '../base/errors.ts';
import { readJob } from '../ci/hosts.ts';
import { publishSaved } from '../publish/publish-saved.ts';
import type { Command } from './list.ts';

export const publish: Command<'publish'> = async ({ values }, world) => {
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

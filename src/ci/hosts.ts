/** The CI systems that we know. One more is one file and one line here. */
import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../base/errors.ts';
import { circleci } from './circleci.ts';
import { github } from './github.ts';
import type { CiHost, CiJob, Environment } from './job.ts';

export const hosts: readonly CiHost[] = [github, circleci];

/** GitHub caps what it sends at 25 MB. */
const LARGEST_EVENT_BYTES = 25e6;

/** Whether this is a clone that was made for a job, and not a person's. */
export const isInJob = (env: Environment): boolean => hosts.some(({ isHere }) => isHere(env));

/** Whether nobody sits in front of this: a job of a system that we know, or one that says so as nearly all do. */
export const isInCi = (env: Environment): boolean => isInJob(env) || /^(1|true|yes)$/i.test(env['CI'] ?? '');

/** The job that we run in; undefined outside of CI, and in a CI system that we do not know. */
export async function readJob(env: Environment): Promise<CiJob | undefined> {
  const host = hosts.find(({ isHere }) => isHere(env));
  if (host === undefined) return undefined;
  const file = host.eventFile(env);
  return host.read(env, file === undefined ? undefined : await readEvent(file));
}

async function readEvent(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > LARGEST_EVENT_BYTES) throw new Error('it is larger than 25 MB');
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`the event of this job cannot be read from ${file}: ${(cause as Error).message}`, { cause });
  }
}

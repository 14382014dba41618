/** The bench for a run: the config's load as a scenario, and the cores of this machine. */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RequestConfig } from '../config/config.ts';
import { configDirectory } from '../config/places.ts';
import { UserError } from '../errors.ts';
import { makeScenario } from '../load/scenario.ts';
import type { Bench } from '../measure/bench.ts';
import { allowedCores } from '../service/affinity.ts';
import type { Job } from './gate-build.ts';

export async function benchFor(
  { config, work, world, progress }: Pick<Job, 'config' | 'work' | 'world' | 'progress'>,
  root: string,
): Promise<Bench> {
  const directory = resolve(root, configDirectory(config.fileName));
  const requests = await Promise.all(config.load.requests.map((request) => requestOf(request, directory)));
  const scratch = join(work, 'run');
  await mkdir(scratch, { mode: 0o700 });
  return {
    config,
    scenario: makeScenario(requests),
    world,
    signal: world.signal,
    scratch,
    cores: allowedCores(world.cores),
    progress,
    warnings: [],
  };
}

async function requestOf(
  { name, method, path, headers, body, bodyFile, expect, weight }: RequestConfig,
  directory: string,
) {
  const file = bodyFile === undefined ? undefined : resolve(directory, bodyFile);
  const content =
    file === undefined
      ? body
      : await readFile(file).catch((cause: Error) => {
          throw new UserError(`request "${name}": its body cannot be read: ${cause.message}`, {
            cause,
            hint: 'body-file is relative to the directory of perf-gate.yml',
          });
        });
  return {
    name,
    method,
    path,
    headers,
    ...(content === undefined ? {} : { body: content }),
    expect: expect === 'any 2xx' ? ('2xx' as const) : expect,
    weight,
  };
}

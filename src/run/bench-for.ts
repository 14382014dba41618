/** The bench for a run: the config's load as a scenario or a command, and the cores of this machine. */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { LoadConfig, ServiceConfig } from '../config/config.ts';
import { configDirectory } from '../config/places.ts';
import { openCommand } from '../load/command-open.ts';
import type { Bench, ServiceInputs } from '../measure/bench.ts';
import type { MeasureWarning } from '../measure/manifest.ts';
import { allowedCores } from '../process/affinity.ts';
import type { Job } from './build-sides.ts';
import { scenarioOf } from './prepare-requests.ts';

/** What is sent, ready to be: the requests of a load, or the command that sends them. */
export type OpenLoad = Pick<Bench, 'scenario' | 'command'>;

/**
 * Paths in the load are relative to `directory`. Throws a UserError where a file, a secret or a tool is not there.
 */
export async function openLoad(
  load: LoadConfig,
  directory: string,
  { world, progress }: Pick<Job, 'world' | 'progress'>,
): Promise<OpenLoad> {
  if (load.command === undefined) return { scenario: await scenarioOf(load, directory, world), command: undefined };
  const command = await openCommand(load.command, directory, world);
  progress.detail(`the load is sent by ${command.version}`);
  return { scenario: { requests: [] }, command };
}

/**
 * `name` is that of its directory in the run's temporary directory: short, since paths of sockets are. `load` is in place
 * of what the config's would be when opened in its own directory.
 */
export async function benchFor(
  { config, work, world, progress }: Pick<Job, 'config' | 'work' | 'world' | 'progress'>,
  root: string,
  name = 'run',
  load?: OpenLoad,
): Promise<Bench> {
  const directory = resolve(root, configDirectory(config.fileName));
  const inputs = await inputsOf(config.service, directory);
  tellIfUnchecked(config.service, progress);
  const { scenario, command } = load ?? (await openLoad(config.load, directory, { world, progress }));
  const scratch = join(work, name);
  await mkdir(scratch, { mode: 0o700 });
  const cores = allowedCores(world.cores);
  progress.detail(`services may be put on the cores ${cores.join(', ')}`);
  return {
    config,
    inputs,
    scenario,
    command,
    world,
    signal: world.signal,
    run: work,
    scratch,
    cores,
    progress,
    efforts: new Map(),
    warnings: cores.length === 1 && config.instruments.includes('cpu') ? [ONE_CORE] : [],
  };
}

const ONE_CORE: MeasureWarning = {
  code: 'one-core',
  text: 'there is one core, which both sides share with what puts the load on them: cpu time says less, exact counts are as they are anywhere',
};

/** It is our own service on this machine, so nobody can stand between; but who reads along should know. */
function tellIfUnchecked({ protocol, tls }: ServiceConfig, progress: Job['progress']): void {
  if (tls.ca !== undefined || (protocol !== 'https' && protocol !== 'h2')) return;
  progress.detail('the certificate of the service is not checked: service.tls.ca names nobody to trust');
}

async function inputsOf({ files, tls }: ServiceConfig, directory: string): Promise<ServiceInputs> {
  const read = (path: string, key: string) =>
    readFile(resolve(directory, path), 'utf8').catch((cause: Error) => {
      throw new UserError(`${key} cannot be read: ${cause.message}`, {
        cause,
        hint: 'its path is relative to the directory of perf-gate.yml',
      });
    });
  const texts = await Promise.all(
    Object.entries(files).map(async ([path, file]) => [
      path,
      'text' in file ? file.text : await read(file.template, `the template of service.files, ${file.template},`),
    ]),
  );
  const ca = tls.ca === undefined ? undefined : await read(tls.ca, `service.tls.ca, ${tls.ca},`);
  return { files: Object.fromEntries(texts), ca };
}

/** The requests of the config as they are sent: bodies read from their files, secrets taken from the environment. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { LoadConfig, RequestConfig, StepConfig } from '../config/config.ts';
import { secretsIn, withSecrets } from '../config/secrets.ts';
import { makeScenario, type RequestInput, type Scenario, type StepInput } from '../load/scenario.ts';

/** The scenario of a load; paths of bodies are relative to `directory`. */
export async function scenarioOf(
  load: LoadConfig,
  directory: string,
  world: Pick<World, 'env' | 'secrets'>,
): Promise<Scenario> {
  const sender: Sender = { load, directory, world };
  const requests = await Promise.all(load.requests.map((request) => requestOf(request, sender)));
  return makeScenario(requests);
}

interface Sender {
  readonly load: LoadConfig;
  readonly directory: string;
  /** Its secrets learn everything that is put in. */
  readonly world: Pick<World, 'env' | 'secrets'>;
}

async function requestOf(request: RequestConfig, sender: Sender): Promise<RequestInput> {
  const { weight, steps } = request;
  const first = await stepOf({ ...request, isJson: false }, sender);
  return { ...first, weight, steps: await Promise.all(steps.map((step) => stepOf(step, sender))) };
}

async function stepOf(step: StepConfig, sender: Sender): Promise<StepInput> {
  const { name, method, path, expect, answer, capture, isJson } = step;
  const body = await bodyOf(step, sender.directory);
  return {
    name,
    method,
    path,
    headers: headersOf(step, sender),
    ...(body === undefined ? {} : { body }),
    isJson,
    expect: expect === 'any 2xx' ? '2xx' : expect,
    answer,
    capture,
  };
}

async function bodyOf(
  { name, body, bodyFile }: StepConfig,
  directory: string,
): Promise<string | Uint8Array | undefined> {
  if (bodyFile === undefined) return body;
  return readFile(resolve(directory, bodyFile)).catch((cause: Error) => {
    throw new UserError(`request "${name}": its body cannot be read: ${cause.message}`, {
      cause,
      hint: 'body-file is relative to the directory of perf-gate.yml',
    });
  });
}

function headersOf({ name, headers }: StepConfig, sender: Sender): Record<string, string> {
  const { basicAuth } = sender.load;
  const filled = Object.entries(headers).map(([header, value]) => [header, filledIn(value, name, sender)] as const);
  const all = Object.fromEntries(filled);
  if (basicAuth === undefined || 'authorization' in all) return all;
  const credentials = Buffer.from(filledIn(basicAuth, name, sender)).toString('base64');
  sender.world.secrets.add(credentials);
  return { ...all, authorization: `Basic ${credentials}` };
}

function filledIn(text: string, request: string, { world: { env, secrets } }: Sender): string {
  const names = secretsIn(text);
  const filled = withSecrets(text, (name) => {
    const value = env[name];
    if (value === undefined || value === '') {
      throw new UserError(`request "${request}": the environment has no ${name}`, {
        hint: `set ${name}, in CI as a secret of the job; pull requests of forks are not given any`,
      });
    }
    if (/[\r\n\0]/.test(value)) {
      throw new UserError(`request "${request}": what the environment has as ${name} is more than one line`, {
        hint: 'a header is one line: take the line break from its end',
      });
    }
    secrets.add(value);
    return value;
  });
  if (names.length > 0) secrets.add(filled);
  return filled;
}

/** The flags of perf-gate init. What goes into perf-gate.yml as it was given is checked by the rules of that file. */

import { UserError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import { parseConfig } from '../config/parse.ts';
import { ConfigError } from '../config/problem.ts';
import type { GivenTo } from './given.ts';

export interface InitOptions {
  /** As written, relative to where perf-gate is run. */
  readonly package: string | undefined;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly setup: readonly string[];
  /** As YAML, each on one line. */
  readonly requests: readonly string[];
  readonly isForced: boolean;
  readonly withHook: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export function readInitOptions({ values }: GivenTo<'init'>): InitOptions {
  const given = {
    args: values.arg,
    env: Object.fromEntries(values.env.map(readVariable)),
    setup: values.setup,
  };
  check(
    '--arg, --env or --setup',
    `service: ${JSON.stringify({ package: '.', ...given })}\nload: { requests: [GET /] }\n`,
  );
  for (const request of values.request) {
    if (/[\r\n]/.test(request)) throw new UserError('--request takes one request on one line');
    check('--request', `service: { package: . }\nload:\n  requests:\n    - ${request}\n`);
  }
  return {
    ...given,
    package: values.package?.replace(/\/+$/, ''),
    requests: values.request,
    isForced: values.force,
    withHook: values.hook,
    quiet: values.quiet,
    verbose: values.verbose,
  };
}

function readVariable(text: string): [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new UserError(`--env takes NAME=value, not "${plainText(text)}"`, {
    hint: 'for example --env LOG_LEVEL=error',
  });
}

/** What goes into the file as it was given must be legal there. */
function check(flags: string, yaml: string): void {
  try {
    parseConfig(yaml, flags);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [{ message, hint } = { message: error.message, hint: undefined }] = error.problems;
    const plain = message.replace(/^(service|load)\.\S+: /, '');
    throw new UserError(`${flags}: ${plain}`, { cause: error, ...(hint === undefined ? {} : { hint }) });
  }
}

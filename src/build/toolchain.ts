/**
 * The Go that builds a checkout: found from inside it, because the go and toolchain lines of its go.mod choose.
 */
import { UserError } from '../base/errors.ts';
import { ask, type Command, type Environment, withCommand } from '../process/command.ts';

export interface Toolchain {
  /** `go1.26.8`. */
  readonly version: string;
  readonly root: string;
  readonly os: string;
  readonly arch: string;
  /** GOFLAGS as they hold: from the environment or from the file of `go env -w`. */
  readonly flags: string;
  /** The answer of `go env`, all variables that were asked for. */
  readonly variables: Readonly<Record<string, string>>;
}

export const OLDEST_GO = '1.18';

const VARIABLES = [
  ...['GOVERSION', 'GOROOT', 'GOOS', 'GOARCH', 'GOFLAGS', 'GOTOOLCHAIN', 'CGO_ENABLED', 'GOAMD64', 'GOARM64'],
  ...['GOEXPERIMENT', 'GOWORK', 'CC', 'CXX', 'CGO_CFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'],
];

/** The Go toolchain for the checkout in `cwd`. Throws a UserError when there is none that can build it. */
export async function findGo(
  env: Environment,
  cwd: string,
  { signal = new AbortController().signal, logFile }: { signal?: AbortSignal; logFile?: string | undefined } = {},
): Promise<Toolchain> {
  const go = (args: readonly string[]): Command => ({ command: 'go', args, cwd, env, signal, logFile });
  const environment = go(['env', '-json', ...VARIABLES]);
  const answer = await ask(environment).catch((error: unknown) => {
    throw isMissing(error) ? missingGo(error) : error;
  });
  if (answer.exitCode !== 0) throw unsuitable(answer.output, environment);
  const variables = parse(answer.stdout, environment);
  const version = variables['GOVERSION'] ?? '';
  if (isOlder(version, OLDEST_GO)) {
    throw new UserError(`Go ${version.replace(/^go/, '')} is too old: perf-gate needs Go ${OLDEST_GO} or newer`, {
      hint: `install a newer Go (${DOWNLOAD})`,
      detail: `$ go version\ngo version ${version} (${variables['GOROOT']})`,
    });
  }
  // `go env` does not mind a go.mod that wants a newer Go (GOTOOLCHAIN=local); everything else does.
  const modules = go(['list', '-m']);
  const listed = await ask(modules);
  if (listed.exitCode !== 0 && WANTS_NEWER.test(listed.output)) throw unsuitable(listed.output, modules);
  return {
    version,
    root: variables['GOROOT'] ?? '',
    os: variables['GOOS'] ?? '',
    arch: variables['GOARCH'] ?? '',
    flags: variables['GOFLAGS'] ?? '',
    variables,
  };
}

const DOWNLOAD = 'https://go.dev/dl/; in GitHub Actions: actions/setup-go; in CircleCI: the image cimg/go';
/** How to get Go, for whoever has none. */
export const GET_GO = `install Go ${OLDEST_GO} or newer (${DOWNLOAD})`;
const WANTS_NEWER = /requires go >= |toolchain not available|toolchain (?:upgrade|download)|invalid go version/;

function unsuitable(output: string, command: Command): UserError {
  const line = output
    .split('\n')
    .find((text) => WANTS_NEWER.test(text))
    ?.trim();
  if (line === undefined) {
    const hasNoHome = /neither \$XDG_CACHE_HOME nor \$HOME are defined/.test(output);
    return new UserError('go does not answer in this checkout', {
      detail: withCommand(output, command),
      ...(hasNoHome ? { hint: 'set HOME, or GOCACHE and GOPATH: go keeps its cache and its modules there' } : {}),
    });
  }
  return new UserError(`go.mod wants a newer Go than there is: ${line}`, {
    hint: `install that version, or let go fetch it with GOTOOLCHAIN=auto (${DOWNLOAD})`,
    detail: withCommand(output, command),
  });
}

const isMissing = (error: unknown): error is UserError =>
  error instanceof UserError && /is go installed/.test(error.hint ?? '');

const missingGo = (cause: UserError) =>
  new UserError('there is no go command on PATH', {
    hint: GET_GO,
    cause,
  });

function parse(text: string, command: Command): Record<string, string> {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch (cause) {
    throw new UserError('go env does not answer as it should: is `go` the Go command?', {
      detail: withCommand(text, command),
      cause,
    });
  }
}

/** Whether a version such as `go1.17.13` is older than `1.18`; one that cannot be read (a development version) is not. */
function isOlder(version: string, oldest: string): boolean {
  const numbers = (text: string) => /(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number) ?? [];
  const [major, minor] = numbers(version);
  const [oldestMajor, oldestMinor] = numbers(oldest);
  if (major === undefined || minor === undefined || oldestMajor === undefined || oldestMinor === undefined)
    return false;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

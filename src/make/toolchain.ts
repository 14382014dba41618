/** The Go toolchain as it is in one directory: go.mod, go.work and GOTOOLCHAIN choose it. */
import { MeasurementError, UserError } from '../errors.ts';
import { ask, type Environment, failure } from './command.ts';

export interface Toolchain {
  /** `go1.26.8`. */
  readonly version: string;
  /** What `go env` says of the settings that can change a number. */
  readonly settings: Readonly<Record<string, string>>;
}

const SETTINGS = [
  ...['GOVERSION', 'GOOS', 'GOARCH', 'GOAMD64', 'GOARM64', 'GOEXPERIMENT', 'CGO_ENABLED', 'GOFLAGS', 'GODEBUG'],
  ...['CGO_CFLAGS', 'CC', 'GOFIPS140'],
];
const OLDEST_MINOR = 18;

export async function findToolchain(directory: string, env: Environment, signal: AbortSignal): Promise<Toolchain> {
  const question = { command: 'go', args: ['env', '-json', ...SETTINGS], cwd: directory, env, signal };
  const answer = await ask(question).catch((error: unknown) => {
    if (error instanceof MeasurementError && /ENOENT/.test(error.message)) {
      throw new UserError('go is not installed, or not on PATH', {
        hint: 'install Go: https://go.dev/doc/install',
        cause: error,
      });
    }
    throw error;
  });
  if (answer.exitCode !== 0) {
    if (/requires go >= |requires newer Go|toolchain not available/.test(answer.stderr)) {
      throw new MeasurementError('the service wants a newer Go than there is', {
        detail: answer.stderr.trim(),
        hint: 'install that Go, or let this one fetch it: GOTOOLCHAIN=auto',
      });
    }
    throw failure(question, answer);
  }
  const said = JSON.parse(answer.stdout) as Record<string, string>;
  const settings = Object.fromEntries(SETTINGS.map((name) => [name, said[name] ?? '']));
  const version = settings['GOVERSION'] ?? '';
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1]);
  if (minor < OLDEST_MINOR)
    throw new MeasurementError(`${version} is too old`, { hint: `perf-gate needs Go 1.${OLDEST_MINOR} or newer` });
  return { version, settings };
}

/**
 * Any program that can keep bytes under a name. It is run with `sh -c` in the directory of perf-gate.yml, and called
 *
 *     COMMAND list SERVICE    writes the keys of that service to its standard output, one a line
 *     COMMAND read KEY        writes the bundle to its standard output; exit code 44: there is none
 *     COMMAND write KEY       reads the bundle from its standard input
 *     COMMAND remove KEY      forgets it; it is no mistake if there is none
 *
 * A KEY is one word like a path, of letters, digits, `.`, `_`, `-` and one `/`. Exit code 0 says that it is done; any
 * other is a failure, with the reason on the standard error. More than two minutes is a failure too.
 */
import { plainText } from '../../base/text.ts';
import { type Ran, runProgram } from '../../process/program.ts';
import { type Key, keyText, parseKey } from '../key.ts';
import { LARGEST_BUNDLE_BYTES, type OpenStore, StoreError, tooLarge } from '../store.ts';

const NOT_THERE = 44;
const TIMEOUT_MS = 120_000;
const LARGEST_LIST_BYTES = 10_000_000;
const SHOWN_LINES = 10;

interface Call {
  readonly args: readonly [action: string, name: string];
  readonly input?: Uint8Array;
  readonly largestBytes: number;
}

export const execStore: OpenStore<'exec'> = ({ command }, { world, directory }) => {
  const place = `the command ${command}`;

  async function call({ args, input, largestBytes }: Call): Promise<Uint8Array | undefined> {
    const { env, signal } = world;
    const ran = await runProgram({
      ...{ command: 'sh', args: ['-c', `${command} "$@"`, 'sh', ...args], cwd: directory, env, input, signal },
      timeoutMs: TIMEOUT_MS,
      stdout: { mostBytes: largestBytes, keptBytes: largestBytes },
      stderr: { mostBytes: LARGEST_LIST_BYTES, keptBytes: LARGEST_LIST_BYTES },
    }).catch((cause: Error) => {
      if (signal.aborted) throw cause;
      throw failure(args, `could not be run: ${cause.message}`);
    });
    if (ran.end === 'late') throw failure(args, `took longer than ${TIMEOUT_MS / 60_000} minutes`);
    if (ran.end === 'too much output') throw tooLarge(place);
    if (ran.exitCode === 0) return ran.stdout;
    if (ran.exitCode === NOT_THERE && args[0] === 'read') return undefined;
    throw failure(args, reasonOf(ran), ran.stderr);
  }

  function failure(args: readonly string[], said: string, stderr?: Uint8Array): StoreError {
    const lines = plainText(Buffer.from(stderr ?? []).toString('utf8'))
      .trim()
      .split('\n');
    return new StoreError(`${command} ${args.join(' ')} ${said}`, {
      hint: 'see baseline.command in perf-gate.yml',
      detail: lines.slice(-SHOWN_LINES).join('\n'),
    });
  }

  return {
    place,
    list: async (service) => {
      const answer = await call({ args: ['list', service], largestBytes: LARGEST_LIST_BYTES });
      const keys = Buffer.from(answer ?? [])
        .toString('utf8')
        .split(/\r?\n/)
        .flatMap((line) => parseKey(line.trim()) ?? []);
      return keys.filter((key) => key.service === service);
    },
    read: (key) => call({ args: ['read', keyText(key)], largestBytes: LARGEST_BUNDLE_BYTES }),
    write: async (key, bytes) => {
      await call({ args: ['write', keyText(key)], input: bytes, largestBytes: LARGEST_LIST_BYTES });
    },
    remove: async (keys: readonly Key[]) => {
      for (const key of keys) await call({ args: ['remove', keyText(key)], largestBytes: LARGEST_LIST_BYTES });
    },
  };
};

const reasonOf = ({ exitCode, signal }: Ran) =>
  exitCode === undefined ? `was ended by ${signal}` : `failed (exit code ${exitCode})`;

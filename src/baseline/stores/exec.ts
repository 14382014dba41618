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
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { plainText } from '../../base/text.ts';
import { ended } from '../../process/ended.ts';
import { signalGroup } from '../../process/group.ts';
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
    world.signal.throwIfAborted();
    const late = AbortSignal.timeout(TIMEOUT_MS);
    const stop = AbortSignal.any([world.signal, late]);
    const child = execa('sh', ['-c', `${command} "$@"`, 'sh', ...args], {
      cwd: directory,
      env: world.env as Record<string, string>,
      extendEnv: false,
      reject: false,
      buffer: false,
      detached: true,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
    });
    const killAll = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
    const output = collect(child.stdout, largestBytes, killAll);
    const complaints = collect(child.stderr, LARGEST_LIST_BYTES, killAll);
    stop.addEventListener('abort', killAll, { once: true });
    // At once: what it leaves behind keeps our end of the output open.
    child.once('exit', killAll);
    const early = ended(child).then(({ code }) => ({ exitCode: code ?? undefined, originalMessage: 'it was killed' }));
    const { exitCode, originalMessage } = await Promise.race([child, early.catch(() => child)]).finally(() =>
      stop.removeEventListener('abort', killAll),
    );
    world.signal.throwIfAborted();
    if (late.aborted) throw failure(args, `took longer than ${TIMEOUT_MS / 60_000} minutes`);
    if (output.isTooLong()) throw tooLarge(place);
    if (exitCode === 0) return output.bytes();
    if (exitCode === NOT_THERE && args[0] === 'read') return undefined;
    const said = exitCode === undefined ? `could not be run: ${originalMessage}` : `failed (exit code ${exitCode})`;
    throw failure(args, said, complaints.bytes());
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

/** All of a stream, unless it is longer than it may be: then `stop` is called. */
function collect(stream: Readable, largestBytes: number, stop: () => void) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.on('data', (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > largestBytes) stop();
    else chunks.push(chunk);
  });
  return { bytes: (): Uint8Array => Buffer.concat(chunks), isTooLong: () => size > largestBytes };
}

/**
 * A person's mistake and what perf-gate says to it: a repository whose head costs a little more than its base, the whole
 * program on it, and the proof that nothing of a run is left.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { type ExitCode, Interrupted } from '../../src/base/errors.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';

const SERVICE = fileURLToPath(new URL('../fixtures/mistakes', import.meta.url));

export const SERVICE_CONFIG = `service:
  package: .
  args: ["-listen", "127.0.0.1:{port}"]
  ready: GET /healthz
`;
/** Few requests, and limits that their noise does not reach. */
export const FEW = `load: { requests: [GET /price], count: 20, warmup: 20 }
limits:
  objects: { total: +300%, function: off }
  bytes: { total: +300%, function: off }
budget: 1s
`;
/** As fast as it gets: nothing that needs valgrind. */
export const QUICK = `${FEW}instruments: [allocs]\n`;

/** The service's config with this mistake in its arguments. */
export const making = (mistake: string, rest = QUICK) =>
  `${SERVICE_CONFIG.replace('["-listen"', `["-mistake", ${JSON.stringify(mistake)}, "-listen"`)}${rest}`;

export interface Attempt {
  /** Text of perf-gate.yml; none where it is not given. */
  readonly config?: string;
  /** Below the repository, or absolute; the repository itself where it is not given. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The bench's own where it is not given. */
  readonly temporaryDirectory?: string;
  /** Names no base. */
  readonly findsBase?: boolean;
  /** Ctrl-C so many milliseconds after the first line of progress that holds the text. */
  readonly interruptAt?: { readonly text: string; readonly afterMs: number };
}

export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  /** What was said beside the progress, with the scratch directory as `~`. */
  readonly said: string;
  readonly progress: string;
  /** From Ctrl-C to the end; undefined where there was none. */
  readonly stoppedAfterMs: number | undefined;
}

export class Bench {
  readonly directory = scratchDirectory();
  readonly repository: Repository;
  readonly temporary = join(this.directory, 'tmp');
  #untouched = '';

  constructor(name = 'repository') {
    mkdirSync(this.temporary);
    const directory = join(this.directory, name);
    cpSync(SERVICE, directory, { recursive: true });
    this.repository = newRepository(directory);
    this.repository.commit('base', { '.gitignore': '/perf-gate-out/\n' });
    this.repository.edit('prices/prices.go', 'list = 400', 'list = 401');
    this.repository.commit('head');
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }

  /** perf-gate with these arguments, HEAD~1 being the base of a run that names none. */
  async attempt(args: readonly string[], attempt: Attempt = {}): Promise<Outcome> {
    const { config, interruptAt } = attempt;
    if (config !== undefined) this.repository.write('perf-gate.yml', config);
    this.remember();
    const stop = new AbortController();
    let stoppedAt: number | undefined;
    let said = '';
    let isPlanned = false;
    const interrupt = () => {
      stoppedAt = performance.now();
      stop.abort(new Interrupted('interrupted (SIGINT)'));
    };
    const write = (text: string) => {
      said += text;
      if (interruptAt === undefined || isPlanned || !text.includes(interruptAt.text)) return;
      isPlanned = true;
      setTimeout(interrupt, interruptAt.afterMs);
    };
    const isRun = args.length === 0 || args[0]?.startsWith('-') || args[0] === 'run';
    const isGiven = args.includes('--base') || attempt.findsBase === true;
    const all = isRun && !isGiven ? [...args, '--base', 'HEAD~1'] : args;
    const temporary = attempt.temporaryDirectory ?? this.temporary;
    const { code, out } = await perfGate(resolve(this.repository.directory, attempt.cwd ?? '.'), all, {
      env: { ...process.env, TMPDIR: temporary, ...attempt.env },
      temporaryDirectory: temporary,
      signal: stop.signal,
      stderr: { write, isTerminal: false },
    });
    return {
      code,
      out: out.replaceAll(this.directory, '~'),
      ...this.heard(said),
      stoppedAfterMs: stoppedAt === undefined ? undefined : performance.now() - stoppedAt,
    };
  }

  /** What was written to the error stream: progress, and what was said beside it. */
  heard(written: string): Pick<Outcome, 'said' | 'progress'> {
    const isProgress = (line: string) => /^ *\d+\.\d s {2}/.test(line);
    const lines = written.replaceAll(this.directory, '~').split('\n');
    const some = (chosen: (line: string) => boolean) => lines.filter(chosen).join('\n');
    return { said: some((line) => !isProgress(line)), progress: some(isProgress) };
  }

  /** Takes the repository as it is now for untouched. */
  remember(): void {
    this.#untouched = this.#state();
  }

  /** Fails if anything of the last attempt is left. Afterwards there is no config and no run directory. */
  async expectNothingLeft(): Promise<void> {
    const { directory } = this.repository;
    await untilGone(() => processesOf(this.directory));
    expect(readdirSync(this.temporary)).toEqual([]);
    expect(this.repository.git('worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
    expect(existsSync(join(directory, '.git/worktrees'))).toBe(false);
    expect(this.#state()).toBe(this.#untouched);
    expect(existsSync(join(directory, 'perf-gate-out.unfinished'))).toBe(false);
    rmSync(join(directory, 'perf-gate-out'), { recursive: true, force: true });
    rmSync(join(directory, 'perf-gate.yml'), { force: true });
  }

  /** A PATH of these tools of the machine alone, and of shell scripts in place of others. */
  pathOf(tools: readonly string[], scripts: Readonly<Record<string, string>> = {}): string {
    const directory = mkdtempSync(this.path('bin-'));
    for (const tool of tools) symlinkSync(locationOf(tool), join(directory, tool));
    for (const [name, text] of Object.entries(scripts)) {
      writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    return directory;
  }

  remove(): void {
    removeDirectory(this.directory);
  }

  /** All that a run may not change of the repository. */
  #state(): string {
    const { directory, git } = this.repository;
    const index = readFileSync(join(directory, '.git/index')).toString('hex');
    return [git('--no-optional-locks', 'status', '--porcelain'), git('for-each-ref'), git('stash', 'list'), index].join(
      '\n\n',
    );
  }
}

function locationOf(tool: string): string {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  const found = directories.map((directory) => join(directory, tool)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`these tests need ${tool} on PATH`);
  return found;
}

/** Processes that were started from the directory, or with it in their arguments or environment. */
function processesOf(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const texts = ['cmdline', 'environ'].map((name) => ofProcess(() => readFileSync(`/proc/${pid}/${name}`, 'utf8')));
      const isOurs = [...texts, ofProcess(() => readlinkSync(`/proc/${pid}/exe`))].some((text) =>
        text.includes(directory),
      );
      return isOurs ? [`${pid} ${texts[0]!.replaceAll('\0', ' ')}`] : [];
    });
}

/** The answer of /proc; nothing for a process that has just ended, or is the kernel's. */
function ofProcess(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** go may leave a short-lived process behind that does its own housekeeping. */
async function untilGone(find: () => readonly string[]): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (find().length > 0 && performance.now() < deadline) await sleep(50);
  expect(find()).toEqual([]);
}

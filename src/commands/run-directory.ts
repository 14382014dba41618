/**
 * The run directory (`perf-gate-out/`): written beside its place and put there in one step, so that a half-written one
 * is never taken for a whole. One that is there already is replaced only if it is ours.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ChangeRecord } from '../compare/changed-code.ts';
import type { Report } from '../compare/report.ts';
import { UserError } from '../errors.ts';
import type { SideName } from '../measure/manifest.ts';
import { formats } from '../report/formats.ts';
import { isRunning } from '../service/group.ts';
import { plainText } from '../service/log.ts';
import type { World } from '../world.ts';

export interface RunDirectory extends AsyncDisposable {
  /** Where it will be. */
  readonly path: string;
  /** As a person in the World's directory would type it. */
  readonly shown: string;
  side(name: SideName): string;
  writeChanges(record: ChangeRecord): Promise<void>;
  /** Writes the report in every format and puts the directory in its place. */
  finish(report: Report): Promise<Report>;
}

/** What a run directory holds: the report in any case, and nothing else than these. */
const REPORT = 'report.json';
const OURS = new Set([REPORT, 'report.md', 'report.txt', 'junit.xml', 'changes.json', 'base', 'head']);

export async function openRunDirectory(path: string, world: World): Promise<RunDirectory> {
  await refuseForeign(path);
  const draft = `${path}.unfinished`;
  try {
    await claim(draft, world.pid);
    for (const side of ['base', 'head']) await mkdir(join(draft, side, 'logs'), { recursive: true });
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`cannot write to ${path}: ${(cause as Error).message}`, {
      cause,
      hint: 'name another place with --output',
    });
  }
  const shown = `${relative(world.cwd, path) || '.'}/`;
  return {
    path,
    shown,
    side: (name) => join(draft, name),
    writeChanges: (record) => writeFile(join(draft, 'changes.json'), `${JSON.stringify(record, null, 1)}\n`),
    finish: async (report) => {
      await Promise.all([
        writeFile(join(draft, REPORT), formats.json(report)),
        writeFile(join(draft, 'report.md'), formats.markdown(report)),
        writeFile(join(draft, 'report.txt'), formats.text(report)),
        writeFile(join(draft, 'junit.xml'), formats.junit(report)),
      ]);
      await rm(join(draft, OWNER));
      await rm(path, { recursive: true, force: true });
      await rename(draft, path);
      return report;
    },
    [Symbol.asyncDispose]: () => rm(draft, { recursive: true, force: true }),
  };
}

/** In an unfinished run directory: the id of the process that is at work in it. */
const OWNER = 'process';

/** Makes the directory ours, in one step; what a run left there that was killed is removed. */
async function claim(draft: string, pid: number): Promise<void> {
  const mine = `${draft}-${pid}`;
  await mkdir(mine, { recursive: true });
  try {
    await writeFile(join(mine, OWNER), `${pid}\n`);
    while (!(await renamed(mine, draft))) {
      const owner = Number(await readFile(join(draft, OWNER), 'utf8').catch(() => '0'));
      if (owner > 0 && isRunning(owner)) {
        throw new UserError(`another perf-gate is at work in ${draft} (process ${owner})`, {
          hint: 'wait for its end, or name another place with --output',
        });
      }
      await rm(draft, { recursive: true, force: true });
    }
  } finally {
    await rm(mine, { recursive: true, force: true });
  }
}

/** False when there is a directory with something in it already. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

async function refuseForeign(path: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new UserError(`cannot use ${path} as the run directory: ${(error as Error).message}`, {
      cause: error,
      hint: 'name another place with --output',
    });
  }
  if (names.length === 0) return;
  const foreign = names.includes(REPORT) ? names.filter((name) => !OURS.has(name)) : names;
  if (foreign.length === 0 && (await isReport(join(path, REPORT)))) return;
  throw new UserError(`${path} holds something that perf-gate did not write: ${plainText(foreign[0] ?? REPORT)}`, {
    hint: 'remove it, or name another place with --output',
  });
}

/** Whether it is a report of ours: other tools write files of this name too. */
async function isReport(file: string): Promise<boolean> {
  try {
    const report: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof report === 'object' && report !== null && 'verdict' in report && 'reproduce' in report;
  } catch {
    return false; // not a file, not ours to read, or not JSON
  }
}

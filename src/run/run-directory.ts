/**
 * The run directory (`perf-gate-out/`): written beside its place and put there in one step, so that a half-written one
 * is never taken for a whole. One that is there already is replaced only if it is ours.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { UserError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';
import type { ChangeRecord } from '../compare/changed-code.ts';
import type { Report } from '../compare/report.ts';
import type { SideName } from '../measure/manifest.ts';
import { isAtWork, startOf } from '../process/owner.ts';
import { formats } from '../report/formats.ts';
import { RULES, type RulesRecord } from './rules-record.ts';

export interface RunDirectory extends AsyncDisposable {
  /** Where it will be. */
  readonly path: string;
  /** As a person in the World's directory would type it. */
  readonly shown: string;
  /** Makes the directories of these scenarios. */
  makeRoom(scenarios: readonly (string | undefined)[]): Promise<void>;
  /** A directory of its own for each scenario that has a name; all of it for the one that has none. */
  of(scenario: string | undefined): ScenarioDirectory;
  /** Puts the directory in its place; the reports of all scenarios are written. */
  finish(): Promise<void>;
}

export interface ScenarioDirectory {
  /** See RunDirectory. */
  readonly shown: string;
  side(name: SideName): string;
  writeChanges(record: ChangeRecord): Promise<void>;
  writeRules(record: RulesRecord): Promise<void>;
  /** In every format. */
  writeReport(report: Report): Promise<void>;
}

/** What there is of a scenario: the report in any case, and nothing else than these. */
const REPORT = 'report.json';
/** In an unfinished run directory: the process that is at work in it. */
const OWNER = 'process';
const OURS = new Set([REPORT, OWNER, 'report.md', 'report.txt', 'junit.xml', 'changes.json', RULES, 'base', 'head']);

export async function openRunDirectory(path: string, world: World): Promise<RunDirectory> {
  await refuseForeign(path);
  const draft = `${path}.unfinished`;
  try {
    await claim(draft, world.pid);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`cannot write to ${path}: ${(cause as Error).message}`, {
      cause,
      hint: 'name another place with --output',
    });
  }
  const shown = (place: string) => `${relative(world.cwd, place) || '.'}/`;
  let isFinished = false;
  return {
    path,
    shown: shown(path),
    makeRoom: async (scenarios) => {
      for (const scenario of scenarios) {
        for (const side of ['base', 'head']) {
          await mkdir(join(draft, scenario ?? '', side, 'logs'), { recursive: true });
        }
      }
    },
    of: (scenario = '') => scenarioDirectory(join(draft, scenario), shown(join(path, scenario))),
    finish: async () => {
      await rm(path, { recursive: true, force: true });
      await rename(draft, path);
      isFinished = true; // from here on the draft may be somebody else's
      await rm(join(path, OWNER));
    },
    [Symbol.asyncDispose]: async () => {
      if (!isFinished) await rm(draft, { recursive: true, force: true });
    },
  };
}

/**
 * Removes what an earlier run has left there, before this one can end without a report: in a job nobody looks at it any
 * more, and what somebody has committed would be taken for the result. What is not ours stays, and is refused later.
 */
export async function removeEarlierRun(path: string): Promise<void> {
  const isOurs = await refuseForeign(path).then(
    () => true,
    () => false,
  );
  if (isOurs) await rm(path, { recursive: true, force: true });
}

function scenarioDirectory(directory: string, shown: string): ScenarioDirectory {
  const write = (name: string, text: string) => writeFile(join(directory, name), text);
  return {
    shown,
    side: (name) => join(directory, name),
    writeRules: (record) => write(RULES, `${JSON.stringify(record, null, 1)}\n`),
    writeChanges: (record) => write('changes.json', `${JSON.stringify(record, null, 1)}\n`),
    writeReport: async (report) => {
      await Promise.all([
        write(REPORT, formats.json(report)),
        write('report.md', formats.markdown(report)),
        write('report.txt', formats.text(report)),
        write('junit.xml', formats.junit(report)),
      ]);
    },
  };
}

/** Makes the directory ours, in one step; what a run left there that was killed is removed. */
async function claim(draft: string, pid: number): Promise<void> {
  const mine = `${draft}-${pid}`;
  await mkdir(dirname(mine), { recursive: true });
  await mkdir(mine).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  try {
    await writeFile(join(mine, OWNER), `${[pid, startOf(pid)].join(' ').trim()}\n`);
    while (!(await renamed(mine, draft))) {
      const [owner, start] = (await readFile(join(draft, OWNER), 'utf8').catch(() => '0')).trim().split(' ');
      if (Number(owner) > 0 && isAtWork(Number(owner), start)) {
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
  const foreign = names.includes(REPORT) ? await foreignIn(path, names) : await foreignBelow(path, names);
  if (foreign === undefined) return;
  throw new UserError(`${path} holds something that perf-gate did not write: ${plainText(foreign)}`, {
    hint: 'remove it, or name another place with --output',
  });
}

/** What is not ours of a directory that should hold one report; undefined where all of it is. */
async function foreignIn(path: string, names: readonly string[]): Promise<string | undefined> {
  const foreign = names.find((name) => !OURS.has(name));
  return foreign ?? ((await isReport(join(path, REPORT))) ? undefined : REPORT);
}

/** Of one that should hold nothing but the directories of scenarios. */
async function foreignBelow(path: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const inside = await readdir(join(path, name)).catch((): string[] => []); // a file
    if (!inside.includes(REPORT)) return name;
    const foreign = await foreignIn(join(path, name), inside);
    if (foreign !== undefined) return join(name, foreign);
  }
  return undefined;
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

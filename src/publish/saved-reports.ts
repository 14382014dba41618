/**
 * Reports that other jobs have made. They may come from a fork, so each is bounded, validated and rendered anew; nothing
 * else of a run directory is looked at.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Report } from '../compare/report.ts';
import { contradictionIn } from '../report/contradiction.ts';
import { parseReport } from '../report/json.ts';
import { safeReproduce } from '../report/reproduce.ts';
import { titleOf } from '../report/words.ts';

export interface SavedReports {
  readonly reports: readonly [Report, ...Report[]];
  /** They are of several runs: what is published of them is one thing, however many there are. */
  readonly isCollection: boolean;
  /** What a comment with them is about: `orders` for a run with all of its scenarios, `orders · checkout` for one. */
  readonly subject: string;
}

/** Which services have a report may differ from run to run; the comment stays the same one. */
const ALL = '*';

const REPORT = 'report.json';
/** Of all of them together. */
const MOST_BYTES = 20e6;
const MOST_REPORTS = 50;

/**
 * The reports of a run directory: its own, or those of its scenarios; else those of all run directories that lie
 * directly in it. Throws a UserError where there are none; `elsewhere` tells how another place is named.
 */
export async function readSavedReports(directory: string, elsewhere: string): Promise<SavedReports> {
  const [own] = await readAll([directory]);
  if (own !== undefined) return { reports: [own], isCollection: false, subject: titleOf(own, (name) => name) };
  const inside = await directoriesIn(directory);
  const runs = await Promise.all(
    inside.map(async (run) => ((await sizeOf(join(run, REPORT))) === undefined ? directoriesIn(run) : [run])),
  );
  const [first, ...others] = await readAll(runs.flat());
  if (first === undefined) {
    throw new UserError(`there is no ${REPORT} in ${directory}, and none in its directories`, {
      hint: `perf-gate run leaves it there when it comes to a verdict; name another place with ${elsewhere}`,
    });
  }
  const reports = [first, ...others] as const;
  const isRun =
    runs.every(([only], i) => only === inside[i]) &&
    reports.every(({ service, scenario }) => service === first.service && scenario !== undefined);
  return { reports, isCollection: !isRun, subject: isRun ? first.service : ALL };
}

/** In the order of their names; nothing where there is no such directory. */
async function directoriesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(directory, name))
    .sort();
}

/** The reports of those of the directories that have one. */
async function readAll(directories: readonly string[]): Promise<Report[]> {
  const reports: Report[] = [];
  let bytes = 0;
  for (const file of directories.map((directory) => join(directory, REPORT))) {
    const size = await sizeOf(file);
    if (size === undefined) continue;
    bytes += size;
    if (bytes > MOST_BYTES || reports.length === MOST_REPORTS) {
      throw new UserError(`with ${file} it would be more than ${MOST_REPORTS} reports, or more than 20 MB of them`);
    }
    reports.push(checked(parseReport(await readFile(file, 'utf8')), file));
  }
  return reports;
}

/** As it may be shown to people who trust perf-gate and not its writer. */
function checked(report: Report, file: string): Report {
  const contradiction = contradictionIn(report);
  if (contradiction !== undefined) {
    throw new UserError(`${file} contradicts itself: ${contradiction}`, {
      hint: 'somebody has changed it since perf-gate wrote it: make it again with perf-gate run',
    });
  }
  return { ...report, reproduce: safeReproduce(report) };
}

/** In bytes; undefined where there is no such file. */
async function sizeOf(file: string): Promise<number | undefined> {
  const about = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new UserError(`cannot read ${file}: ${error.message}`, { cause: error });
  });
  if (about === undefined) return undefined;
  if (!about.isFile()) throw new UserError(`${file} is not a file`);
  return about.size;
}

/**
 * Reports that other jobs have made. They may come from a fork, so each is bounded, validated and rendered anew; nothing
 * else of a run directory is looked at.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../compare/report.ts';
import { UserError } from '../errors.ts';
import { parseReport } from '../report/json.ts';

export interface SavedReports {
  readonly reports: readonly [Report, ...Report[]];
  /** They lie in directories of the one that was named: what is published of them is one thing, however many there are. */
  readonly isCollection: boolean;
}

const REPORT = 'report.json';
/** Of all of them together. */
const MOST_BYTES = 20e6;
const MOST_REPORTS = 50;

/** The report of a run directory, or of all run directories that lie directly in it. */
export async function readSavedReports(directory: string): Promise<SavedReports> {
  const [own] = await readAll([join(directory, REPORT)]);
  if (own !== undefined) return { reports: [own], isCollection: false };
  const names = (await readdir(directory).catch(() => [])).sort();
  const [first, ...others] = await readAll(names.map((name) => join(directory, name, REPORT)));
  if (first !== undefined) return { reports: [first, ...others], isCollection: true };
  throw new UserError(`there is no ${REPORT} in ${directory}, and none in its directories`, {
    hint: 'perf-gate run leaves it there when it comes to a verdict; name another place with --output (the input output)',
  });
}

/** Those of the files that are there. */
async function readAll(files: readonly string[]): Promise<Report[]> {
  const reports: Report[] = [];
  let bytes = 0;
  for (const file of files) {
    const size = await sizeOf(file);
    if (size === undefined) continue;
    bytes += size;
    if (bytes > MOST_BYTES || reports.length === MOST_REPORTS) {
      throw new UserError(`with ${file} it would be more than ${MOST_REPORTS} reports, or more than 20 MB of them`);
    }
    reports.push(parseReport(await readFile(file, 'utf8')));
  }
  return reports;
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

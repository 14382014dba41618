/** Files that a service wants beside it when it starts. They are written into a private checkout, never outside of it. */
import { lstat, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { fillKnown, PLACEHOLDERS } from '../config/placeholders.ts';

/** A path of service.files as it is for one copy of the service. */
export const fillPath = (template: string, values: Readonly<Record<string, string>>): string =>
  fillKnown(template, Object.fromEntries(PLACEHOLDERS.path.map((name) => [name, values[name] ?? ''])));

/** Whether a path is that of a template, whichever copy it is for. */
export function isPathOf(template: string, path: string): boolean {
  const pattern = template.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(/\\\{(port|side)\\\}/g, '[0-9a-z]+');
  return new RegExp(`^${pattern}$`).test(path);
}

/**
 * Writes texts by their paths in the directory, in place of what is there. Throws a UserError where a symbolic link of
 * the repository leads out of it.
 */
export async function writeServiceFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  const root = await realpath(directory);
  for (const [path, text] of Object.entries(files)) {
    const parent = await directoryIn(root, dirname(path), path);
    const file = join(parent, path.slice(path.lastIndexOf('/') + 1));
    // Renamed, so that a link is replaced and not followed, and nobody reads half of it.
    const unfinished = `${file}.perf-gate`;
    await rm(unfinished, { force: true });
    await writeFile(unfinished, text, { flag: 'wx', mode: 0o600 });
    await rename(unfinished, file).catch(async (cause: Error) => {
      await rm(unfinished);
      throw new UserError(`service.files: ${path} cannot be written: ${cause.message}`, { cause });
    });
  }
}

/** The directory `path` below the root, made where it is missing. */
async function directoryIn(root: string, path: string, file: string): Promise<string> {
  let at = root;
  for (const part of path.split('/').filter((one) => one !== '' && one !== '.')) {
    const next = join(at, part);
    if ((await lstat(next).catch(() => undefined)) === undefined) await mkdir(next);
    at = await realpath(next);
    if (at === root || at.startsWith(`${root}/`)) continue;
    throw new UserError(`service.files: ${file} would be written outside of the checkout, to ${at}`, {
      hint: `${part} is a symbolic link in the repository: name a file that lies in service.dir`,
    });
  }
  return at;
}

/** The config on disk: where it is, and its text. The only file of this folder that touches the disk. */
import { isUtf8 } from 'node:buffer';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Config } from './config.ts';
import { LONGEST_BYTES } from './document.ts';
import { parseConfig } from './parse.ts';
import type { Setting } from './settings.ts';

/** In this order in each directory. */
export const CONFIG_NAMES = ['perf-gate.yml', 'perf-gate.yaml', '.github/perf-gate.yml'] as const;

/**
 * The absolute path of the config that is in charge in `cwd`: the nearest one on the way up to `repoRoot`, or undefined
 * where there is none. An explicit one, relative to `cwd`, must exist.
 */
export async function findConfig(cwd: string, repoRoot: string, explicit?: string): Promise<string | undefined> {
  if (explicit !== undefined) {
    const path = resolve(cwd, explicit);
    if (await isThere(path)) return path;
    throw new UserError(`there is no config ${path}`, {
      hint: '--config takes a path from where perf-gate is run',
    });
  }
  const root = await realpath(repoRoot);
  for (const directory of wayUp(await realpath(cwd), root)) {
    for (const name of CONFIG_NAMES) {
      const path = join(directory, name);
      if (await isThere(path)) return path;
    }
  }
  return undefined;
}

/** The Config in a file. Throws a ConfigError for what stands in it, a UserError where it cannot be read. */
export async function readConfig(
  path: string,
  repoRoot: string = dirname(path),
  settings: readonly Setting[] = [],
): Promise<Config> {
  const [directory, root] = await Promise.all([
    realpath(dirname(path)).catch(unreadable(path)),
    realpath(repoRoot).catch(unreadable(path)),
  ]);
  // A link is called by its own name, not by that of its target.
  const file = join(directory, basename(path));
  const text = await readText(file, path);
  return parseConfig(text, shownName(file, root), basename(root), settings);
}

/** `cwd`, its parents, `root`; `root` alone where `cwd` is not in it. */
function wayUp(cwd: string, root: string): string[] {
  const below = relative(root, cwd);
  if (below === '' || isOutside(below)) return [root];
  const parts = below.split(sep);
  return [...parts.map((_, i) => join(root, ...parts.slice(0, parts.length - i))), root];
}

function shownName(file: string, root: string): string {
  const below = relative(root, file);
  return isOutside(below) ? file : below.split(sep).join('/');
}

function isOutside(below: string): boolean {
  return below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    return unreadable(path)(error);
  }
}

async function readText(file: string, path: string): Promise<string> {
  // A named pipe would wait for ever, so it is looked at before it is opened.
  const about = await stat(file).catch(unreadable(path));
  if (!about.isFile()) throw new UserError(`the config ${path} is not a file`);
  if (about.size > LONGEST_BYTES) throw new UserError(`the config ${path} is larger than ${LONGEST_BYTES / 1e6} MB`);
  const bytes = await readFile(file).catch(unreadable(path));
  if (!isUtf8(bytes)) throw new UserError(`the config ${path} is not UTF-8 text`);
  return bytes.toString();
}

function unreadable(path: string): (error: unknown) => never {
  return (error) => {
    throw new UserError(`the config ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  };
}

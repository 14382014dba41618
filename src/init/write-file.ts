/** Where perf-gate.yml goes, and writing it there: never over one that is there, unless that was asked for. */
import { access, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { UserError } from '../base/errors.ts';
import { CONFIG_NAMES } from '../config/read.ts';
import { CONFIG_SCHEMA } from '../config/schema.ts';

export interface Destination {
  /** Absolute. */
  readonly file: string;
  /** Relative to the repository's root. */
  readonly fileName: string;
  readonly isThere: boolean;
}

/** The config of a directory (relative to the root): the one that is there, or the one that will be. */
export async function findDestination(root: string, directory: string): Promise<Destination> {
  for (const name of CONFIG_NAMES) {
    if (await isThere(join(root, directory, name))) return destination(root, directory, name, true);
  }
  return destination(root, directory, CONFIG_NAMES[0], false);
}

function destination(root: string, directory: string, name: string, isThere: boolean): Destination {
  const file = join(root, directory, name);
  return { file, fileName: relative(root, file).split(sep).join('/'), isThere };
}

/** Throws a UserError for a file that has come meanwhile, and where it cannot be written. */
export async function writeConfigFile({ file, fileName }: Destination, text: string, isForced: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: isForced ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw alreadyThere(fileName, error);
    throw new UserError(`${fileName} cannot be written: ${message}`, { cause: error });
  }
}

export const alreadyThere = (fileName: string, cause?: unknown): UserError =>
  new UserError(`${fileName} is there already`, { hint: 'perf-gate init --force writes it anew', cause });

/** The schema beside an installed perf-gate, as a path from the config; without one, the published one. */
export async function findSchema(root: string, { file }: Destination): Promise<string> {
  const schema = join('node_modules', 'perf-gate', 'schema', 'perf-gate.schema.json');
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    if (await isThere(join(directory, schema))) {
      const path = relative(dirname(file), join(directory, schema)).split(sep).join('/');
      return path.startsWith('.') ? path : `./${path}`;
    }
    if (directory === root || directory === dirname(directory)) return CONFIG_SCHEMA.$id!;
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

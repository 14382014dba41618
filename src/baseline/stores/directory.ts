/**
 * A directory: one of this machine, or one that the cache of a CI system brings and takes. A bundle is written beside
 * its name and renamed, so there is never half of one.
 */
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Key, keyText, parseKey } from '../key.ts';
import { LARGEST_BUNDLE_BYTES, type OpenStore, StoreError, tooLarge } from '../store.ts';

const EXTENSION = '.bundle';

export const directoryStore: OpenStore<'directory'> = ({ path }, { directory }) => {
  const root = resolve(directory, path);
  const place = `the directory ${path}`;
  const fileOf = (key: Key) => join(root, `${keyText(key)}${EXTENSION}`);
  const failed = (what: string) => (cause: Error) => {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`${place} ${what}: ${cause.message}`, { cause, hint: 'see baseline.path in perf-gate.yml' });
  };
  return {
    place,
    list: async (service) => {
      const entries = await readdir(join(root, service), { withFileTypes: true }).catch((error: Error) =>
        isAbsent(error) ? [] : failed('cannot be listed')(error),
      );
      const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith(EXTENSION));
      return names.flatMap(({ name }) => parseKey(`${service}/${name.slice(0, -EXTENSION.length)}`) ?? []);
    },
    read: async (key) => {
      try {
        return await readWhole(fileOf(key), place);
      } catch (error) {
        return isAbsent(error as Error) ? undefined : failed('cannot be read')(error as Error);
      }
    },
    write: async (key, bytes) => {
      const file = fileOf(key);
      const draft = `${file}.${randomUUID()}`;
      try {
        await mkdir(dirname(file), { recursive: true });
        await writeSynced(draft, bytes);
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined); // what went wrong first is what matters
        failed('cannot be written to')(error as Error);
      }
    },
    remove: async (keys) => {
      for (const key of keys) await rm(fileOf(key), { force: true }).catch(failed('cannot be written to'));
    },
  };
};

async function readWhole(file: string, place: string): Promise<Uint8Array> {
  const about = await lstat(file); // not a link out of the directory, and not a pipe that waits for ever
  if (!about.isFile()) throw new StoreError(`${place} has something under the name of a bundle that is no file`);
  if (about.size > LARGEST_BUNDLE_BYTES) throw tooLarge(place);
  return readFile(file);
}

/** On the disk before it is renamed: a machine that loses its power keeps names sooner than contents. */
async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

const isAbsent = (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR';

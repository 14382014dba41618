/**
 * Where things stand: the names of places in the config (`load.requests[0].path`), and the line of a place. It knows
 * JSON pointers, since that is how the validator names a place; it knows nothing of what stands there.
 */
import type { Config } from './config.ts';

/** The JSON pointer of a place below another: `pointer('/load', 'requests', 0)` is `/load/requests/0`. */
export function pointer(base: string, ...keys: readonly (string | number)[]): string {
  return base + keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The pointer of what a place stands in; the root's is the root's own. */
export function parentOf(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/')));
}

/** The name of a place for people, `''` for the root; what is not a plain word stands in quotes and brackets. */
export function placeName(place: string): string {
  let name = '';
  for (const escaped of place.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    if (/^\d+$/.test(key)) name += `[${key}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(key)) name += name === '' ? key : `.${key}`;
    else name += `[${JSON.stringify(key)}]`;
  }
  return name;
}

/**
 * `perf-gate.yml:9` for `service.ready`, or the flag that sets it; where that is not written, the line of what it would
 * stand in, and at last the file alone.
 */
export function whereIs(config: Pick<Config, 'fileName' | 'places'>, name: string): string {
  for (
    let known = name;
    known !== '';
    known = known.slice(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['), 0))
  ) {
    const found = Object.hasOwn(config.places, known) ? config.places[known] : undefined;
    if (found !== undefined) return typeof found === 'number' ? `${config.fileName}:${found}` : found;
  }
  return config.fileName;
}

/**
 * The directory that a config speaks for, relative to the repository's root: its own, or the one that holds `.github`.
 * `.` for a file outside the repository.
 */
export function configDirectory(fileName: string): string {
  if (isOutside(fileName)) return '.';
  const parts = fileName.split('/').slice(0, -1);
  if (parts.at(-1) === '.github') parts.pop();
  return parts.join('/') || '.';
}

/** Whether a config is no part of the repository. */
export const isOutside = (fileName: string): boolean =>
  fileName.startsWith('/') || fileName.startsWith('../') || /^[A-Za-z]:/.test(fileName);

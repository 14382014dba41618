/**
 * What else a commit changed that can be behind a total which no changed function on the path of a request explains: what
 * ran before the first request, what the service reads, how it was built. A list, not a proof.
 */

import { packageOf } from '../profile/names.ts';
import { buildChanges } from './build-changes.ts';
import { type ChangedCode, type ChangedEntry, MACHINE_CODE } from './changed-code.ts';
import type { Suspect } from './report.ts';

interface Known {
  readonly changes: Pick<ChangedCode, 'changed' | 'beside'>;
  /** Whether a function (by key) ran while requests were measured. */
  readonly ran: (key: string) => boolean;
  readonly fingerprints: Readonly<Record<'base' | 'head', Readonly<Record<string, string>>>>;
}

/** More are for nobody to read. */
const MOST = 50;

/** What is likeliest to have done it first: what runs at start, since what runs in a request is judged by itself. */
export function suspectsOf({ changes, ran, fingerprints }: Known): Suspect[] {
  const { changed, beside } = changes;
  const own = ownOf(changed);
  const used = new Map<string, ChangedEntry[]>();
  const functions: Suspect[] = [];
  for (const entry of own) {
    const declaration = /^uses (.+)$/s.exec(entry.reason)?.[1];
    if (declaration !== undefined) used.set(declaration, [...(used.get(declaration) ?? []), entry]);
    else {
      const detail = entry.reason === 'source' ? {} : { detail: entry.reason };
      functions.push({ kind: 'function', name: entry.key, ...detail, ...entry.place, ran: ran(entry.key) });
    }
  }
  const declarations = [...used].map(
    ([name, users]): Suspect => ({
      kind: 'declaration',
      name,
      usedIn: users.map(({ key }) => key).slice(0, MOST),
      ...users.find(({ place }) => place !== undefined)?.place,
      ran: users.some(({ key }) => ran(key)),
    }),
  );
  const modules = new Map(
    changed.flatMap(({ module }) =>
      module === undefined || module.base === module.head ? [] : [[module.path, module] as const],
    ),
  );
  const others = [...modules.values()].map(
    ({ path, base, head }): Suspect => ({
      kind: 'module',
      name: path,
      detail: `${base ?? 'not used'} -> ${head ?? 'not used'}`,
    }),
  );
  const files = beside.dataFiles.map((name): Suspect => ({ kind: 'file', name }));
  const code = [...declarations, ...functions];
  return [
    ...buildChanges(beside.language, fingerprints.base, fingerprints.head),
    ...code.filter((one) => one.ran === false),
    ...files,
    ...others,
    ...code.filter((one) => one.ran === true),
  ].slice(0, MOST);
}

/**
 * What a person wrote: not the standard library's, all of which differs where the Go version does. The code that
 * initialises a package's variables is declared nowhere, so it is known by its package.
 */
function ownOf(changed: readonly ChangedEntry[]): ChangedEntry[] {
  const packages = new Set(changed.flatMap(({ key, place }) => (place === undefined ? [] : [packageOf(key)])));
  return changed.filter(
    ({ key, module, reason, place }) =>
      module === undefined &&
      reason !== MACHINE_CODE &&
      (place !== undefined || (key.endsWith('.init') && packages.has(packageOf(key)))),
  );
}

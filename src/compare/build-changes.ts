/** What differs in how the sides were built, in words: a person reads `httpmuxgo121=1`, not a list of thirty settings. */
import { difference } from '../measure/fingerprint.ts';
import type { LanguageChange } from './changed-code.ts';
import type { Suspect } from './report.ts';

type Fingerprint = Readonly<Record<string, string>>;

/** From this version on, each iteration of a loop has variables of its own. */
const LOOP_VARIABLES = 22;

/** The build, the environment and the `go` lines as what may be behind a rise; empty where both sides were made alike. */
export function buildChanges(language: readonly LanguageChange[], base: Fingerprint, head: Fingerprint): Suspect[] {
  const lines = language.map(({ module, base: before, head: after }) => {
    const where = language.length > 1 ? `go.mod of ${module}` : 'go.mod';
    return {
      kind: 'build',
      name: `go ${before ?? 'none'} -> ${after ?? 'none'} in ${where}`,
      ...detailOf(before, after),
    } as const;
  });
  return [...lines, ...difference(base, head).map((one): Suspect => ({ kind: 'build', name: shown(one) }))];
}

function detailOf(before: string | undefined, after: string | undefined): { detail: string } | undefined {
  const [from, to] = [before, after].map((version) => Number(/^1\.(\d+)/.exec(version ?? '')?.[1] ?? Number.NaN));
  if (from === undefined || to === undefined || !(from < LOOP_VARIABLES !== to < LOOP_VARIABLES)) return undefined;
  return {
    detail:
      to >= LOOP_VARIABLES
        ? 'each iteration of a loop has variables of its own, and a closure or a pointer that keeps one allocates it'
        : 'all iterations of a loop share their variables',
  };
}

interface Differing {
  readonly key: string;
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** `go go1.26.1 -> go1.26.2`, `GODEBUG: httpmuxgo121=1 is no longer set`. */
export function shown({ key, base, head }: Differing): string {
  if (!/GODEBUG$/.test(key)) return `${key} ${base ?? 'none'} -> ${head ?? 'none'}`;
  const [before, after] = [settingsOf(base), settingsOf(head)];
  const gone = [...before].filter(([name]) => !after.has(name)).map(([name, value]) => `${name}=${value}`);
  const set = [...after]
    .filter(([name, value]) => before.get(name) !== value)
    .map(([name, value]) => `${name}=${value}`);
  const parts = [
    ...(gone.length === 0 ? [] : [`no longer ${gone.join(', ')}`]),
    ...(set.length === 0 ? [] : [`now ${set.join(', ')}`]),
  ];
  return `${key === 'DefaultGODEBUG' ? 'defaults of GODEBUG' : key}: ${parts.join('; ')}`;
}

const settingsOf = (text = '') =>
  new Map(text.split(',').flatMap((one) => (one === '' ? [] : [[one.split('=')[0]!, one.split('=')[1] ?? '']])));

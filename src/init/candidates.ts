/** Which of the routes could be requests of the load, and which could not, and why. Pure. */

import { wordsOf } from './names.ts';
import { isParameter, type PathPart, parsePathPattern } from './path-pattern.ts';
import type { PackageSource, Place } from './source.ts';

/** A GET request to try. */
export interface Candidate {
  /** As the source has it: `/orders/{id}`. */
  readonly pattern: string;
  readonly parts: readonly PathPart[];
  /**
   * `ready`: says whether the service works. `aside`: answers, but is hardly what the service is there for. `metrics`:
   * figures about the service, which cost so much that little else would be seen beside them.
   */
  readonly role: 'load' | 'ready' | 'aside' | 'metrics';
  /** Undefined for a path that is not in the source. */
  readonly place: Place | undefined;
}

/** A request that is not in the load. */
export interface LeftOut {
  /** `GET /orders/{id}` */
  readonly request: string;
  readonly reason: string;
  readonly place: Place | undefined;
}

export interface Candidates {
  /** In the order in which they are to be tried: without parameters first. */
  readonly toTry: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
  /** Where routes are registered whose paths the source does not tell. */
  readonly unclear: readonly Place[];
}

const MOST_TRIED = 120;

/** The candidates among the routes of a main package; for each path once, and in the order of the source. */
export function findCandidates(sources: readonly PackageSource[]): Candidates {
  const toTry = new Map<string, Candidate>();
  const leftOut = new Map<string, LeftOut>();
  for (const { method, path, ...place } of sources.flatMap(({ routes }) => routes)) {
    const request = `${method || 'GET'} ${path}`;
    const parts = parsePathPattern(path);
    const reason = parts === undefined ? 'its path was not understood' : reasonAgainst(method, path);
    if (reason === 'not a request of its own') continue;
    if (parts !== undefined && reason === undefined) {
      const candidate: Candidate = { pattern: path, parts, role: roleOf(path), place };
      // The same with a slash at its end is no other request.
      const key = path.replace(/(?<=.)\/$/, '');
      if (!toTry.has(key)) toTry.set(key, candidate);
    } else if (!leftOut.has(request)) leftOut.set(request, { request, reason: reason!, place });
  }
  const isPlain = ({ parts }: Candidate) => !parts.some(isParameter);
  const all = [...toTry.values()];
  const ordered = [...all.filter(isPlain), ...all.filter((candidate) => !isPlain(candidate))];
  const tooMany = ordered.slice(MOST_TRIED).map(({ pattern, place }) => ({
    request: `GET ${pattern}`,
    reason: `not tried: there are more than ${MOST_TRIED} routes`,
    place,
  }));
  return {
    toTry: ordered.slice(0, MOST_TRIED),
    leftOut: [...leftOut.values(), ...tooMany],
    unclear: sources.flatMap(({ unclear }) => unclear),
  };
}

/** Paths that many services answer without saying so in their own source. */
export const USUAL_PATHS: readonly Candidate[] = ['/', '/healthz', '/health', '/ready', '/ping'].map((path) => ({
  pattern: path,
  parts: [{ literal: path }],
  role: path === '/' ? 'load' : 'ready',
  place: undefined,
}));

function reasonAgainst(method: string, path: string): string | undefined {
  if (['HEAD', 'OPTIONS', 'CONNECT', 'TRACE'].includes(method)) return 'not a request of its own';
  if (method !== '' && method !== 'GET') return 'not tried: it may change something, or needs a body';
  const words = wordsOf(path);
  const dangerous = words.find((word) => DANGEROUS.has(word));
  if (dangerous !== undefined) return `not tried: "${dangerous}" sounds as if it changed or ended something`;
  if (/^\/debug(\/|$)|\/debug\/(pprof|vars)(\/|$)/.test(path)) return 'not tried: it is for debugging';
  return undefined;
}

const DANGEROUS = new Set([
  ...[
    'shutdown',
    'quit',
    'exit',
    'kill',
    'stop',
    'terminate',
    'restart',
    'reload',
    'reboot',
    'panic',
    'crash',
    'abort',
  ],
  ...['delete', 'remove', 'destroy', 'drop', 'purge', 'flush', 'reset', 'clear', 'wipe', 'logout', 'signout', 'send'],
  ...['disable', 'enable', 'toggle', 'cancel', 'unsubscribe', 'revoke', 'rotate', 'migrate', 'sync', 'trigger'],
]);

const READY =
  /^\/(?:[\w.-]+\/)*(?:-\/)?_?(readyz?|readiness|healthz?|health-?check|healthy|livez?|liveness|alive|ping|up)\/?$/i;
const METRICS = /(^|\/)(metrics|prometheus)\/?$/i;
const ASIDE =
  /(^|\/)(version|favicon\.ico|robots\.txt|swagger.*|openapi.*|docs?|redoc|status|info|build-?info|env|static|assets|public)(\/|\.\w+$|$)/i;

function roleOf(path: string): Candidate['role'] {
  if (READY.test(path)) return 'ready';
  if (METRICS.test(path)) return 'metrics';
  return ASIDE.test(path) ? 'aside' : 'load';
}

/** The better of two paths to ask whether the service is ready: readyz before healthz before ping. */
export function compareReadiness(a: string, b: string): number {
  const order = (path: string) => {
    const index = [/ready|readiness/i, /health/i, /live|alive/i, /ping|up/i].findIndex((word) => word.test(path));
    return (index === -1 ? 4 : index) + path.split('/').length / 10;
  };
  return order(a) - order(b);
}

/** Where two loads differ. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { redact } from '../base/redact.ts';
import type { LoadConfig, RequestConfig } from './config.ts';
import type { Difference } from './differences.ts';
import { glance } from './show.ts';

interface Place {
  /** `load`, `scenarios.checkout`. */
  readonly key: string;
  at(key: string): string;
}

export function loadDifferences(base: LoadConfig, head: LoadConfig, place: Place): Difference[] {
  return [
    ...requestDifferences(base, head, place),
    ...commandDifference(base, head, place),
    ...valueDifferences(base, head, place),
  ];
}

/** What a load sends, in a few words. */
export function shownLoad({ requests, command }: LoadConfig): string {
  return glance(command === undefined ? requests.map(shownRequest).join(', ') : redact(command.template));
}

const shownRequest = ({ method, path }: RequestConfig) => redact(`${method} ${path}`);

/** Requests are known by their names. */
function requestDifferences(base: LoadConfig, head: LoadConfig, { key, at }: Place): Difference[] {
  const isIn = (load: LoadConfig, one: RequestConfig) => load.requests.some((other) => isDeepStrictEqual(one, other));
  const before = base.requests.filter((one) => !isIn(head, one));
  const after = head.requests.filter((one) => !isIn(base, one));
  const placeOf = (one: RequestConfig) => at(`${key}.requests[${head.requests.indexOf(one)}]`);
  const named = ({ name }: RequestConfig) => `${key}.requests: ${glance(redact(name))}`;
  const added = after.filter(({ name }) => !before.some((one) => one.name === name));
  return [
    ...before.map((one): Difference => {
      const now = after.find(({ name }) => name === one.name);
      return {
        key: named(one),
        base: glance(shownRequest(one)),
        head: now === undefined ? 'none' : glance(`${shownRequest(now)}, other ${whatDiffers(one, now)}`),
        kind: now === undefined ? 'loosened' : 'changed',
        at: now === undefined ? at(`${key}.requests`) : placeOf(now),
        about: 'load',
      };
    }),
    ...added.map(
      (one): Difference => ({
        key: named(one),
        base: 'none',
        head: glance(shownRequest(one)),
        kind: 'changed',
        at: placeOf(one),
        about: 'load',
      }),
    ),
  ];
}

/** Their names alone: a body or a header may be a secret. */
function whatDiffers(a: RequestConfig, b: RequestConfig): string {
  const keys = (Object.keys(b) as (keyof RequestConfig)[]).filter((key) => !isDeepStrictEqual(a[key], b[key]));
  return keys.map((key) => KEYS[key as keyof typeof KEYS] ?? key).join(', ');
}

const KEYS = { bodyFile: 'body-file', steps: 'then' };

function commandDifference(base: LoadConfig, head: LoadConfig, { key, at }: Place): Difference[] {
  if (isDeepStrictEqual(base.command, head.command)) return [];
  const shown = ({ command }: LoadConfig) => (command === undefined ? 'none' : glance(redact(command.template)));
  const name = `${key}.command`;
  return [{ key: name, base: shown(base), head: shown(head), kind: 'changed', at: at(name), about: 'load' }];
}

function valueDifferences(base: LoadConfig, head: LoadConfig, { key, at }: Place): Difference[] {
  const one = (name: string, before: unknown, after: unknown, rest: Partial<Difference> = {}): Difference[] =>
    before === after
      ? []
      : [
          {
            key: `${key}.${name}`,
            base: String(before ?? 'none'),
            head: String(after ?? 'none'),
            kind: 'changed',
            at: at(`${key}.${name}`),
            about: 'load',
            ...rest,
          },
        ];
  const hidden = (is: string | undefined) => (is === undefined ? 'none' : 'set');
  return [
    ...(base.basicAuth === head.basicAuth
      ? []
      : one('basic-auth', undefined, 'another one', { base: hidden(base.basicAuth) })),
    ...one('warmup', base.warmup, head.warmup),
    // More that are counted are no other load, and a finer figure.
    ...one('count', base.count, head.count, { about: head.count > base.count ? 'other' : 'load' }),
    ...one('connections', base.connections, head.connections),
    ...one('timeout', base.timeoutMs, head.timeoutMs, { base: `${base.timeoutMs} ms`, head: `${head.timeoutMs} ms` }),
    ...one('errors', base.errors, head.errors, {
      kind: head.errors > base.errors ? 'loosened' : 'tightened',
      about: 'rule',
    }),
  ];
}

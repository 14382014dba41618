/**
 * What a schema cannot say: keys that contradict each other. The values may be of any shape, since these checks run
 * beside the schema's, so that all problems are told at once; what has the wrong shape is left to the schema.
 */

import { FUNCTION_METRICS, STORES } from './config.ts';
import type { ConfigDocument } from './document.ts';
import { placeName, pointer } from './places.ts';
import type { Problem } from './problem.ts';
import { quoted } from './show.ts';

type Report = (place: string, message: string, hint?: string) => void;

/** Every contradiction in the document. */
export function contradictions(document: ConfigDocument): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (place, message, hint) => void problems.push({ message, hint, ...document.ofKey(place) });
  const root = asMap(document.value);
  checkBuild(asMap(root['service']), report);
  checkReady(asMap(root['service']), document, report);
  checkRequests(asMap(root['load']), document, report);
  checkRules(asMap(root['limits']), report);
  checkBaseline(asMap(root['baseline']), document, report);
  return problems;
}

function checkBuild(service: Fields, report: Report): void {
  const build = asMap(service['build']);
  const command = build['command'];
  if (typeof command !== 'string') return;
  for (const key of ['flags', 'tags']) {
    if (asList(build[key]).length > 0) {
      report(
        pointer('/service/build', key),
        `service.build.${key} is for go build, and service.build.command takes its place`,
        'put them into the command',
      );
    }
  }
  if (command.includes('{ldflags}')) return;
  const message = 'needs {ldflags} in service.build.command, or it would be lost';
  if (Object.keys(asMap(service['inject'])).length > 0) report('/service/inject', `service.inject ${message}`);
  if (typeof build['ldflags'] === 'string' && build['ldflags'] !== '')
    report('/service/build/ldflags', `service.build.ldflags ${message}`);
}

/** By what is written, since the schema has filled in method and status. */
function checkReady(service: Fields, document: ConfigDocument, report: Report): void {
  if (typeof service['ready'] !== 'object' || document.isWritten('/service/ready/path')) return;
  for (const key of ['method', 'status']) {
    const place = pointer('/service/ready', key);
    if (document.isWritten(place))
      report(place, `service.ready has "${key}" but no "path"`, 'for example path: /healthz');
  }
}

function checkRequests(load: Fields, document: ConfigDocument, report: Report): void {
  const names = new Map<string, string>();
  let weights = 0;
  checkHeaders(load['headers'], '/load/headers', report);
  for (const [i, written] of asList(load['requests']).entries()) {
    const place = pointer('/load/requests', i);
    const request = asMap(written);
    const { name, weight } = request;
    weights += typeof weight === 'number' && weight > 0 ? weight : 1;
    if (typeof name === 'string') {
      const first = names.get(name);
      if (first === undefined) names.set(name, placeName(place));
      else
        report(
          pointer(place, 'name'),
          `${first} has the name ${quoted(name)} too`,
          'give each request a name of its own',
        );
    }
    if ('body' in request && 'body-file' in request) {
      report(pointer(place, 'body-file'), `${placeName(place)} has both "body" and "body-file"`, 'keep one of them');
    }
    checkHeaders(request['headers'], pointer(place, 'headers'), report);
    checkJson(request['body'], pointer(place, 'body'), document, report);
  }
  const { count } = load;
  if (typeof count === 'number' && count >= 10 && count < weights) {
    report(
      '/load/count',
      `load.count is ${count}, but the weights add up to ${weights}: some requests would never be counted`,
      `write at least ${weights}, or smaller weights`,
    );
  }
}

/** Header names do not know upper case: two spellings of one would both be sent. */
function checkHeaders(written: unknown, place: string, report: Report): void {
  const names = new Map<string, string>();
  for (const name of Object.keys(asMap(written))) {
    const first = names.get(name.toLowerCase());
    if (first === undefined) names.set(name.toLowerCase(), name);
    else report(pointer(place, name), `${quoted(name)} is the same header as ${quoted(first)}`, 'keep one of them');
  }
}

/** Numbers that would reach the service as something else. */
function checkJson(value: unknown, place: string, document: ConfigDocument, report: Report): void {
  if (typeof value === 'number') {
    const source = document.source(place) ?? '';
    const isChanged = !Number.isFinite(value) || (/^[-+]?\d+$/.test(source) && !Number.isSafeInteger(value));
    if (isChanged) report(place, `the number ${source} cannot be sent exactly`, 'write the whole body as text');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) checkJson(child, pointer(place, key), document, report);
  }
}

function checkRules(limits: Fields, report: Report): void {
  for (const [i, written] of asList(limits['functions']).entries()) {
    const rule = asMap(written);
    if (typeof rule['match'] !== 'string' || Object.keys(rule).length > 1) continue;
    report(
      pointer('/limits/functions', i),
      `the rule for ${quoted(rule['match'])} has no limit`,
      `name one of ${FUNCTION_METRICS.join(', ')}`,
    );
  }
}

/** The keys of `baseline` that belong to one store, the ones that it needs first. */
const STORE_KEYS = {
  git: { needs: [], knows: ['remote', 'data-branch', 'token-env'] },
  directory: { needs: ['path'], knows: ['path'] },
  s3: { needs: ['bucket'], knows: ['bucket', 'prefix', 'region', 'endpoint'] },
  exec: { needs: ['command'], knows: ['command'] },
} as const satisfies Record<(typeof STORES)[number], object>;

const STORE_EXAMPLES = { path: '.cache/perf-gate', bucket: 'acme-ci', command: './scripts/baselines.sh' };

function checkBaseline(baseline: Fields, document: ConfigDocument, report: Report): void {
  const written = baseline['store'];
  const chosen = STORES.find((name) => name === written);
  if (written !== undefined && chosen === undefined) return;
  for (const name of STORES) {
    for (const key of STORE_KEYS[name].knows) {
      const place = pointer('/baseline', key);
      if (name === chosen || !document.isWritten(place)) continue;
      const isFor = `baseline.${key} is for the store ${name}`;
      if (chosen === undefined) report(place, `${isFor}, and there is none`, `add store: ${name}`);
      else report(place, `${isFor}, and the store is ${chosen}`, 'leave one of them out');
    }
  }
  if (chosen === undefined) return;
  for (const key of STORE_KEYS[chosen].needs) {
    if (key in baseline) continue;
    report('/baseline/store', `the store ${chosen} needs "${key}"`, `for example ${key}: ${STORE_EXAMPLES[key]}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function asMap(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

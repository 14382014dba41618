/**
 * What a schema cannot say: keys that contradict each other. The values may be of any shape, since these checks run
 * beside the schema's, so that all problems are told at once; what has the wrong shape is left to the schema.
 */

import { FUNCTION_METRICS } from '../model/metrics.ts';
import { checkCaptures } from './capture-checks.ts';
import { STORES } from './config.ts';
import type { ConfigDocument } from './document.ts';
import { checkExpectation } from './expectation-checks.ts';
import { asList, asMap, type Fields, isMap } from './fields.ts';
import { placeName, pointer } from './places.ts';
import type { Problem } from './problem.ts';
import { checkListen } from './service-checks.ts';
import { quoted } from './show.ts';

type Report = (place: string, message: string, hint?: string) => void;

/** Every contradiction in the document. */
export function contradictions(document: ConfigDocument): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (place, message, hint) => void problems.push({ message, hint, ...document.ofKey(place) });
  const root = asMap(document.value);
  checkBuild(asMap(root['service']), report);
  checkReady(asMap(root['service']), document, report);
  checkListen(root, document, report);
  checkLoads(root, document, report);
  checkRules(asMap(root['limits']), '/limits', report);
  checkBaseline(asMap(root['baseline']), document, report);
  checkRequired(root, report);
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

function checkRequired(root: Fields, report: Report): void {
  const measured = asList(root['instruments']);
  for (const [i, name] of asList(root['require']).entries()) {
    if (typeof name !== 'string' || measured.length === 0 || measured.includes(name)) continue;
    report(pointer('/require', i), `require names ${quoted(name)}, which instruments leaves out`, 'add it there');
  }
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

/** The one load, or that of each scenario beside what all of them share. */
function checkLoads(root: Fields, document: ConfigDocument, report: Report): void {
  const shared = asMap(root['load']);
  const { scenarios: named = {} } = root;
  checkRequests(shared, {}, '/load', document, report);
  // What is no map at all is left to the schema.
  if (!isMap(document.value) || !isMap(named)) return;
  const scenarios = Object.entries(named);
  if (scenarios.length === 0) {
    if (!document.isWritten('/load')) report('', '"load" is missing');
    else if (isMap(root['load'])) checkCommand('/load', document, report);
    return;
  }
  for (const key of ['requests', 'command', 'tool']) {
    const place = pointer('/load', key);
    if (!document.isWritten(place)) continue;
    const message = `load.${key} and scenarios cannot both send the load`;
    report(place, message, `put "${key}" into a scenario; load is what all of them share`);
  }
  if (scenarios.length > MOST_SCENARIOS) {
    report('/scenarios', `there are ${scenarios.length} scenarios, and at most ${MOST_SCENARIOS} fit into one report`);
  }
  const names = new Map<string, string>();
  for (const [name, written] of scenarios) {
    const place = pointer('/scenarios', name);
    const first = names.get(name.toLowerCase());
    if (first === undefined) names.set(name.toLowerCase(), name);
    else {
      const message = `the scenarios ${quoted(first)} and ${quoted(name)} differ only in upper and lower case`;
      report(place, message, 'their directories would be the same on some systems: rename one of them');
    }
    if (!isMap(written)) continue;
    const scenario = asMap(written);
    checkCommand(place, document, report);
    checkRequests(scenario, shared, place, document, report);
    checkRules(asMap(scenario['limits']), pointer(place, 'limits'), report);
  }
}

const MOST_SCENARIOS = 20;

/** The requests are written down, or a command sends its own. */
function checkCommand(load: string, document: ConfigDocument, report: Report): void {
  const name = placeName(load);
  const isWritten = (key: string) => document.isWritten(pointer(load, key));
  if (!isWritten('command')) {
    if (!isWritten('requests'))
      report(load, `${name} needs "requests"`, 'for example requests: [GET /orders], or a command that sends them');
    if (isWritten('tool')) {
      const message = `${name}.tool is for ${name}.command, and there is none`;
      report(pointer(load, 'tool'), message, 'add the command, or leave it out');
    }
    return;
  }
  if (isWritten('requests')) {
    const message = `${name} has both "requests" and "command", and only one of them can send the load`;
    report(pointer(load, 'command'), message, 'keep one of them');
  }
  if (isWritten('headers') && !isWritten('requests')) {
    const message = `${name}.headers are for ${name}.requests`;
    report(pointer(load, 'headers'), message, `put them into ${name}.command`);
  }
}

/** `load` is the place of what has the requests; what is not written there is as in `shared`. */
function checkRequests(written: Fields, shared: Fields, load: string, document: ConfigDocument, report: Report): void {
  const count = written['count'] ?? shared['count'];
  const names = new Map<string, string>();
  let weights = 0;
  const common = [written, shared].map(({ headers }) => asMap(headers));
  checkHeaders(written['headers'], pointer(load, 'headers'), report);
  for (const [i, one] of asList(written['requests']).entries()) {
    const place = pointer(load, 'requests', i);
    const request = asMap(one);
    const { name, weight } = request;
    const then = asList(request['then']);
    weights += (typeof weight === 'number' && weight > 0 ? weight : 1) * (1 + then.length);
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
    checkCaptures(one, place, report);
    const steps = [
      { sent: request, at: place },
      ...then.map((step, j) => ({ sent: asMap(step), at: pointer(place, 'then', j) })),
    ];
    for (const { sent, at } of steps) {
      checkSent(sent, at, document, report);
      checkExpectation(sent, common, at, document, report);
    }
  }
  if (typeof count === 'number' && count >= 10 && count < weights) {
    const place = pointer(load, 'count');
    report(
      place,
      `${placeName(place)} is ${count}, but the weights add up to ${weights}: some requests would never be counted`,
      `write at least ${weights}, or smaller weights`,
    );
  }
}

function checkSent(request: Fields, place: string, document: ConfigDocument, report: Report): void {
  if ('body' in request && 'body-file' in request) {
    report(pointer(place, 'body-file'), `${placeName(place)} has both "body" and "body-file"`, 'keep one of them');
  }
  checkHeaders(request['headers'], pointer(place, 'headers'), report);
  checkHeaders(asMap(request['expect'])['header'], pointer(place, 'expect', 'header'), report);
  checkJson(request['body'], pointer(place, 'body'), document, report);
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

function checkRules(limits: Fields, place: string, report: Report): void {
  for (const [i, written] of asList(limits['functions']).entries()) {
    const rule = asMap(written);
    if (typeof rule['match'] !== 'string' || Object.keys(rule).length > 1) continue;
    report(
      pointer(place, 'functions', i),
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

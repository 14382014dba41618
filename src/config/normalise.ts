/** The written config, known to be valid and with its defaults filled, to the one that the program works with. */

import { FUNCTION_METRICS, limitsOf, METRICS, type MetricName } from '../model/metrics.ts';
import {
  type AnswerConfig,
  type BaselineConfig,
  type CaptureConfig,
  type Config,
  type Floor,
  type FunctionRule,
  type JsonExpectation,
  type JsonScalar,
  type LimitOrOff,
  type LimitsConfig,
  type LoadConfig,
  type MetricLimits,
  type ReadyConfig,
  type RequestConfig,
  type ServiceConfig,
  STANDARD,
  type StepConfig,
  type StoreConfig,
  type Waiver,
  type WrittenBaseline,
  type WrittenConfig,
  type WrittenExpectation,
  type WrittenFloor,
  type WrittenFunctionRule,
  type WrittenLoad,
  type WrittenMetricLimits,
  type WrittenOwnLimits,
  type WrittenRequest,
  type WrittenWaiver,
} from './config.ts';
import type { ConfigDocument } from './document.ts';
import { parseDuration } from './duration.ts';
import { parseLimit, parseShare } from './limit.ts';
import { configDirectory, placeName, pointer } from './places.ts';
import { parseRequestLine, parseStepLine } from './request-line.ts';

/** Names of the file and of the repository, from which the service gets its own where none is written. */
export interface Origin {
  readonly fileName: string;
  readonly repositoryName: string;
}

/** The Config that a valid document says. */
export function normalise(document: ConfigDocument, origin: Origin): Config {
  const written = document.value as WrittenConfig;
  const at = (place: string) => {
    const { line, flag } = document.ofKey(place);
    return flag ?? `${origin.fileName}:${line}`;
  };
  const ifWritten = (place: string) => (document.isWritten(place) ? at(place) : undefined);
  const lines: Lines = { at, ifWritten };
  const shared = limits(written.limits, '/limits', UNLIMITED, lines);
  return {
    fileName: origin.fileName,
    service: service(written.service, origin),
    scenario: undefined,
    load: load(written.load),
    limits: shared,
    scenarios: Object.entries(written.scenarios).map(([name, { limits: own = {}, ...ownLoad }]) => ({
      name,
      load: load({ ...written.load, ...ownLoad, headers: { ...written.load.headers, ...ownLoad.headers } }),
      limits: limits(own, pointer('/scenarios', name, 'limits'), shared, lines),
    })),
    baseline: baseline(written.baseline),
    budgetMs: parseDuration(written.budget),
    onInconclusive: written['on-inconclusive'],
    onConfigChange: written['on-config-change'],
    instruments: written.instruments,
    require: written.require,
    places: places(document),
  };
}

function service(written: WrittenConfig['service'], origin: Origin): ServiceConfig {
  const { build, stop } = written;
  return {
    name:
      written.name ??
      nameOf(`${origin.repositoryName}/${written.dir ?? configDirectory(origin.fileName)}/${written.package}`),
    package: written.package,
    base: { package: written.base.package },
    dir: written.dir,
    setup: written.setup,
    build: { command: build.command, flags: build.flags, tags: build.tags, env: build.env, ldflags: build.ldflags },
    inject: written.inject,
    args: written.args,
    env: written.env,
    files: files(written.files),
    listen: written.listen,
    protocol: written.protocol,
    tls: { ca: written.tls.ca, serverName: written.tls['server-name'] },
    ready: ready(written.ready),
    stop: { signal: stop.signal, timeoutMs: parseDuration(stop.timeout) },
  };
}

function files(written: WrittenConfig['service']['files']): ServiceConfig['files'] {
  const each = Object.entries(written).map(([path, file]) => [path, typeof file === 'string' ? { text: file } : file]);
  return Object.fromEntries(each);
}

/** The last part of a path once `.` and `..` are followed, as a name that is legal in the config. */
function nameOf(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const name = (parts.at(-1) ?? '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 100);
  return name === '' ? 'service' : name;
}

function ready(written: WrittenConfig['service']['ready']): ReadyConfig {
  if (typeof written === 'string') {
    const { readyStatus, readyTimeout } = STANDARD;
    return { kind: 'http', ...parseRequestLine(written), status: readyStatus, timeoutMs: parseDuration(readyTimeout) };
  }
  const { method, path, status } = written;
  const timeoutMs = parseDuration(written.timeout);
  return path === undefined ? { kind: 'port', timeoutMs } : { kind: 'http', method, path, status, timeoutMs };
}

function load(written: WrittenLoad): LoadConfig {
  const { requests = [], command } = written;
  const all = requests.flatMap((one) => (typeof one === 'string' ? [one] : [one, ...one.then]));
  const nameFor = freeNames(all.flatMap((one) => (typeof one === 'string' ? [] : (one.name ?? []))));
  return {
    requests: requests.map((one) => request(one, written.headers, nameFor)),
    basicAuth: written['basic-auth'],
    command: command === undefined ? undefined : { template: command, tool: written.tool },
    warmup: written.warmup,
    count: written.count,
    connections: written.connections,
    timeoutMs: parseDuration(written.timeout),
    errors: typeof written.errors === 'number' ? written.errors : parseShare(written.errors),
  };
}

function request(
  written: string | WrittenRequest,
  common: Readonly<Record<string, string>>,
  nameFor: (wanted: string) => string,
): RequestConfig {
  const { isJson, ...first } = step(written, common, nameFor);
  const { weight = STANDARD.weight, then = [] } = typeof written === 'string' ? {} : written;
  return { ...first, weight, steps: then.map((one) => step(one, common, nameFor)) };
}

function step(
  written: string | Omit<WrittenRequest, 'weight' | 'then'>,
  common: Readonly<Record<string, string>>,
  nameFor: (wanted: string) => string,
): StepConfig {
  const full = typeof written === 'string' ? { ...parseStepLine(written), headers: {}, capture: {} } : written;
  const { body } = full;
  const isJson = typeof body === 'object';
  const sent = isJson ? { 'content-type': 'application/json' } : {};
  return {
    name: full.name ?? nameFor(`${full.method} ${full.path}`),
    method: full.method,
    path: full.path,
    headers: { ...sent, ...inLowerCase(common), ...inLowerCase(full.headers) },
    body: isJson ? JSON.stringify(body) : (body as string | undefined),
    bodyFile: full['body-file'],
    ...expectation(full.expect),
    capture: Object.fromEntries(Object.entries(full.capture).map(([name, one]) => [name, capture(one)])),
    isJson,
  };
}

function expectation(written: WrittenRequest['expect']): Pick<StepConfig, 'expect' | 'answer'> {
  const full = isExpectation(written) ? written : { ...(written === undefined ? {} : { status: written }) };
  return {
    expect: full.status === undefined ? 'any 2xx' : [full.status].flat().toSorted((a, b) => a - b),
    answer: answer(full),
  };
}

const isExpectation = (written: WrittenRequest['expect']): written is WrittenExpectation =>
  typeof written === 'object' && !Array.isArray(written);

function answer({ header = {}, body = {}, grpc }: WrittenExpectation): AnswerConfig {
  const { contains, regex, json = {} } = body;
  return {
    headers: inLowerCase(header),
    contains,
    regex,
    json: Object.entries(json).map(([path, value]) => jsonExpectation(path, value)),
    grpc,
  };
}

function jsonExpectation(path: string, value: JsonScalar): JsonExpectation {
  if (value === 'exists') return { path, is: 'there' };
  return value === 'absent' ? { path, is: 'absent' } : { path, is: 'equal', value };
}

/** One of the two keys is there: see checks.ts. */
function capture(written: string | { readonly header?: string; readonly match?: string }): CaptureConfig {
  if (typeof written === 'string') return { from: 'json', path: written };
  const { header, match } = written;
  return header === undefined ? { from: 'text', match: match! } : { from: 'header', name: header.toLowerCase(), match };
}

/** Gives each wanted name once, and ` #2`, ` #3` after it, past all that are taken. */
function freeNames(taken: readonly string[]): (wanted: string) => string {
  const used = new Set(taken);
  const given = new Map<string, number>();
  return (wanted) => {
    let n = given.get(wanted) ?? 0;
    let name: string;
    do {
      n++;
      name = n === 1 ? wanted : `${wanted} #${n}`;
    } while (used.has(name));
    given.set(wanted, n);
    used.add(name);
    return name;
  };
}

function inLowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Where things stand in the file, for people. */
interface Lines {
  at(place: string): string;
  /** Undefined for what is not written but a default. */
  ifWritten(place: string): string | undefined;
}

/** The limits that stand under `place`; what is not written there is as in `shared`, and rules are added to its rules. */
function limits(written: WrittenOwnLimits, place: string, shared: LimitsConfig, lines: Lines): LimitsConfig {
  const { functions = [], ignore = [], waivers = [] } = written;
  const metrics = METRICS.map((name) => [
    name,
    metricLimits(written[name] ?? {}, pointer(place, name), shared.metrics[name], lines),
  ]);
  const rule = (key: string, i: number) => pointer(place, key, i);
  return {
    metrics: Object.fromEntries(metrics) as Record<MetricName, MetricLimits>,
    functions: [...shared.functions, ...functions.map((one, i) => functionRule(one, rule('functions', i), lines))],
    ignore: [...shared.ignore, ...ignore.map((match, i) => ({ match, at: lines.at(rule('ignore', i)) }))],
    waivers: [...shared.waivers, ...waivers.map((one, i) => waiver(one, rule('waivers', i), lines))],
  };
}

function metricLimits(
  written: 'off' | Partial<WrittenMetricLimits>,
  place: string,
  shared: MetricLimits,
  { ifWritten }: Lines,
): MetricLimits {
  if (written === 'off') return { total: 'off', function: 'off', collection: 'off', floor: shared.floor };
  const limit = (key: 'total' | 'function' | 'collection') =>
    written[key] === undefined ? shared[key] : limitOrOff(written[key], ifWritten(pointer(place, key)));
  return {
    total: limit('total'),
    function: limit('function'),
    collection: limit('collection'),
    floor: written.floor === undefined ? shared.floor : floor(written.floor, ifWritten(pointer(place, 'floor'))),
  };
}

function functionRule(written: WrittenFunctionRule, place: string, { at }: Lines): FunctionRule {
  const limits = FUNCTION_METRICS.flatMap((metric) => {
    const text = written[metric];
    return text === undefined ? [] : [[metric, limitOrOff(text, at(pointer(place, metric)))]];
  });
  return { match: written.match, limits: Object.fromEntries(limits), at: at(place) };
}

function waiver({ 'up-to': upTo, ...written }: WrittenWaiver, place: string, { at }: Lines): Waiver {
  return { ...written, upTo: parseLimit(upTo, at(pointer(place, 'up-to'))), at: at(place) };
}

function limitOrOff(text: string, at: string | undefined): LimitOrOff {
  return text === 'off' ? 'off' : parseLimit(text, at);
}

function floor(written: WrittenFloor, at: string | undefined): Floor {
  const parts = [written].flat();
  const largest = (values: readonly number[]) => Math.max(0, ...values);
  return {
    perRequest: largest(parts.filter((part) => typeof part === 'number')),
    ratio: largest(parts.filter((part) => typeof part === 'string').map(parseShare)),
    text: parts.map((part) => String(part).trim()).join(', '),
    at,
  };
}

/** What the file's own limits are laid over; its defaults are the schema's. */
const UNLIMITED: LimitsConfig = {
  metrics: Object.fromEntries(
    METRICS.map((name) => [
      name,
      { total: 'off', function: 'off', collection: 'off', floor: floor(limitsOf(name).floor, undefined) },
    ]),
  ) as Record<MetricName, MetricLimits>,
  functions: [],
  ignore: [],
  waivers: [],
};

function baseline(written: WrittenBaseline): BaselineConfig {
  const { branch, keep, 'max-distance': maxDistance } = written;
  return { branch, store: store(written), maxDistance, keep };
}

function store(written: WrittenBaseline): StoreConfig | undefined {
  switch (written.store) {
    case undefined:
      return undefined;
    case 'git':
      return {
        kind: 'git',
        remote: written.remote,
        branch: written['data-branch'],
        tokenEnv: written['token-env'],
      };
    case 'directory':
      return { kind: 'directory', path: written.path! };
    case 's3': {
      const { bucket, region, endpoint } = written;
      return { kind: 's3', bucket: bucket!, prefix: written.prefix.replace(/\/$/, ''), region, endpoint };
    }
    case 'exec':
      return { kind: 'exec', command: written.command! };
  }
}

/** Every place but what is inside bodies, which are no part of the config. */
function places(document: ConfigDocument): Config['places'] {
  const named = [...document.written].filter(
    (place) => place !== '' && !/^\/(load|scenarios\/[^/]+)\/requests\/\d+(\/then\/\d+)?\/body\//.test(place),
  );
  return Object.fromEntries(
    named.map((place) => {
      const { line, flag } = document.ofKey(place);
      return [placeName(place), flag ?? line];
    }),
  );
}

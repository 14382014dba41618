/** The written config, known to be valid and with its defaults filled, to the one that the program works with. */
import {
  type BaselineConfig,
  type Config,
  type Floor,
  FUNCTION_METRICS,
  type FunctionRule,
  type LimitOrOff,
  type LimitsConfig,
  type LoadConfig,
  METRICS,
  type MetricLimits,
  type MetricName,
  type ReadyConfig,
  type RequestConfig,
  type ServiceConfig,
  STANDARD,
  type StoreConfig,
  type WrittenBaseline,
  type WrittenConfig,
  type WrittenRequest,
} from './config.ts';
import type { ConfigDocument } from './document.ts';
import { parseDuration } from './duration.ts';
import { parseLimit, parseShare } from './limit.ts';
import { configDirectory, placeName, pointer } from './places.ts';
import { parseRequestLine } from './request-line.ts';

/** Names of the file and of the repository, from which the service gets its own where none is written. */
export interface Origin {
  readonly fileName: string;
  readonly repositoryName: string;
}

/** The Config that a valid document says. */
export function normalise(document: ConfigDocument, origin: Origin): Config {
  const written = document.value as WrittenConfig;
  const at = (place: string) => `${origin.fileName}:${document.ofKey(place).line}`;
  const ifWritten = (place: string) => (document.isWritten(place) ? at(place) : undefined);
  return {
    fileName: origin.fileName,
    service: service(written.service, origin),
    load: load(written.load),
    limits: limits(written.limits, at, ifWritten),
    baseline: baseline(written.baseline),
    budgetMs: parseDuration(written.budget),
    onInconclusive: written['on-inconclusive'],
    instruments: written.instruments,
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
    dir: written.dir,
    setup: written.setup,
    build: { command: build.command, flags: build.flags, tags: build.tags, env: build.env, ldflags: build.ldflags },
    inject: written.inject,
    args: written.args,
    env: written.env,
    ready: ready(written.ready),
    stop: { signal: stop.signal, timeoutMs: parseDuration(stop.timeout) },
  };
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

function load(written: WrittenConfig['load']): LoadConfig {
  const nameFor = freeNames(written.requests.flatMap((one) => (typeof one === 'string' ? [] : (one.name ?? []))));
  return {
    requests: written.requests.map((one) => request(one, written.headers, nameFor)),
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
  const full: WrittenRequest =
    typeof written === 'string' ? { ...parseRequestLine(written), headers: {}, weight: STANDARD.weight } : written;
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
    expect: full.expect === undefined ? 'any 2xx' : [full.expect].flat().toSorted((a, b) => a - b),
    weight: full.weight,
  };
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

type At = (place: string) => string;
type IfWritten = (place: string) => string | undefined;

function limits(written: WrittenConfig['limits'], at: At, ifWritten: IfWritten): LimitsConfig {
  const metrics = METRICS.map((name) => [name, metricLimits(name, written, ifWritten)]);
  return {
    metrics: Object.fromEntries(metrics) as Record<MetricName, MetricLimits>,
    functions: written.functions.map((rule, i) => functionRule(rule, pointer('/limits/functions', i), at)),
    ignore: written.ignore.map((match, i) => ({ match, at: at(pointer('/limits/ignore', i)) })),
    waivers: written.waivers.map(({ 'up-to': upTo, ...waiver }, i) => {
      const place = pointer('/limits/waivers', i);
      return { ...waiver, upTo: parseLimit(upTo, at(pointer(place, 'up-to'))), at: at(place) };
    }),
  };
}

function metricLimits(metric: MetricName, written: WrittenConfig['limits'], ifWritten: IfWritten): MetricLimits {
  const place = pointer('/limits', metric);
  const all = written[metric];
  if (all === 'off') {
    return { total: 'off', function: 'off', collection: 'off', floor: floor(STANDARD.floors[metric], undefined) };
  }
  const limit = (key: 'total' | 'function' | 'collection') =>
    limitOrOff(all[key] ?? 'off', ifWritten(pointer(place, key)));
  return {
    total: limit('total'),
    function: limit('function'),
    collection: limit('collection'),
    floor: floor(all.floor, ifWritten(pointer(place, 'floor'))),
  };
}

function functionRule(written: WrittenConfig['limits']['functions'][number], place: string, at: At): FunctionRule {
  const limits = FUNCTION_METRICS.flatMap((metric) => {
    const text = written[metric];
    return text === undefined ? [] : [[metric, limitOrOff(text, at(pointer(place, metric)))]];
  });
  return { match: written.match, limits: Object.fromEntries(limits), at: at(place) };
}

function limitOrOff(text: string, at: string | undefined): LimitOrOff {
  return text === 'off' ? 'off' : parseLimit(text, at);
}

function floor(written: number | string, at: string | undefined): Floor {
  return typeof written === 'number'
    ? { kind: 'amount', perRequest: written, text: String(written), at }
    : { kind: 'share', ratio: parseShare(written), text: written.trim(), at };
}

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
function places(document: ConfigDocument): Record<string, number> {
  const named = [...document.written].filter((place) => place !== '' && !/^\/load\/requests\/\d+\/body\//.test(place));
  return Object.fromEntries(named.map((place) => [placeName(place), document.ofKey(place).line]));
}

/** How a service takes its port: ways to tell it, the likeliest first. They are guesses; a start shows which one holds. Pure. */

import { wordsOf } from './names.ts';
import type { Flag, PackageSource, Place } from './source.ts';

/** What a service is given so that it listens where perf-gate wants; values are templates of `{port}`. */
export interface PortWay {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The subcommand that knows the flag, where the source tells. */
  readonly command?: string;
  /** Texts by their paths in the service's directory. */
  readonly files?: Readonly<Record<string, string>>;
  /** 'the flag -listen', 'PORT in the environment'. */
  readonly shown: string;
  readonly place: Place;
}

export interface Ports {
  /** The likeliest first; none where the source has no flag and no variable for it. */
  readonly ways: readonly PortWay[];
  /** Ports beside the one for requests (metrics, profiles): two copies of the service cannot both have them. */
  readonly beside: readonly PortWay[];
}

/** A flag or an environment variable that takes a value. */
interface Setting {
  readonly kind: 'flag' | 'environment';
  readonly name: string;
  readonly words: readonly string[];
  readonly default: string;
  readonly isNumber: boolean;
  readonly isOwn: boolean;
  /** Of a flag; '' where none is known. */
  readonly command: string;
  readonly place: Place;
  way(value: string): PortWay;
}

const MOST_WAYS = 6;

/** The ways in the source that a main package is built from, itself the last. */
export function findPorts(sources: readonly PackageSource[]): Ports {
  const settings = settingsOf(sources).filter((setting) => !isForeign(setting));
  const beside = settings.filter(({ words }) => isOfSecondListener(words));
  const main = settings
    .filter((setting) => !beside.includes(setting))
    .map((setting) => ({ setting, likelihood: likelihood(setting) }))
    .filter(({ likelihood }) => likelihood > 0)
    .sort((a, b) => b.likelihood - a.likelihood)
    .map(({ setting }) => setting);
  // First each in the form that it most likely wants, then the other forms.
  const ways = [0, 1].flatMap((form) => main.flatMap((setting) => forms(setting)[form] ?? []));
  return {
    ways: ways.slice(0, MOST_WAYS),
    beside: beside.filter(opensAnotherPort).map((setting) => setting.way(isPort(setting) ? '0' : '127.0.0.1:0')),
  };
}

/** An address to listen on that is a constant, as it is written in the source. */
export interface FixedAddress extends Place {
  readonly address: string;
}

/** Undefined where another listener is given its address by something that is no constant. */
export function fixedAddress(sources: readonly PackageSource[]): FixedAddress | undefined {
  const all = sources.flatMap(({ listens }) => listens);
  return all.some(({ isTold }) => isTold) ? undefined : all.findLast(({ address }) => address !== '');
}

/** Of something that the service talks to or is started by; what says that it listens is its own, whatever for. */
const isForeign = ({ name, words }: Setting) => OF_SYSTEMD.has(name) || isOfAnother(words);

/** The words of a name that is not about a port of the service's own. */
export const isOfAnother = (words: readonly string[]): boolean =>
  words.some((word) => NO_PORT.has(word)) ||
  (words.some((word) => FOREIGN.has(word)) && !words.some((word) => word === 'listen' || word === 'bind'));

/** Sockets that are handed over open: who is told of them looks for file descriptors that are not there. */
const OF_SYSTEMD: ReadonlySet<string> = new Set(['LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES', 'NOTIFY_SOCKET']);

/** They stand beside a listener, and say something else about it. */
const NO_PORT: ReadonlySet<string> = new Set([
  ...[
    'limit',
    'timeout',
    'interval',
    'backlog',
    'alive',
    'keepalive',
    'cert',
    'certificate',
    'key',
    'ca',
    'file',
    'mode',
  ],
  ...[
    'unix',
    'unixgram',
    'socket',
    'sock',
    'network',
    'net',
    'reuse',
    'reuseport',
    'password',
    'pass',
    'token',
    'count',
  ],
]);

const FOREIGN = new Set([
  ...['db', 'database', 'sql', 'postgres', 'postgresql', 'pg', 'mysql', 'mariadb', 'mongo', 'mongodb', 'redis', 'etcd'],
  ...['kafka', 'nats', 'rabbit', 'rabbitmq', 'amqp', 'mqtt', 'smtp', 'mail', 'email', 'ldap', 'vault', 'consul', 'dns'],
  ...['upstream', 'backend', 'target', 'remote', 'peer', 'peers', 'proxy', 'client', 'forward', 'dial', 'connect'],
  ...['statsd', 'otel', 'otlp', 'jaeger', 'zipkin', 'collector', 'sentry', 'influx', 'graphite', 'syslog', 'loki'],
  ...[
    'elastic',
    'elasticsearch',
    'opensearch',
    'memcached',
    'memcache',
    'cache',
    's3',
    'minio',
    'advertise',
    'external',
  ],
  ...[
    'public',
    'ip',
    'mac',
    'allow',
    'allowed',
    'trusted',
    'user',
    'ssh',
    'ftp',
    'store',
    'storage',
    'join',
    'cluster',
  ],
]);

export const isOfSecondListener = (words: readonly string[]): boolean => words.some((word) => BESIDE.has(word));

/** Of a second listener of the service. */
const BESIDE = new Set([
  ...['metrics', 'metric', 'prometheus', 'prom', 'pprof', 'profile', 'profiling', 'debug', 'admin', 'health', 'probe'],
  ...[
    'internal',
    'mgmt',
    'management',
    'monitoring',
    'telemetry',
    'grpc',
    'rpc',
    'tls',
    'https',
    'ssl',
    'secure',
    'tcp',
  ],
  ...['udp', 'gossip', 'cluster', 'raft', 'status', 'ops'],
]);

export const LISTENS: ReadonlySet<string> = new Set([
  'port',
  'addr',
  'address',
  'listen',
  'listener',
  'bind',
  'listenaddr',
  'httpaddr',
  'httpport',
]);
/** May stand beside those without making it another port. */
const PLAIN = new Set([...LISTENS, 'http', 'web', 'server', 'service', 'app', 'api', 'host', 'on', 'the', 'number']);

function likelihood({ name, words, default: value, isNumber, isOwn, kind }: Setting): number {
  const isNamed = words.some((word) => LISTENS.has(word));
  const looksLikeIt = isListenAddress(value) || (isNumber && isNamed && Number(value) > 0);
  if (!isNamed && !looksLikeIt) return 0;
  if (isHost(value)) return 0; // its port is another setting
  const isPlain = words.every((word) => PLAIN.has(word)) || /^[a-z]$/i.test(name);
  return (
    (isNamed ? 2 : 0) + (isPlain ? 2 : 0) + (looksLikeIt ? 1 : 0) + (isOwn ? 0.5 : 0) + (kind === 'flag' ? 0.25 : 0)
  );
}

/** ':8080', '0.0.0.0:8080', 'localhost:8080', 'http://0.0.0.0:8080' */
const isListenAddress = (text: string) =>
  /^(\w+:\/\/)?(localhost|0\.0\.0\.0|127\.0\.0\.1|\[[0-9a-f:]*\]|\*)?:\d+$/i.test(text);

const isHost = (text: string) => /^(localhost|(\d+\.){3}\d+|\[?[0-9a-f]*::[0-9a-f:]*\]?)$/i.test(text);

const isPort = ({ isNumber, default: value, words }: Setting) =>
  isNumber || /^\d+$/.test(value) || (value === '' && words.includes('port'));

/** The likeliest form first. */
function forms(setting: Setting): PortWay[] {
  const scheme = /^\w+:\/\//.exec(setting.default)?.[0] ?? '';
  if (setting.isNumber) return [setting.way('{port}')];
  const hasColon = setting.words.includes('port') && setting.default.startsWith(':');
  const address = hasColon ? ':{port}' : `${scheme}127.0.0.1:{port}`;
  return (isPort(setting) ? ['{port}', address] : [address, '{port}']).map(setting.way);
}

/** Whether it does so unless it is told otherwise. */
function opensAnotherPort(setting: Setting): boolean {
  if (setting.isNumber) return Number(setting.default) > 0 && setting.words.includes('port');
  const isAddress = isListenAddress(setting.default);
  return isAddress || (/^\d+$/.test(setting.default) && Number(setting.default) > 0 && setting.words.includes('port'));
}

function settingsOf(sources: readonly PackageSource[]): Setting[] {
  const found = new Map<string, Setting>();
  // The main package's own come first.
  for (const [i, source] of [...sources].reverse().entries()) {
    for (const flag of source.flags) add(found, fromFlag(flag, i === 0));
    for (const variable of source.environment) {
      const { name, default: value } = variable;
      add(found, {
        kind: 'environment',
        name,
        words: wordsOf(name),
        default: value,
        isNumber: false,
        isOwn: i === 0,
        command: '',
        place: variable,
        way: (value) => ({ args: [], env: { [name]: value }, shown: `${name} in the environment`, place: variable }),
      });
    }
  }
  return [...found.values()];
}

function fromFlag(flag: Flag, isOwn: boolean): Setting {
  const { name, dashes, isNumber, command } = flag;
  const written = `${name.length === 1 ? '-' : dashes}${name}`;
  const way = (value: string) => ({
    args: dashes === '-' ? [written, value] : [`${written}=${value}`],
    env: {},
    ...(flag.command === '' ? {} : { command: flag.command }),
    shown: `the flag ${written}${flag.command === '' ? '' : ` of ${flag.command}`}`,
    place: flag,
  });
  return {
    kind: 'flag',
    name,
    words: wordsOf(name),
    default: flag.default,
    isNumber,
    isOwn,
    command,
    place: flag,
    way,
  };
}

/** The first of a name counts, unless a later one tells a default that it does not. */
function add(found: Map<string, Setting>, setting: Setting): void {
  const key = `${setting.kind} ${setting.command} ${setting.name}`;
  const known = found.get(key);
  if (known === undefined || (known.default === '' && setting.default !== '')) found.set(key, setting);
}

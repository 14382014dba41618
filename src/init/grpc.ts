/** Whether a main package serves gRPC, and which of its methods could be called with an empty message. Pure. */
import type { LeftOut } from './candidates.ts';
import { findCandidates } from './candidates.ts';
import { wordsOf } from './names.ts';
import type { PackageSource, Place } from './source.ts';

/** A unary method. */
export interface Call {
  /** `/helloworld.Greeter/SayHello` */
  readonly path: string;
  readonly place: Place;
  readonly isHealth: boolean;
}

/** One that was answered with the status OK every time. */
export interface AnsweredCall extends Call {
  readonly ms: number;
  /** Of the message. */
  readonly bytes: number;
}

export interface Calls {
  readonly toTry: readonly Call[];
  readonly leftOut: readonly LeftOut[];
}

/** Where a gRPC server is made, in a program that has no HTTP routes beside it but those about itself. */
export function grpcServer(sources: readonly PackageSource[]): Place | undefined {
  const server = sources.flatMap(({ rpcs }) => rpcs).findLast(({ kind }) => kind === 'server');
  const hasRoutes = findCandidates(sources).toTry.some(({ role, pattern }) => role === 'load' && pattern !== '/');
  return hasRoutes ? undefined : server;
}

const HEALTH = 'grpc.health.v1.Health';

/** The methods of the services that are registered; the health service's last. */
export function findCalls(sources: readonly PackageSource[]): Calls {
  const all = sources.flatMap(({ rpcs }) => rpcs);
  const registered = new Map(all.flatMap((one) => (one.kind === 'service' ? [[one.service, one] as const] : [])));
  const toTry: Call[] = [];
  const leftOut: LeftOut[] = [];
  for (const { kind, service, name, file, line } of all) {
    if (kind !== 'method' || !registered.has(service.split('.').at(-1)!)) continue;
    const path = `/${service}/${name}`;
    const [verb = ''] = wordsOf(name);
    if (READS.has(verb)) toTry.push({ path, place: { file, line }, isHealth: false });
    else
      leftOut.push({ request: `POST ${path}`, reason: 'not called: it may change something', place: { file, line } });
  }
  const health = registered.get(HEALTH);
  if (health !== undefined) toTry.push({ path: `/${HEALTH}/Check`, place: health, isHealth: true });
  return { toTry, leftOut };
}

/** What methods begin with that hardly change anything. */
const READS: ReadonlySet<string> = new Set([
  ...[
    'get',
    'list',
    'find',
    'search',
    'query',
    'read',
    'fetch',
    'lookup',
    'look',
    'describe',
    'count',
    'show',
    'watch',
  ],
  ...[
    'say',
    'echo',
    'ping',
    'hello',
    'greet',
    'version',
    'status',
    'check',
    'convert',
    'calculate',
    'compute',
    'validate',
  ],
  ...['unary', 'batch', 'recommend', 'resolve', 'translate', 'render', 'empty'],
]);

/** One as it stands under load.requests: an empty message, uncompressed, with its length of 0. */
export const requestFor = ({ path }: Call): string =>
  `{ method: POST, path: ${path}, headers: { content-type: application/grpc }, body: "\\0\\0\\0\\0\\0" }`;

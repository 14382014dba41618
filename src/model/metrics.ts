/**
 * Every figure that a report has a row for, and all that is special about it: what brings it, what it is counted in, how
 * it is called, what may rise by how much where nobody says otherwise. The config, its schema, flags, manifests, totals,
 * words and the schema of report.json take theirs from here. A further figure of an instrument is a row.
 */
import type { Unit } from '../base/units.ts';

/** Every instrument that the config can choose, in the order in which they are used. */
export const INSTRUMENTS = ['instructions', 'allocs', 'io', 'cpu'] as const;
export type InstrumentName = (typeof INSTRUMENTS)[number];

interface Metric {
  readonly instrument: InstrumentName;
  readonly unit: Unit;
  /** In a table and in a sentence. */
  readonly label: string;
  /** Replicates or rounds of the instrument (measure/manifest.ts) have these; the figure is their sum. */
  readonly fields: readonly string[];
  /**
   * How far it can be trusted. `exact`: it is counted, so two replicates that agree are one truth; `spread`: it varies
   * from round to round.
   */
  readonly known: 'exact' | 'spread';
  /** What it is a part of: its floor is a share of the whole, and its limit, where it has one, stands there. */
  readonly partOf?: { readonly whole: string; readonly limit?: 'collection' };
  /** Absent for a part. */
  readonly limits?: Limits;
  /**
   * What a load tool leaves to chance, as a share of the base, that two replicates need not show: it sends the next request
   * without waiting for the service to rest, so how often that is woken differs from process to process. In twelve
   * comparisons of a small service with itself (hey, k6, autocannon, wrk) instructions differed by up to 0.6 %, read and
   * write calls by up to 6 %, some of it by more than both replicates did.
   */
  readonly leftToTools?: number;
}

/** What perf-gate.yml can limit, each with what holds where it says nothing. */
interface Limits {
  readonly about: string;
  readonly total: Standard;
  /** Absent where there is no figure of one function. */
  readonly function?: Standard;
  readonly collection?: Standard;
  /** A smaller rise is never a finding: so much, a share of the total, or the larger of both. */
  readonly floor: number | string | readonly (number | string)[];
  /** What the floor is counted in. */
  readonly counted: string;
  /** What a verdict has not judged where it is missing; its label where this is absent. */
  readonly missing?: string;
}

interface Standard {
  readonly about: string;
  readonly limit: string;
}

const total = (limit: string, about = 'Of the whole service.'): Standard => ({ about, limit });
const ofFunction = (limit: string, about = 'Of any one function.'): Standard => ({ about, limit });

/** In the order of the report. */
export const METRIC_TABLE = {
  instructions: {
    ...{ instrument: 'instructions', unit: 'count', label: 'instructions', known: 'exact', leftToTools: 0.005 },
    fields: ['mutator', 'collection'],
    limits: {
      about: 'Machine instructions executed.',
      total: total('+2%', 'Of the whole service, its garbage collector included.'),
      function: ofFunction('+5%'),
      collection: { about: 'Of the garbage collector.', limit: 'off' },
      ...{ floor: '0.1%', counted: 'instructions', missing: 'CPU' },
    },
  },
  collection: {
    ...{ instrument: 'instructions', unit: 'count', label: 'collection', known: 'exact' },
    fields: ['collection'],
    partOf: { whole: 'instructions', limit: 'collection' },
  },
  cpu: {
    ...{ instrument: 'cpu', unit: 'ns', label: 'cpu time', known: 'spread' },
    fields: ['userNs'],
    limits: {
      about: 'CPU time.',
      total: total('+5%', 'Of the whole service. Time is shown beside its limit and not judged yet.'),
      function: ofFunction('+10%', 'Of any one function. Not judged yet.'),
      ...{ floor: '0.1%', counted: 'nanoseconds' },
    },
  },
  'system-cpu': {
    ...{ instrument: 'cpu', unit: 'ns', label: 'system cpu', known: 'spread' },
    fields: ['systemNs'],
    partOf: { whole: 'cpu' },
  },
  objects: {
    ...{ instrument: 'allocs', unit: 'count', label: 'objects', known: 'exact', leftToTools: 0.001 },
    fields: ['objects'],
    limits: {
      about: 'Objects allocated.',
      ...{ total: total('+1%'), function: ofFunction('+5%') },
      ...{ floor: [0.5, '0.1%'], counted: 'objects' },
    },
  },
  bytes: {
    ...{ instrument: 'allocs', unit: 'bytes', label: 'bytes', known: 'exact', leftToTools: 0.002 },
    fields: ['bytes'],
    limits: {
      about: 'Bytes allocated.',
      ...{ total: total('+2%'), function: ofFunction('+10%') },
      ...{ floor: [64, '0.1%'], counted: 'bytes' },
    },
  },
  'io-calls': {
    ...{ instrument: 'io', unit: 'count', label: 'io calls', known: 'exact', leftToTools: 0.1 },
    fields: ['readCalls', 'writeCalls'],
    limits: { about: 'Calls that read or write.', total: total('off'), floor: 0.1, counted: 'calls', missing: 'io' },
  },
  'io-bytes': {
    ...{ instrument: 'io', unit: 'bytes', label: 'io bytes', known: 'exact', leftToTools: 0.002 },
    fields: ['readBytes', 'writeBytes'],
    limits: { about: 'Bytes read and written.', total: total('off'), floor: 64, counted: 'bytes', missing: 'io' },
  },
} as const satisfies Readonly<Record<string, Metric>>;

type Table = typeof METRIC_TABLE;

/** A row of a report. */
export type RowName = keyof Table;
/** What can have a limit. */
export type MetricName = { [Name in RowName]: Table[Name] extends { limits: Limits } ? Name : never }[RowName];
/** What has a figure of each function. */
export type FunctionMetricName = {
  [Name in MetricName]: Table[Name]['limits'] extends { function: Standard } ? Name : never;
}[MetricName];
export type MetricOf<Instrument extends InstrumentName> = {
  [Name in MetricName]: Table[Name]['instrument'] extends Instrument ? Name : never;
}[MetricName];

export const ROWS = Object.keys(METRIC_TABLE) as readonly RowName[];
export const METRICS = ROWS.filter((name): name is MetricName => 'limits' in METRIC_TABLE[name]);
export const FUNCTION_METRICS = METRICS.filter((name): name is FunctionMetricName => 'function' in limitsOf(name));

/** What a row is judged as: itself, or what it is a part of. */
export function wholeOf(name: RowName): MetricName {
  const { partOf } = metricOf(name);
  return (partOf?.whole ?? name) as MetricName;
}

/** All that is known of a row, whichever it is. */
export const metricOf = (name: RowName): Metric => METRIC_TABLE[name];

export function limitsOf(name: MetricName): Limits {
  return METRIC_TABLE[name].limits;
}

/** What an instrument brings figures of that can have a limit. */
export const metricsOf = <Name extends InstrumentName>(instrument: Name): readonly MetricOf<Name>[] =>
  METRICS.filter((name) => METRIC_TABLE[name].instrument === instrument) as MetricOf<Name>[];

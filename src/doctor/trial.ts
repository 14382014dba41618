/**
 * The service tried as a run would use it: started, asked for each request of the scenario once, a second copy beside
 * it, and each instrument on it, over few requests.
 */
import { atOnce } from '../base/at-once.ts';
import { MeasurementError, UserError } from '../base/errors.ts';
import { listed } from '../base/text.ts';
import { formatDuration } from '../base/units.ts';
import { deckLength } from '../load/scenario.ts';
import { type Bench, type Running, request, type Subject, wholeDecks, withService } from '../measure/bench.ts';
import type { Unusable } from '../measure/instrument.ts';
import { instruments } from '../measure/instruments.ts';
import type { InstrumentResults } from '../measure/manifest.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { ONE_EACH } from '../service/service.ts';
import { type Finding, failed, ok, repairable, warning } from './finding.ts';

/** What each counting process may take for its requests. */
const COUNTING_MS = 1000;
/** Of the service's CPU time, while it is counted (docs/measuring.md). */
const SLOWDOWN = 25;

/**
 * The same bench in a hurry, with no more requests than can be counted soon. Fewer tell the noise too large, never too
 * small.
 */
export function hurried(bench: Bench, { cpuMs, waitMs }: RequestCost): Bench {
  const { load } = bench.config;
  const most = Math.max(1, Math.floor(COUNTING_MS / (cpuMs * SLOWDOWN + waitMs)));
  const fewer = { ...load, count: Math.min(load.count, most), warmup: Math.min(load.warmup, most) };
  return { ...bench, isQuick: true, config: { ...bench.config, load: fewer } };
}

/** Of one request, without valgrind. */
export interface RequestCost {
  /** Of the service. */
  readonly cpuMs: number;
  /** From the request to the end of its response. */
  readonly waitMs: number;
}

export interface TriedService {
  /** Up to the first error, behind which nothing can be tried. */
  readonly findings: readonly Finding[];
  /** Undefined where it did not come so far. */
  readonly cost: RequestCost | undefined;
}

/** `benches`: one for each scenario of the config, at least one. */
export async function tryService(benches: readonly Bench[], head: Subject): Promise<TriedService> {
  const [bench] = benches as readonly [Bench];
  const found: Finding[] = [];
  let cost: RequestCost | undefined;
  let step = 'start';
  try {
    const startedMs = bench.world.monotonicMs();
    await withService(bench, head, { name: 'trial' }, async (running) => {
      const after = formatDuration(bench.world.monotonicMs() - startedMs);
      const { ready, listen } = bench.config.service;
      const place = listen === 'unix' ? 'socket' : 'port';
      const how = ready.kind === 'port' ? 'accepts connections' : `answers ${ready.method} ${ready.path}`;
      found.push(ok('start', `${how} ${after} after its start, on the ${place} that it was given`));
      step = 'requests';
      for (const one of benches) found.push(await tryLoad(one, running));
      step = 'second copy';
      // Of the same side: a run has base and head at once, and of each the one that counts beside the one that names.
      await withService(bench, head, { name: 'second-copy' }, (second) => tryLoad(bench, second)).catch(
        (error: unknown) => {
          bench.signal.throwIfAborted();
          throw error instanceof UserError ? notTwice(error) : error;
        },
      );
      found.push(ok('second copy', 'runs beside the first, as several will in a run'));
      cost = await costOf(bench, running);
    });
  } catch (error) {
    found.push(failed(step, repairable(error, bench.world), 'here'));
  }
  return { findings: found, cost };
}

/** Enough to know about what one costs. */
const A_FEW = 20;

async function costOf(bench: Bench, running: Running): Promise<RequestCost> {
  const before = await running.agent.clock();
  const { requests, latencyMs, durationMs } = await request(bench, running, wholeDecks(bench, A_FEW));
  const after = await running.agent.clock();
  const cpuNs = after.userNs + after.systemNs - before.userNs - before.systemNs;
  return { cpuMs: cpuNs / requests / 1e6, waitMs: latencyMs?.p50 ?? durationMs / requests };
}

async function tryLoad(bench: Bench, running: Running): Promise<Finding> {
  const { command, config } = bench;
  const of = config.scenario === undefined ? '' : `${config.scenario}: `;
  if (command !== undefined) {
    const { requests } = await request(bench, running, A_FEW);
    const sender = command.tool.name === 'json' ? 'the command' : command.tool.name;
    return ok('requests', `${of}${sender} sent ${requests}, and they were answered as expected`);
  }
  return tryRequests(bench, running, of);
}

/** Each request of the scenario once. Throws a MeasurementError that names all that fail. */
async function tryRequests(bench: Bench, running: Running, of: string): Promise<Finding> {
  const { requests } = bench.scenario;
  const failures: UserError[] = [];
  for (const one of requests) {
    const scenario = { ...bench.scenario, requests: [{ ...one, weight: 1 }] };
    await request({ ...bench, scenario }, running, deckLength(scenario)).catch((error: unknown) => {
      bench.signal.throwIfAborted();
      if (!(error instanceof UserError) || running.service.hasExited) throw error;
      failures.push(error);
    });
  }
  const [first] = failures;
  if (first === undefined) {
    const names = listed(requests.map(({ name }) => name));
    const all = requests.length === 1 ? '' : `all ${requests.length} `;
    return ok('requests', `${of}${all}answered as expected: ${names}`);
  }
  throw new MeasurementError(`${of}${failures.length} of ${requests.length} requests failed`, {
    cause: first,
    ...(first.hint === undefined ? {} : { hint: first.hint }),
    detail: failures.map(({ detail, message }) => (detail ?? message).replace(/^the first: /, '')).join('\n'),
  });
}

const notTwice = (error: UserError) =>
  new MeasurementError(`one copy of the service runs, a second one beside it does not: ${error.message}`, {
    cause: error,
    hint: ONE_EACH,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  });

/** What came up on the way, with what to do about it. */
export const remarksOn = ({ warnings }: Pick<Bench, 'warnings'>): Finding[] =>
  warnings.flatMap(({ code, text }) => {
    const known = REMARKS[code];
    return known === undefined ? [] : [warning(known.name, text, known.remedy)];
  });

/** By the code of the warning; those that are not here are said of the machine already. */
const REMARKS: Readonly<Record<string, { readonly name: string; readonly remedy: string }>> = {
  'generator-bottleneck': { name: 'load', remedy: 'set load.connections lower; exact figures do not mind' },
  'service-killed': { name: 'stop', remedy: 'let it end when it is asked to, or set service.stop' },
};

export interface TriedInstruments {
  readonly results: InstrumentResults;
  /** Of those that brought none. */
  readonly findings: readonly Finding[];
}

/** Uses the exact instruments as a run would, all at once, since no clock is involved; `bench` should be a hurried one. */
export async function tryExact(
  bench: Bench,
  head: Subject,
  names: readonly Exclude<InstrumentName, 'cpu'>[],
): Promise<TriedInstruments> {
  const tried = await atOnce(names, bench.signal, (name, signal) => tryOne({ ...bench, signal }, head, name));
  return {
    results: Object.assign({}, ...tried.map(({ results }) => results)),
    findings: tried.flatMap(({ findings }) => findings),
  };
}

async function tryOne(bench: Bench, head: Subject, name: InstrumentName): Promise<TriedInstruments> {
  try {
    const measured = await instruments[name].measure([head], bench);
    if (!('missing' in measured)) return { results: { [name]: measured.results[0] }, findings: [] };
    return { results: {}, findings: [unusable(name, measured.missing)] };
  } catch (error) {
    bench.signal.throwIfAborted();
    return { results: {}, findings: [failed(name, repairable(error, bench.world), 'here')] };
  }
}

/** A run goes on without it. What the service said last is shown: its log goes with us. */
function unusable(name: InstrumentName, { reason, hint, detail }: Unusable['missing']): Finding {
  const text = `cannot be used: ${reason}`;
  if (detail === undefined) return warning(name, text, hint ?? `take ${name} out of instruments in the config`);
  const remedy = `see what it said; a run goes on without ${name} and keeps the logs in head/logs of its run directory`;
  return { ...warning(name, text, remedy), detail };
}

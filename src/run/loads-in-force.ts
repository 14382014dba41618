/**
 * Which load a run sends where the commit changes it: the base's, so that nobody's cost is out of sight for having been
 * moved out of it. Only where that cannot be sent, or is not answered rightly, the head's own, and then a pass is none.
 */
import { join, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import { configDirectory } from '../config/places.ts';
import { eachScenario, scenarioCalled } from '../config/scenarios.ts';
import type { Bench } from '../measure/bench.ts';
import type { Unanswered } from '../measure/measure.ts';
import { benchFor, type OpenLoad, openLoad } from './bench-for.ts';
import type { Job } from './build-sides.ts';
import type { Part } from './measure-scenarios.ts';
import { quickBench, quickConfig } from './quick.ts';
import type { Rules } from './rules-in-force.ts';

/** What is sent in one scenario. */
export interface Sending {
  /** With the load that is sent first. */
  readonly config: Config;
  /** Where that is the base's and the head has another: what its paths are relative to, and the head's own config. */
  readonly ofBase?: { readonly directory: string; readonly headsOwn: Config | undefined } | undefined;
  /** Why it is the head's, although the base has another. */
  readonly whyNotBase?: string;
}

/** Of each scenario that is measured, or of the one that a person names. */
export function sendingsOf(
  rules: Pick<Rules, 'config' | 'ofBase' | 'differences'>,
  named: string | undefined,
  isNewService: boolean,
): readonly [Sending, ...Sending[]] {
  const { config, ofBase, differences } = rules;
  const chosen = (of: Config) => (named === undefined ? eachScenario(of) : ([scenarioCalled(of, named)] as const));
  if (ofBase === undefined) return all(chosen(config), (one) => ({ config: one }));
  const { directory, headsOwn } = ofBase;
  const heads = (why: string) => all(chosen(headsOwn), (one) => ({ config: one, whyNotBase: why }));
  if (isNewService) return heads('the base does not have the service');
  const isIn = ({ scenarios }: Config) => scenarios.some(({ name }) => name === named);
  if (named !== undefined && !isIn(config) && isIn(headsOwn)) return heads(`the base has no scenario ${named}`);
  return all(chosen(config), (one): Sending => {
    const isOther = differences.some(({ about, scenario }) => about === 'load' && scenario === one.scenario);
    if (!isOther) return { config: one };
    const own = eachScenario(headsOwn).find(({ scenario }) => scenario === one.scenario);
    return { config: one, ofBase: { directory, headsOwn: own } };
  });
}

const all = <T, U>([first, ...others]: readonly [T, ...T[]], of: (one: T) => U): readonly [U, ...U[]] => [
  of(first),
  ...others.map(of),
];

export interface Opening {
  /** The repository's. */
  readonly root: string;
  /** See benchFor. */
  readonly name: string | undefined;
  /** A quick look, see quick.ts. */
  readonly isQuick: boolean;
}

/** A scenario with what is sent in it; `job` is the run's, whatever its config. */
export async function partFor(given: Part['job'], sending: Sending, opening: Opening): Promise<Part> {
  const { config: asked, ofBase, whyNotBase } = sending;
  const { root, name, isQuick } = opening;
  const quickly = isQuick ? quickConfig : (config: Config) => config;
  const told = (bench: Bench, config: Config) => (isQuick ? quickBench(bench, config) : bench);
  const job = { ...given, config: quickly(asked) };
  if (ofBase === undefined) {
    const bench = told(await benchFor(job, root, name), asked);
    return { job, bench, ...(whyNotBase !== undefined && { whyNotBase }) };
  }
  const { clean } = job.world.secrets;
  const withHeadsOwn = async (why: string, bench?: Bench): Promise<Part> => {
    const whyNotBase = clean(why);
    if (ofBase.headsOwn === undefined) {
      return { job, bench: undefined, whyNotBase: `${whyNotBase}, and this commit has no load in its place` };
    }
    const own = { ...given, config: quickly(ofBase.headsOwn) };
    const load = await openLoad(own.config.load, resolve(root, configDirectory(own.config.fileName)), own);
    const fresh =
      bench === undefined ? await benchFor(own, root, name, load) : { ...bench, ...load, config: own.config };
    return { job: own, bench: told(fresh, ofBase.headsOwn), whyNotBase };
  };
  let load: OpenLoad;
  try {
    load = await openLoad(job.config.load, ofBase.directory, job);
  } catch (error) {
    job.world.signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return withHeadsOwn(`the base's load cannot be sent (${error.message})`);
  }
  const bench = await benchFor(job, root, name, inCheckout(load, job));
  const unused: Bench = { ...bench, efforts: new Map(), warnings: [...bench.warnings] };
  return {
    job,
    bench: told(bench, asked),
    withHeadsLoad: ({ side, reason }: Unanswered) =>
      withHeadsOwn(`the ${side} does not answer the base's load as it should (${reason})`, unused),
  };
}

/** A command of the base that calls a script of its checkout calls the base's on both sides. */
function inCheckout({ scenario, command }: OpenLoad, job: Job): OpenLoad {
  const checkout = join(job.checkouts.base.directory, job.serviceDirectory);
  return { scenario, command: command && { ...command, checkout } };
}

/** The part of the doctor that builds the head and tries it, in private checkouts like those of a run. */
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { MeasurementError } from '../base/errors.ts';
import { listed } from '../base/text.ts';
import type { World } from '../base/world.ts';
import { totalsOf } from '../compare/totals.ts';
import type { Config } from '../config/config.ts';
import { eachScenario } from '../config/scenarios.ts';
import { type Finding, failed, ok, repairable, type Section, untried } from '../doctor/finding.ts';
import { tellExact, tellTime } from '../doctor/sensitivity.ts';
import { formatSize } from '../doctor/size.ts';
import { timeNoise } from '../doctor/time-noise.ts';
import { hurried, type RequestCost, remarksOn, tryExact, tryService } from '../doctor/trial.ts';
import { createCheckout } from '../git/checkout.ts';
import type { Repository } from '../git/repository.ts';
import { resolveSides } from '../git/sides.ts';
import { type Bench, type Subject, wholeDecks } from '../measure/bench.ts';
import { INSTRUMENTS, type InstrumentName } from '../model/metrics.ts';
import type { Progress } from '../progress/progress.ts';
import { benchFor } from '../run/bench-for.ts';
import { buildComparable, buildForMeasuring, type ComparableBuild, type Job } from '../run/build-sides.ts';
import { manifestOf } from '../run/side-manifest.ts';
import { temporaryDirectory } from '../run/temporary-directory.ts';

export interface ServiceOptions {
  readonly repo: Repository;
  readonly config: Config;
  readonly serviceDirectory: string;
  /** Of the run directory, which is no part of the head. */
  readonly output: string;
}

const SERVICE = 'the service';
const ABILITIES = 'what the instruments can do here';

/** Findings on the service and on each instrument. */
export async function examineService(options: ServiceOptions, world: World, progress: Progress): Promise<Section[]> {
  try {
    return await examine(options, world, progress);
  } catch (error) {
    const checkout = failed('checkout', repairable(error, world), 'here');
    return [{ title: SERVICE, findings: [checkout] }, notTried(options.config)];
  }
}

async function examine(options: ServiceOptions, world: World, progress: Progress): Promise<Section[]> {
  const { repo, config, serviceDirectory } = options;
  const path = relative(repo.root, options.output);
  const exclude = path === '' || path.startsWith('..') ? [] : [path, `${path}.unfinished`];
  const { head: side } = await resolveSides(repo, { base: 'HEAD', exclude });
  await using work = await temporaryDirectory(world);
  await using copy = await createCheckout(repo, side, join(work.path, 'base', 'src'));
  await using head = await createCheckout(repo, side, join(work.path, 'head', 'src'));
  const job: Job = {
    config,
    serviceDirectory,
    sides: { base: side, head: side },
    checkouts: { base: copy, head },
    work: work.path,
    output: { side: (name) => join(work.path, name, 'out') },
    world,
    progress,
  };
  const built = await build(job, repo);
  if ('failure' in built) return [{ title: SERVICE, findings: [built.failure] }, notTried(config)];
  const { benches, comparable, subjects, finding } = built;
  const { findings, cost } = await progress.step('trying the service', () => tryService(benches, subjects.head));
  const service = (remarks: readonly Finding[]) => ({ title: SERVICE, findings: [finding, ...findings, ...remarks] });
  if (cost === undefined) return [service([]), notTried(config)];
  const bench = hurried(benches[0], cost);
  const found = await tryInstruments({ ...job, config: benches[0].config }, bench, { comparable, subjects, cost });
  const { scenario } = bench.config;
  const title = scenario === undefined ? ABILITIES : `${ABILITIES}, with the scenario ${scenario}`;
  return [service(remarksOn(bench)), { title, findings: found }];
}

/** The instruments, where nothing can be said of them; those of the config where there is one. */
export function notTried(config: Config | undefined, why = 'the errors above come first'): Section {
  return { title: ABILITIES, findings: [untried(listed(config?.instruments ?? INSTRUMENTS), why)] };
}

type Subjects = Readonly<Record<'base' | 'head', Subject>>;

interface Built {
  /** One for each scenario, which share their warnings. */
  readonly benches: readonly [Bench, ...Bench[]];
  readonly comparable: ComparableBuild;
  readonly subjects: Subjects;
  readonly finding: Finding;
}

async function build(job: Job, repo: Repository): Promise<Built | { readonly failure: Finding }> {
  const { config, checkouts, serviceDirectory, work, world } = job;
  const startedMs = world.monotonicMs();
  try {
    const [first, ...others] = eachScenario(config);
    const bench = await benchFor({ ...job, config: first }, repo.root);
    const more: Bench[] = [];
    for (const [i, other] of others.entries()) {
      more.push({ ...(await benchFor({ ...job, config: other }, repo.root, `run${i}`)), warnings: bench.warnings });
    }
    const { comparable, measured } = await job.progress.step('building the service', async () => {
      const comparable = await buildComparable(job, 'head');
      const [measured] = await buildForMeasuring(job, ['head'], { head: comparable });
      return { comparable, measured };
    });
    const { binary, elf, goVersion } = measured!;
    const seconds = ((world.monotonicMs() - startedMs) / 1000).toFixed(1);
    const second = join(work, 'base', 'bin', config.service.name);
    await mkdir(dirname(second), { recursive: true });
    await copyFile(binary, second);
    const subject = (side: 'base' | 'head', file: string): Subject => ({
      side,
      binary: file,
      directory: join(checkouts[side].directory, serviceDirectory),
      output: job.output.side(side),
    });
    const finding = ok(
      'build',
      `${config.service.package} by ${goVersion} in ${seconds} s, ${formatSize(elf.bytes.length)}, the agent in it`,
    );
    return {
      benches: [bench, ...more],
      comparable,
      subjects: { base: subject('base', second), head: subject('head', binary) },
      finding,
    };
  } catch (error) {
    return { failure: failed('build', repairable(error, world)) };
  }
}

interface Runnable {
  readonly comparable: ComparableBuild;
  readonly subjects: Subjects;
  readonly cost: RequestCost;
}

async function tryInstruments(job: Job, bench: Bench, runnable: Runnable): Promise<Finding[]> {
  const { config } = job;
  const { comparable, subjects } = runnable;
  const exact = config.instruments.filter((name) => name !== 'cpu');
  const { results, findings } = await tryExact(bench, subjects.head, exact);
  const manifest = manifestOf(job, 'head', comparable, bench, { instruments: results, missing: [] });
  const rows = totalsOf(manifest, manifest);
  const told = new Map<InstrumentName, Finding>();
  for (const name of exact) {
    const result = results[name];
    const finding = findings.find((one) => one.name === name);
    if (result !== undefined)
      told.set(name, tellExact(name, rows, { tried: result.requests, ofRun: wholeDecks(bench, config.load.count) }));
    else if (finding !== undefined) told.set(name, finding);
  }
  if (config.instruments.includes('cpu')) told.set('cpu', await tryTime(config, bench, runnable));
  const all = config.instruments.flatMap((name) => told.get(name) ?? []);
  if (all.some(({ level }) => level === 'ok')) return all;
  const nothing = new MeasurementError('nothing can be measured', { hint: 'name more instruments in the config' });
  return [...all, failed('instruments', nothing)];
}

async function tryTime(config: Config, bench: Bench, { subjects, cost }: Runnable): Promise<Finding> {
  try {
    const { ratios, windowMs } = await bench.progress.step('comparing the time of the head with that of a copy', () =>
      timeNoise(bench, [subjects.base, subjects.head], cost.waitMs),
    );
    return tellTime(ratios, windowMs, config.budgetMs);
  } catch (error) {
    return failed('cpu', repairable(error, bench.world), 'here');
  }
}

/**
 * perf-gate init: a perf-gate.yml that runs. The story: read the source, build the service from a private checkout, start
 * it, try what it answers, write down what worked, and try that once more before it is written.
 */
import { mkdtemp } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { EXIT, UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { findGo } from '../build/toolchain.ts';
import type { Config } from '../config/config.ts';
import { parseConfig } from '../config/parse.ts';
import { type Checkout, createCheckout } from '../git/checkout.ts';
import { currentBranch } from '../git/refs.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { findTarget, resolveSides, type Side } from '../git/sides.ts';
import { buildService } from '../init/build-service.ts';
import { findCandidates } from '../init/candidates.ts';
import { type Choice, choosePackage, directoryOf, orAnother, serves } from '../init/choose-package.ts';
import { renderConfigFile } from '../init/config-file.ts';
import { type AnsweredCall, findCalls, grpcServer } from '../init/grpc.ts';
import { addHook } from '../init/hook.ts';
import { findInjectables } from '../init/inject.ts';
import type { Launch } from '../init/launch.ts';
import { findLaunches } from '../init/launches.ts';
import { findMains, findModules, type Main, type Mains, type Modules } from '../init/mains.ts';
import { findClues } from '../init/not-started.ts';
import { nothingAnswers } from '../init/nothing-answers.ts';
import type { Plan } from '../init/plan.ts';
import { prove } from '../init/prove.ts';
import { findSamples } from '../init/samples.ts';
import { launchService } from '../init/session.ts';
import type { Place } from '../init/source.ts';
import { type Outcome, plural, tellHook, tellWritten } from '../init/told.ts';
import { tryCalls } from '../init/try-calls.ts';
import { type Tried, tryRequests } from '../init/try-requests.ts';
import { alreadyThere, type Destination, findDestination, findSchema, writeConfigFile } from '../init/write-file.ts';
import type { Bench, Subject } from '../measure/bench.ts';
import type { Progress } from '../progress/progress.ts';
import { benchFor } from '../run/bench-for.ts';
import { requireTools } from '../run/require-tools.ts';
import { temporaryDirectory } from '../run/temporary-directory.ts';
import { type InitOptions, readInitOptions } from './init-options.ts';
import type { Command } from './list.ts';
import { progressFor } from './progress-flags.ts';

export const init: Command<'init'> = async (given, world) => {
  const options = readInitOptions(given);
  const progress = progressFor(world, options);
  await requireTools(world);
  const repo = await openRepository(world.cwd, world);
  const wanted = options.package === undefined ? undefined : posix.join(repo.prefix, options.package);
  const modules = await findModules(repo.git, wanted ?? repo.prefix);
  const directory = directoryFor(modules.holding, repo.prefix);
  const destination = await findDestination(repo.root, directory);
  if (!destination.isThere || options.isForced) {
    const job: InitJob = { repo, options, wanted, modules, directory, destination, world, progress };
    world.stdout.write(tellWritten(await writeConfig(job)));
  } else if (!options.withHook) throw alreadyThere(destination.fileName);
  if (options.withHook) {
    const { fileName } = destination;
    world.stdout.write(tellHook(await addHook(repo, fileName.includes('/') ? fileName : undefined)));
  }
  return EXIT.pass;
};

interface InitJob {
  readonly repo: Repository;
  readonly options: InitOptions;
  /** The directory of --package, from the repository's root. */
  readonly wanted: string | undefined;
  readonly modules: Modules;
  /** That the config will speak for, from the root. */
  readonly directory: string;
  readonly destination: Destination;
  readonly world: World;
  readonly progress: Progress;
}

/** The directory of the module; of one that lies below the person, where the person is. */
function directoryFor(module: string | undefined, prefix: string): string {
  const isBelow = module !== undefined && module !== '.' && (prefix === '' || module.startsWith(`${prefix}/`));
  return module === undefined || isBelow ? prefix || '.' : module;
}

async function writeConfig(job: InitJob): Promise<Outcome> {
  const { repo, directory, world, progress } = job;
  await using work = await temporaryDirectory(world);
  const output = posix.join(directory, 'perf-gate-out');
  const { head } = await resolveSides(repo, { base: 'HEAD', exclude: [output] });
  await using checkout = await createCheckout(repo, head, join(work.path, 'head', 'src'));

  const choice = await progress.step('reading the source', () => chooseMain(job, checkout.directory, work.path));
  const places = { head, checkout, work: work.path, output };
  const { text, outcome } = await configFor(job, choice, places).catch((error: unknown) => {
    world.signal.throwIfAborted();
    throw error instanceof UserError ? orAnother(error, choice, (main) => packageFlag(repo, main)) : error;
  });
  await writeConfigFile(job.destination, text, job.options.isForced);
  return outcome;
}

interface Places {
  readonly head: Side;
  readonly checkout: Checkout;
  readonly work: string;
  readonly output: string;
}

interface Found {
  /** Of the config. */
  readonly text: string;
  readonly outcome: Outcome;
}

async function configFor(job: InitJob, choice: Chosen, { head, checkout, work, output }: Places): Promise<Found> {
  const { repo, options, directory, destination, world, progress } = job;
  const { chosen, others, isGuess, leftOutModules } = choice;
  const grpc = grpcServer(chosen.sources);
  const { moduleDirectory } = chosen;
  const samples = await findSamples(repo.git, checkout.directory, {
    directory: moduleDirectory,
    mainPackage: chosen.package,
    structs: chosen.sources.flatMap(({ configs }) => configs),
  });
  const launches = findLaunches(chosen.sources, options, samples);
  const variables = findInjectables(chosen.sources);
  const draft: Plan = {
    package: chosen.package,
    directory: chosen.moduleDirectory === directory ? undefined : chosen.moduleDirectory,
    setup: options.setup,
    inject: variables.found,
    ...launches[0]!,
    ready: undefined,
    protocol: grpc === undefined ? undefined : 'h2c',
    calls: [],
    givenRequests: options.requests,
    kept: [],
    spare: [],
    leftOut: [],
    branch: await findBranch(repo),
    schema: await findSchema(repo.root, destination),
  };

  const serviceDirectory = (root: string) => join(root, chosen.moduleDirectory);
  const { binary, unset } = await progress.step(`building ${draft.package}`, () =>
    buildService({
      config: parse({ ...draft, givenRequests: ['GET /'] }, job),
      directory: serviceDirectory(checkout.directory),
      side: head,
      work,
      world,
      tell: progress.detail,
    }),
  );
  const inject = variables.found.filter(({ variable }) => !unset.some((one) => one.variable === variable));
  const subject: Subject = {
    side: 'head',
    binary,
    directory: serviceDirectory(checkout.directory),
    output: join(work, 'head', 'out'),
  };
  const bench = async (config: Config): Promise<Bench> => {
    const directory = await mkdtemp(join(work, 'bench-'));
    return { ...(await benchFor({ config, work: directory, world, progress }, repo.root)), run: work };
  };

  const benchWith = (launch: Launch) => {
    const config = parse({ ...draft, inject, ...launch, givenRequests: ['GET /'] }, job);
    return bench(launches.length === 1 ? config : inAHurry(config));
  };
  const tried = await tryService(chosen, launches, subject, benchWith, progress);
  const { launch, calls, kept, spare, ready, leftOut, unclear } = tried;
  if (calls.length + kept.length + options.requests.length === 0) throw nothingAnswers(leftOut, unclear, grpc);
  const plan: Plan = { ...draft, inject, ...launch, ready, calls, kept, spare, leftOut };

  const text = renderConfigFile(plan);
  await progress.step('trying the file: two copies of the service side by side', async () => {
    await prove(await bench(parse(plan, job)), subject);
  });
  const outcome: Outcome = {
    file: posix.relative(repo.prefix, destination.fileName),
    isFoundFromHere: directory === '.' || `${repo.prefix}/`.startsWith(`${directory}/`),
    plan,
    launch,
    others: others.map(({ main, serves }) => ({ name: packageFlag(repo, main), serves })),
    isGuess,
    leftOutModules,
    unclear,
    notInjected: [...unset, ...variables.others],
    isOutputIgnored: await isIgnored(repo, join(output, 'report.json')),
  };
  return { text, outcome };
}

async function isIgnored({ git }: Repository, path: string): Promise<boolean> {
  return (await git.ask(['check-ignore', '--quiet', '--', path])).exitCode === 0;
}

/** What the person would give to --package. */
const packageFlag = ({ prefix }: Repository, main: Main): string => {
  const path = posix.relative(prefix, directoryOf(main));
  return path === '' ? '.' : path.startsWith('.') ? path : `./${path}`;
};

const NONE: Mains = { mains: [], leftOut: [] };

interface Chosen extends Choice {
  readonly leftOutModules: Mains['leftOut'];
}

async function chooseMain(job: InitJob, checkout: string, work: string): Promise<Chosen> {
  const { repo, options, wanted, modules, world } = job;
  const { signal } = world;
  // go and the C compiler leave what they were working on behind when they are interrupted.
  const env = { ...world.env, GOTMPDIR: work, TMPDIR: work };
  const { holding, below } = modules;
  const nearest = holding ?? below[0];
  if (nearest === undefined) {
    throw new UserError(`there is no go.mod in ${world.cwd}, above it or below it`, {
      hint: 'run perf-gate init in the repository of a Go service',
    });
  }
  const toolchain = await findGo(env, join(checkout, nearest), { signal });
  // What reads the source must know as much Go as what builds it.
  const version = /^go[\d.]+(rc\d+)?/.exec(toolchain.version)?.[0];
  const mainsOf = (directories: readonly string[]) =>
    findMains(checkout, directories, {
      env: version === undefined ? env : { ...env, GOTOOLCHAIN: version },
      temporaryDirectory: work,
      signal,
    });
  const own = holding === undefined ? NONE : await mainsOf([holding]);
  // A service in a module of its own, in the repository of a library.
  const isElsewhere = below.length > 0 && wanted === undefined && !own.mains.some(serves);
  const others = isElsewhere ? await mainsOf(below) : NONE;
  const named = wanted === undefined ? undefined : { directory: wanted, shown: options.package! };
  const choice = choosePackage([...own.mains, ...others.mains], { prefix: repo.prefix, wanted: named }, (main) =>
    packageFlag(repo, main),
  );
  return { ...choice, leftOutModules: others.leftOut };
}

/** The branch that changes go to, or else the one that is checked out. */
async function findBranch(repo: Repository): Promise<string | undefined> {
  try {
    return (await findTarget(repo, undefined)).branch;
  } catch (error) {
    if (error instanceof UserError) return currentBranch(repo);
    throw error;
  }
}

/** The Config that the file will mean; our own parser is the judge of what we write. */
const parse = (plan: Plan, { destination, repo }: InitJob): Config =>
  parseConfig(renderConfigFile(plan), destination.fileName, basename(repo.root));

/** With other ways to try, none is waited for as long as a service may take. */
const inAHurry = (config: Config): Config => ({
  ...config,
  service: { ...config.service, ready: { kind: 'port', timeoutMs: 10_000 } },
});

/** What a service answers, and how it was started. */
interface Trying extends Tried {
  readonly launch: Launch;
  readonly calls: readonly AnsweredCall[];
  readonly unclear: readonly Place[];
}

async function tryService(
  main: Main,
  launches: readonly Launch[],
  subject: Subject,
  benchFor: (launch: Launch) => Promise<Bench>,
  progress: Progress,
): Promise<Trying> {
  const { toTry, leftOut, unclear } = findCandidates(main.sources);
  const isGrpc = grpcServer(main.sources) !== undefined;
  await using session = await launchService(launches, subject, benchFor, findClues(main.sources), !isGrpc);
  if (isGrpc) {
    const all = findCalls(main.sources);
    const tried = await progress.step(`trying ${plural(all.toTry.length, 'gRPC method')}`, () =>
      tryCalls(all.toTry, session),
    );
    const { launch } = session;
    const nothing = { kept: [], spare: [], ready: undefined, unclear: [] };
    return { ...nothing, launch, calls: tried.kept, leftOut: [...tried.leftOut, ...all.leftOut] };
  }
  const what = toTry.length === 0 ? 'what most services answer' : plural(toTry.length, 'request');
  const tried = await progress.step(`trying ${what}`, () => tryRequests(toTry, session));
  return { ...tried, launch: session.launch, calls: [], leftOut: [...tried.leftOut, ...leftOut], unclear };
}

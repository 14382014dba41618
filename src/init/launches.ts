/** The ways to start a service: what its source says, and what the person has said, which comes first. Pure. */
import { UserError } from '../base/errors.ts';
import { findConfigSettings, findConfigWays } from './config-ways.ts';
import type { Launch } from './launch.ts';
import { configFile, findClues } from './not-started.ts';
import { findPorts, fixedAddress, type PortWay } from './port.ts';
import type { Samples } from './samples.ts';
import type { PackageSource } from './source.ts';

/** What the person wants the service to be given. */
export interface Given {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const MOST_LAUNCHES = 6;
/** Ways without a file that are tried before those with one. */
const MOST_OWN = 2;

/** The ways to start it, the likeliest first. Throws a UserError where nothing can tell it its port. */
export function findLaunches(sources: readonly PackageSource[], given: Given, samples: Samples = NO_SAMPLES): Launch[] {
  const isTold = [...given.args, ...Object.values(given.env)].some((value) => value.includes('{port}'));
  // What is given may hold more than a launch, such as all options of the command.
  if (isTold) return [{ args: given.args, env: given.env, files: {}, way: undefined }];
  const { ways: own, beside } = findPorts(sources);
  const ways = [
    ...own.slice(0, MOST_OWN),
    ...withFiles(own[0], sources, samples.others, given),
    ...findConfigWays(sources, samples.withPort),
    ...own.slice(MOST_OWN),
  ];
  if (ways.length === 0) throw noWay(sources);
  // A subcommand that the person has given is among the arguments already.
  const commands = given.args.length > 0 ? [[]] : [...subcommands(sources).map((name) => [name]), []];
  const launches = ways.flatMap((way) =>
    commandsFor(way, commands, given).map((command) => ({
      args: [...command, ...given.args, ...way.args, ...fitting(beside, way).flatMap(({ args }) => args)],
      env: Object.assign({}, ...fitting(beside, way).map(({ env }) => env), way.env, given.env) as Record<
        string,
        string
      >,
      files: way.files ?? {},
      way,
    })),
  );
  if (launches.length === 0) throw noWay(sources);
  return launches.slice(0, MOST_LAUNCHES);
}

const NO_SAMPLES: Samples = { withPort: [], others: [] };

const MOST_OTHERS = 2;

/** The likeliest way to tell the port, of a service that does not start without a config file as well. */
function withFiles(
  way: PortWay | undefined,
  sources: readonly PackageSource[],
  paths: readonly string[],
  given: Given,
): PortWay[] {
  const [setting] = findConfigSettings(sources);
  if (way === undefined || setting === undefined) return [];
  return paths.slice(0, MOST_OTHERS).flatMap((path) => {
    const { args, env } = setting.way(path);
    const isGiven = given.args.some((arg) => nameIn(arg) === nameIn(args[0] ?? '')) || hasAny(given.env, env);
    return isGiven ? [] : [{ ...way, args: [...way.args, ...args], env: { ...way.env, ...env } }];
  });
}

/** `--config.file` of `--config.file=x.yml`. */
const nameIn = (arg: string) => arg.replace(/=.*$/s, '');
const hasAny = (all: object, some: object) => Object.keys(some).some((name) => Object.hasOwn(all, name));

/** A flag that is defined within a subcommand is for that one alone. */
const commandsFor = ({ command }: PortWay, all: readonly (readonly string[])[], { args }: Given) =>
  command === undefined || args.length > 0 ? all : mayServe(command) ? [[command]] : [];

/** Others are not tried, whatever their flags: they may change the machine or stop what runs on it. */
const mayServe = (command: string) => SERVES.includes(command) || /serve|respond/.test(command);

/** Those that are not for another subcommand. */
const fitting = (beside: readonly PortWay[], { command }: PortWay) =>
  beside.filter((one) => one.command === undefined || one.command === command);

/** The likeliest first; what is called start may go into the background. */
const SERVES = ['serve', 'server', 'web', 'run', 'http', 'httpd', 'api', 'listen', 'up', 'daemon', 'start'];

function subcommands(sources: readonly PackageSource[]): string[] {
  const names = new Set(sources.flatMap(({ commands }) => commands.map(({ name }) => name)));
  return SERVES.filter((name) => names.has(name));
}

const HOW = 'say how: perf-gate init --arg=-addr=127.0.0.1:{port}, or --env ADDR=127.0.0.1:{port}';

function noWay(sources: readonly PackageSource[]): UserError {
  const fixed = fixedAddress(sources);
  const [listens] = sources.flatMap((source) => source.listens);
  const where = fixed ?? listens;
  const at = where === undefined ? {} : { at: `${where.file}:${where.line}` };
  const hint = `let it read its address from a flag or the environment, such as flag.String("addr", ":8080", "…"); if it does so already, ${HOW}`;
  if (fixed !== undefined) {
    return new UserError(
      `the service listens on ${JSON.stringify(fixed.address)}, which nothing can change: perf-gate runs two of it at once, each on a port of its own`,
      { hint, ...at },
    );
  }
  const nothing = 'no flag and no environment variable was found that tells the service its port';
  const { setting, key } = findClues(sources);
  if (key !== undefined) return new UserError(nothing, { hint: `${configFile(setting, key)}; or ${HOW}`, ...at });
  if (setting === undefined) return new UserError(nothing, { hint, ...at });
  const { place, shown } = setting;
  return new UserError(
    `${nothing}; it may stand in the file that ${shown} names (${place.file}:${place.line}), but no config file of the repository has a key for it`,
    {
      hint: `put an example of that file into the repository, such as config.example.yaml, with the port in it, and run perf-gate init again; or ${HOW}`,
      ...at,
    },
  );
}

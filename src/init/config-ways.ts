/** How a service is told of its config file: by a flag, a variable, behind its subcommand, or by itself. Guesses. Pure. */
import { posix } from 'node:path';
import { formatOf, portKey, withKey } from './config-keys.ts';
import { wordsOf } from './names.ts';
import type { PortWay } from './port.ts';
import type { Sample } from './samples.ts';
import type { ConfigFormat, ConfigKey, EnvironmentVariable, Flag, PackageSource, Place } from './source.ts';

/** What names a file: -config, -c, --config.file, SHOP_CONFIG, REGISTRY_CONFIGURATION_PATH. */
function namesFile(name: string): boolean {
  const words = wordsOf(name);
  return (words.some((word) => ABOUT.has(word)) || name === 'c') && !words.some((word) => NOT_A_FILE.has(word));
}

const ABOUT: ReadonlySet<string> = new Set(['config', 'configuration', 'conf', 'cfg', 'configfile', 'configpath']);
const NOT_A_FILE: ReadonlySet<string> = new Set([
  ...['dir', 'directory', 'name', 'type', 'format', 'check', 'print', 'test', 'auto', 'reload', 'map'],
  ...['enable', 'enabled', 'disable', 'disabled', 'txt'],
]);

/** How many of its words are about something else: of --web.config.file one more than of --config.file. */
const othersIn = (name: string) =>
  wordsOf(name).filter((word) => !ABOUT.has(word) && !['file', 'path', 'c', 'app', 'server', 'service'].includes(word))
    .length;

/** The config file of a part alone: --gdrive-local-config-path. */
const MOST_OTHER_WORDS = 1;

/** The flag or the variable that names a config file. */
export interface ConfigSetting {
  /** 'the flag -config', 'SHOP_CONFIG in the environment'. */
  readonly shown: string;
  readonly place: Place;
  /** '' where there is none, or none that the source tells. */
  readonly default: string;
  /** Whatever the file is called, it is read. */
  readonly isNamed: boolean;
  /** What a person gives to perf-gate init for it. */
  readonly given: string;
  /** What tells the service of a path. */
  way(path: string): Pick<PortWay, 'args' | 'env'>;
}

/** At most a flag and a variable, in this order. */
export function findConfigSettings(sources: readonly PackageSource[]): ConfigSetting[] {
  const inOrder = [...sources].reverse();
  const least = <T extends { readonly name: string }>(all: readonly T[]) =>
    all.filter(({ name }) => namesFile(name)).toSorted((a, b) => othersIn(a.name) - othersIn(b.name))[0];
  const flags = inOrder.flatMap((one) => one.flags);
  const flag = least(flags.filter(({ name }) => othersIn(name) <= MOST_OTHER_WORDS));
  const variable = least(inOrder.flatMap((one) => one.environment));
  return [...(flag === undefined ? [] : [ofFlag(flag)]), ...(variable === undefined ? [] : [ofVariable(variable)])];
}

function ofFlag(flag: Flag): ConfigSetting {
  const { name, dashes } = flag;
  const written = `${name.length === 1 ? '-' : dashes}${name}`;
  const isOne = dashes === '--' && name.length > 1;
  return {
    shown: `the flag ${written}`,
    place: flag,
    default: flag.default,
    isNamed: true,
    given: isOne ? `--arg=${written}=PATH` : `--arg=${written} --arg=PATH`,
    way: (path) => ({ args: isOne ? [`${written}=${path}`] : [written, path], env: {} }),
  };
}

const ofVariable = (variable: EnvironmentVariable): ConfigSetting => ({
  shown: `${variable.name} in the environment`,
  place: variable,
  default: variable.default,
  isNamed: true,
  given: `--env ${variable.name}=PATH`,
  way: (path) => ({ args: [], env: { [variable.name]: path } }),
});

/** One that looks for it at a place of its own does not mind. */
const BY_ITS_PATH: Pick<ConfigSetting, 'shown' | 'way' | 'isNamed'> = {
  shown: 'its path as an argument',
  isNamed: false,
  way: (path) => ({ args: [path], env: {} }),
};

/** A service that reads its file again when it changes must not find that of the next copy: conf/app-{port}.toml. */
const ofOneCopy = (path: string) => path.replace(/(?=(\.[a-z]+)*$)/i, '-{port}');

const MOST_SAMPLES = 2;

/** Ways to tell the port by a file, the likeliest first; none where no file says it and the source knows no key for it. */
export function findConfigWays(sources: readonly PackageSource[], samples: readonly Sample[]): PortWay[] {
  const settings = findConfigSettings(sources);
  const isExpected = ({ path }: Sample) =>
    settings.some(({ default: value }) => value !== '' && posix.basename(value) === posix.basename(path));
  const chosen = samples.toSorted((a, b) => Number(isExpected(b)) - Number(isExpected(a))).slice(0, MOST_SAMPLES);
  const all = chosen.length > 0 || settings.length === 0 ? chosen : ofItsOwn(sources, settings[0]!);
  return all.flatMap(({ file, path, text, key, place }) =>
    (settings.length === 0 ? [BY_ITS_PATH] : settings).map(({ shown, way, isNamed }) => ({
      ...way(isNamed ? ofOneCopy(path) : path),
      files: { [isNamed ? ofOneCopy(path) : path]: text },
      shown: `${key} in ${file === place.file ? file : file === undefined ? 'a file of its own' : `${file}, to which it is added`}, by ${shown}`,
      place,
    })),
  );
}

/** A file that says the port and nothing else, for a service that knows a key for it. */
function ofItsOwn(sources: readonly PackageSource[], { default: value }: ConfigSetting): Sample[] {
  const structs = sources.flatMap(({ configs }) => configs).reverse();
  for (const struct of structs) {
    const key = portKey(struct);
    if (key === undefined) continue;
    const format = struct.format || formatOf(value) || 'yaml';
    const name = posix.basename(value);
    const path = formatOf(name) === format ? name : `perf-gate-config.${format}`;
    const added = withKey('', format, key);
    if (added !== undefined) return [{ ...added, file: undefined, path }];
  }
  return [];
}

export interface KeyInSource extends ConfigKey {
  readonly format: ConfigFormat;
}

/** The key of the port in the source, where no file of the repository has it; of several structs that of the service's own. */
export function keyInSource(sources: readonly PackageSource[]): KeyInSource | undefined {
  const structs = sources.flatMap(({ configs }) => configs).reverse();
  for (const struct of structs) {
    const key = portKey(struct);
    if (key !== undefined) return { ...key, format: struct.format || 'yaml' };
  }
  return undefined;
}

/** How a service is told of its config file: by a flag, a variable, behind its subcommand, or by itself. Guesses. Pure. */
import { wordsOf } from './names.ts';
import type { PortWay } from './port.ts';
import type { Sample } from './samples.ts';
import type { Flag, PackageSource, Place } from './source.ts';

/** What names a file: -config, -c, --config.file, SHOP_CONFIG, REGISTRY_CONFIGURATION_PATH. */
function namesFile(name: string): boolean {
  const words = wordsOf(name);
  const isAbout =
    words.some((word) => /^(config|configuration|conf|cfg|configfile|configpath)$/.test(word)) || name === 'c';
  return (
    isAbout && !words.some((word) => /^(dir|directory|name|type|format|check|print|test|auto|reload|map)$/.test(word))
  );
}

/** The flag or the variable that names a config file. */
export function findConfigSetting(
  sources: readonly PackageSource[],
): { readonly shown: string; readonly place: Place } | undefined {
  const inOrder = [...sources].reverse();
  const [flag] = inOrder.flatMap((one) => one.flags).filter(({ name }) => namesFile(name));
  if (flag !== undefined) return { shown: `the flag ${writtenFlag(flag)}`, place: flag };
  const [variable] = inOrder.flatMap((one) => one.environment).filter(({ name }) => namesFile(name));
  return variable === undefined ? undefined : { shown: `${variable.name} in the environment`, place: variable };
}

const writtenFlag = ({ name, dashes }: Flag) => `${name.length === 1 ? '-' : dashes}${name}`;

const MOST_SAMPLES = 2;

/** The likeliest first; none where the source names no way, or no file says what the service listens on. */
export function findConfigWays(sources: readonly PackageSource[], samples: readonly Sample[]): PortWay[] {
  const inOrder = [...sources].reverse();
  const flags = inOrder.flatMap((one) => one.flags).filter(({ name }) => namesFile(name));
  const variables = inOrder.flatMap((one) => one.environment).filter(({ name }) => namesFile(name));
  const isExpected = ({ path }: Sample) =>
    [...flags, ...variables].some(
      ({ default: value }) => value !== '' && value.split('/').at(-1) === path.split('/').at(-1),
    );
  const chosen = samples.toSorted((a, b) => Number(isExpected(b)) - Number(isExpected(a))).slice(0, MOST_SAMPLES);
  return chosen.flatMap((sample): PortWay[] => {
    const { file, path, line, key, text } = sample;
    const way = (args: readonly string[], env: Readonly<Record<string, string>>, by: string): PortWay => ({
      args,
      env,
      files: { [path]: text },
      shown: `${key} in ${file}, by ${by}`,
      place: { file, line },
    });
    const [flag] = flags;
    const [variable] = variables;
    const byFlag = () => {
      const written = writtenFlag(flag!);
      const isOne = flag!.dashes === '--' && flag!.name.length > 1;
      return way(isOne ? [`${written}=${path}`] : [written, path], {}, `the flag ${written}`);
    };
    return [
      ...(flag === undefined ? [] : [byFlag()]),
      ...(variable === undefined ? [] : [way([], { [variable.name]: path }, `${variable.name} in the environment`)]),
      ...(flag === undefined && variable === undefined ? [way([path], {}, 'its path as an argument')] : []),
    ];
  });
}

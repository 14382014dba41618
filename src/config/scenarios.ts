/** The config of one scenario: what is measured and judged by itself. */
import { UserError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { Config } from './config.ts';
import { either, quoted } from './show.ts';

/** A name is a directory's, among those of the others, and ends the key of a stored bundle. */
export const SCENARIO_PATTERN = '[A-Za-z0-9][A-Za-z0-9_-]{0,59}';

/** The config once for each scenario of the file, with that one's load and limits; as it is where the file names none. */
export function eachScenario(config: Config): readonly [Config, ...Config[]] {
  const [first, ...others] = config.scenarios.map(
    ({ name, load, limits }): Config => ({ ...config, scenario: name, load, limits }),
  );
  return first === undefined ? [config] : [first, ...others];
}

/**
 * The config with the limits for what was measured before: those of the scenario that a person names, else of the one
 * that it was measured with. Throws a UserError where neither is known and the limits differ; `howToName` is its hint.
 */
export function configForMeasured(
  config: Config,
  named: string | undefined,
  measured: string | undefined,
  howToName: string,
): Config {
  const name = named ?? (config.scenarios.length === 0 ? undefined : measured);
  if (name !== undefined) return scenarioCalled(config, name);
  if (config.scenarios.length === 0) return config;
  throw new UserError(`${config.fileName} has several scenarios, and the sides do not say which of them they are of`, {
    hint: `${howToName}: ${either(config.scenarios.map((one) => one.name))}`,
  });
}

/** The config of the scenario with this name; throws a UserError that knows the names there are. */
export function scenarioCalled(config: Config, name: string): Config {
  const found = eachScenario(config).find(({ scenario }) => scenario === name);
  if (found !== undefined) return found;
  const names = config.scenarios.map((one) => one.name);
  const meant = nearest(name, names);
  throw new UserError(`${config.fileName} has no scenario ${quoted(name)}`, {
    hint:
      names.length === 0
        ? 'it names none: leave it out'
        : meant === undefined
          ? `it has ${either(names)}`
          : `did you mean ${meant}?`,
  });
}

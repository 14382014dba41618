/** perf-gate.yml, text in, Config out: the whole way on one screen. */
import { contradictions } from './checks.ts';
import type { Config } from './config.ts';
import { readYaml } from './document.ts';
import { normalise } from './normalise.ts';
import { ConfigError } from './problem.ts';
import { type Setting, withSettings } from './settings.ts';
import { schemaProblems } from './validate.ts';

/**
 * The Config that a text says. `fileName` is how the file is called towards people, relative to the repository;
 * `repositoryName` is what a service in its root is called; `settings` are put in place of what the text says. Throws one ConfigError with everything that is wrong.
 */
export function parseConfig(
  text: string,
  fileName: string,
  repositoryName = 'service',
  settings: readonly Setting[] = [],
): Config {
  const document = withSettings(readYaml(text), settings);
  const problems = [...document.problems];
  if (document.value !== undefined) problems.push(...schemaProblems(document), ...contradictions(document));
  if (problems.length > 0) throw new ConfigError(fileName, problems);
  return normalise(document, { fileName, repositoryName });
}

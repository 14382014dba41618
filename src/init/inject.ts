/** Which text variables are there for the version, the commit and the build time. Pure. */

import { wordsOf } from './names.ts';
import type { PackageSource, Place } from './source.ts';

export interface Injectable extends Place {
  /** As the linker calls it: `main.version`, `example.com/shop/internal/build.Commit`. */
  readonly variable: string;
  /** A template of service.inject. */
  readonly template: string;
}

export interface NotInjected {
  readonly variable: string;
  readonly reason: string;
}

export interface Injectables {
  readonly found: readonly Injectable[];
  /** They have the name, but are not for the linker. */
  readonly others: readonly NotInjected[];
}

/** The variables in the source that a main package is built from, itself the last. */
export function findInjectables(sources: readonly PackageSource[]): Injectables {
  const found: Injectable[] = [];
  const others: NotInjected[] = [];
  for (const [i, source] of [...sources].reverse().entries()) {
    const path = i === 0 ? 'main' : source.importPath;
    for (const { name, value, file, line } of source.variables) {
      const template = templateFor(wordsOf(name), path);
      if (template === undefined) continue;
      const variable = `${path}.${name}`;
      if (isPlaceholder(value)) found.push({ variable, template, file, line });
      else others.push({ variable, reason: `its value in the source is ${JSON.stringify(value)}` });
    }
  }
  return { found, others };
}

const BESIDE = new Set([
  'app',
  'application',
  'build',
  'built',
  'git',
  'vcs',
  'scm',
  'release',
  'program',
  'service',
  'last',
]);

/** What the value of a variable with these words is; undefined where the name does not tell. */
function templateFor(words: readonly string[], path: string): string | undefined {
  const isAboutBuild = words.some((word) => BESIDE.has(word)) || /(^main|version|build|buildinfo|release)$/.test(path);
  const rest = words.filter((word) => !BESIDE.has(word)).join(' ');
  if (/^(version|semver|tag)$/.test(rest) && (rest !== 'tag' || isAboutBuild)) return '{version}';
  if (/^(commit( (sha|hash|id))?|sha|revision|rev|hash|commitsha|commithash)$/.test(rest) && isAboutBuild)
    return '{commit}';
  if (/^(short commit|commit short|short sha)$/.test(rest)) return '{shortCommit}';
  if (/^(time|date|timestamp|stamp|at|date time|buildtime|builddate)$/.test(rest) && isAboutBuild) return '{buildTime}';
  if (rest === 'branch' && isAboutBuild) return '{branch}';
  return undefined;
}

/** A value that stands in for one that the linker sets. */
const isPlaceholder = (value: string) =>
  /^(|v?0\.0\.0(-\w+)?|\(?(dev|devel|development|unknown|undefined|none|n\/a|na|unset|not set|local|snapshot|latest|head|master|main|dirty|todo|x+|-|\?)\)?|v?\d+\.\d+\.\d+-(dev|snapshot|unknown))$/i.test(
    value.trim(),
  );

/** The main packages of a repository, each with the source of all that it is built from here. */
import { posix } from 'node:path';
import { MeasurementError } from '../base/errors.ts';
import type { GoProgramOptions } from '../changes/go-program.ts';
import { type GoPackage, listPackages } from '../changes/list.ts';
import type { Git } from '../git/git.ts';
import { inspectSource, isBelow } from './inspect.ts';
import type { PackageSource } from './source.ts';

/** A main package and what it is made of. */
export interface Main {
  readonly importPath: string;
  /** The directory of its go.mod, relative to the repository's root: `.`, `services/orders`. */
  readonly moduleDirectory: string;
  /** Relative to it: `./cmd/orders`. */
  readonly package: string;
  /** The packages of the repository that it is built from, itself the last. */
  readonly sources: readonly PackageSource[];
}

export interface Mains {
  readonly mains: readonly Main[];
  /** Modules that go does not list, such as one of tools whose go.sum is stale. */
  readonly leftOut: readonly LeftOutModule[];
}

export interface LeftOutModule {
  readonly directory: string;
  /** The last of go's own words. */
  readonly reason: string;
}

/** Directories of Go modules, relative to the repository's root. */
export interface Modules {
  /** The one that holds a directory. */
  readonly holding: string | undefined;
  /** Those below it. */
  readonly below: readonly string[];
}

/** The modules around a directory (relative to the root, '' for the root itself). */
export async function findModules(git: Git, directory: string): Promise<Modules> {
  const listed = await git.run([
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ':(glob)**/go.mod',
  ]);
  const all = listed
    .split('\0')
    .filter((path) => path !== '' && !/(^|\/)(vendor|testdata|node_modules|[_.][^/]*)\//.test(path))
    .map((path) => posix.dirname(path))
    .sort();
  const holding = all.filter((one) => isInside(directory, one)).sort((a, b) => depth(b) - depth(a))[0];
  return { holding, below: all.filter((one) => one !== holding && isInside(one, directory)) };
}

const depth = (directory: string) => (directory === '.' ? 0 : directory.split('/').length);

const isInside = (path: string, directory: string) =>
  directory === '.' || directory === '' || path === directory || path.startsWith(`${directory}/`);

/** The main packages of these modules in the checkout, in go's order. Throws go's words where no module can be listed. */
export async function findMains(
  checkout: string,
  modules: readonly string[],
  options: GoProgramOptions & { readonly signal: AbortSignal },
): Promise<Mains> {
  const byModule: (readonly [string, readonly GoPackage[]])[] = [];
  const leftOut: LeftOutModule[] = [];
  let first: MeasurementError | undefined;
  for (const module of modules) {
    const { env, signal } = options;
    try {
      // -e: a package that is broken, or whose dependency is not to be had, is no obstacle as long as it is another one.
      const packages = await listPackages('go', posix.join(checkout, module), './...', { env, flags: ['-e'], signal });
      byModule.push([module, packages]);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof MeasurementError)) throw error;
      first ??= error;
      leftOut.push({ directory: module, reason: lastWords(error) });
    }
  }
  if (first !== undefined && byModule.length === 0) throw first;
  const all = new Map(byModule.flatMap(([, packages]) => packages.map((one) => [one.importPath, one])));
  const sources = new Map(
    (await inspectSource(checkout, [...all.values()], options)).map((source) => [source.importPath, source]),
  );
  const mains = byModule.flatMap(([module, packages]) => {
    const root = posix.join(checkout, module);
    return packages
      .filter((one) => one.name === 'main' && isBelow(root, one))
      .map((main) => ({
        importPath: main.importPath,
        moduleDirectory: module,
        package: main.dir === root ? '.' : `./${main.dir.slice(root.length + 1)}`,
        sources: builtFrom(main, all).flatMap(({ importPath }) => sources.get(importPath) ?? []),
      }));
  });
  return { mains, leftOut };
}

function lastWords({ detail = '', message }: MeasurementError): string {
  const lines = detail.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('$ '));
  return lines.find((line) => /go\.(sum|mod)/.test(line)) ?? lines.at(-1) ?? message;
}

/** The package and all that it imports, what is imported before what imports it. */
function builtFrom(main: GoPackage, all: ReadonlyMap<string, GoPackage>): GoPackage[] {
  const order = new Set<GoPackage>();
  const visiting = new Set<GoPackage>();
  const visit = (one: GoPackage | undefined) => {
    if (one === undefined || visiting.has(one)) return;
    visiting.add(one);
    for (const path of one.imports) visit(all.get(one.importMap[path] ?? path));
    order.add(one);
  };
  visit(main);
  return [...order];
}

/**
 * The packages of a program, as `go list -deps` knows them: which files are in the build, and of which module.
 */
import { ask, type Environment, failure, type Run } from './go-command.ts';

export interface GoModule {
  readonly path: string;
  readonly version?: string;
  readonly dir?: string;
  /** The language version of its go.mod. */
  readonly goVersion?: string;
  readonly isMain: boolean;
  readonly replace?: GoModule;
}

export interface GoPackage {
  readonly importPath: string;
  readonly dir: string;
  readonly name: string;
  readonly isStandard: boolean;
  readonly module?: GoModule;
  readonly imports: readonly string[];
  readonly importMap: Readonly<Record<string, string>>;
  readonly goFiles: readonly string[];
  readonly cgoFiles: readonly string[];
  readonly sFiles: readonly string[];
  readonly cFiles: readonly string[];
  readonly cxxFiles: readonly string[];
  readonly mFiles: readonly string[];
  readonly hFiles: readonly string[];
  readonly embedFiles: readonly string[];
  readonly embedPatterns: readonly string[];
}

export interface ListOptions {
  readonly env: Environment;
  /** Of `go build`, for example -mod=vendor. */
  readonly flags?: readonly string[];
  readonly tags?: readonly string[];
  readonly signal?: AbortSignal;
}

const FIELDS = [
  ...['ImportPath', 'Dir', 'Name', 'Standard', 'Module', 'Imports', 'ImportMap', 'GoFiles', 'CgoFiles', 'SFiles'],
  ...['CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'EmbedFiles', 'EmbedPatterns'],
];

/** The package and all that it is built from, dependencies first; throws a MeasurementError with go's own words. */
export async function listPackages(
  goCommand: string,
  checkoutDir: string,
  pkg: string,
  { env, flags = [], tags = [], signal }: ListOptions,
): Promise<GoPackage[]> {
  const run = (json: string): Run => ({
    command: goCommand,
    args: ['list', '-deps', json, ...flags, ...(tags.length > 0 ? [`-tags=${tags.join(',')}`] : []), '--', pkg],
    cwd: checkoutDir,
    env,
    signal,
  });
  let question = run(`-json=${FIELDS.join(',')}`);
  let answer = await ask(question);
  if (answer.exitCode === 2 && /-json/.test(answer.stderr)) {
    question = run('-json'); // Go 1.18 prints all fields or none
    answer = await ask(question);
  }
  if (answer.exitCode !== 0) throw failure(question, answer);
  return parsePackages(answer.stdout);
}

/** The JSON documents that `go list -json` writes one after the other. */
export function parsePackages(text: string): GoPackage[] {
  return text
    .split(/(?<=^\})\r?\n/m)
    .filter((document) => document.trim() !== '')
    .map((document) => toPackage(JSON.parse(document)));
}

/** go's own words for a package; a list that is empty is not there. */
interface Listed {
  ImportPath: string;
  Dir: string;
  Name: string;
  Standard?: boolean;
  Module?: ListedModule;
  ImportMap?: Record<string, string>;
  [list: string]: unknown;
}

interface ListedModule {
  Path: string;
  Version?: string;
  Dir?: string;
  GoVersion?: string;
  Main?: boolean;
  Replace?: ListedModule;
}

function toPackage(listed: Listed): GoPackage {
  const list = (name: string) => (listed[name] as string[] | undefined) ?? [];
  return {
    importPath: listed.ImportPath,
    dir: listed.Dir,
    name: listed.Name,
    isStandard: listed.Standard === true,
    ...(listed.Module === undefined ? {} : { module: toModule(listed.Module) }),
    imports: list('Imports'),
    importMap: listed.ImportMap ?? {},
    goFiles: list('GoFiles'),
    cgoFiles: list('CgoFiles'),
    sFiles: list('SFiles'),
    cFiles: list('CFiles'),
    cxxFiles: list('CXXFiles'),
    mFiles: list('MFiles'),
    hFiles: list('HFiles'),
    embedFiles: list('EmbedFiles'),
    embedPatterns: list('EmbedPatterns'),
  };
}

function toModule({ Path, Version, Dir, GoVersion, Main, Replace }: ListedModule): GoModule {
  return {
    path: Path,
    ...(Version === undefined ? {} : { version: Version }),
    ...(Dir === undefined ? {} : { dir: Dir }),
    ...(GoVersion === undefined ? {} : { goVersion: GoVersion }),
    isMain: Main === true,
    ...(Replace === undefined ? {} : { replace: toModule(Replace) }),
  };
}

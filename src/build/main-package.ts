/** Which package main is to be built, in go's own words. */

import { MeasurementError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { BuildConfig } from '../config/config.ts';
import { ask, type Command, type Environment, withCommand } from '../process/command.ts';

export interface MainPackage {
  readonly importPath: string;
  readonly packageDirectory: string;
  /** Undefined for code outside of any module (GO111MODULE=off). */
  readonly modulePath: string | undefined;
  readonly moduleDirectory: string | undefined;
}

export interface PackageSpec {
  readonly label: string;
  /** The service's directory in the checkout. */
  readonly directory: string;
  /** Relative to it, or an import path: `./cmd/orders`. */
  readonly package: string;
  /** Where it may be, if it is not there, as an end of a sentence. */
  readonly elsewhere?: string | undefined;
  readonly build: BuildConfig;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly logFile?: string | undefined;
}

/** The package of service.package. Throws a MeasurementError where there is none, or one that is not main. */
export async function mainPackage(spec: PackageSpec): Promise<MainPackage> {
  const command = listCommand(spec, '{{.Name}}|{{.ImportPath}}|{{.Dir}}|{{with .Module}}{{.Path}}|{{.Dir}}{{end}}', [
    spec.package,
  ]);
  const answer = await ask(command);
  const packages = answer.stdout.split('\n').filter((line) => line !== '');
  const [name, importPath, packageDirectory, modulePath, moduleDirectory] = packages[0]?.split('|') ?? [];
  if (answer.exitCode !== 0 || importPath === undefined || packageDirectory === undefined) {
    throw new MeasurementError(`go does not find the package ${spec.package} of ${spec.label}`, {
      hint: /go\.mod file not found/.test(answer.output)
        ? 'make one (go mod init) and commit it, or name the directory that holds it with service.dir'
        : await suggestion(spec),
      detail: withCommand(answer.output, command),
    });
  }
  if (packages.length > 1) {
    throw new MeasurementError(`${spec.package} of ${spec.label} means ${packages.length} packages, not one`, {
      hint: await suggestion(spec),
    });
  }
  if (name !== 'main') {
    throw new MeasurementError(
      `${spec.package} of ${spec.label} is package ${name}, not main: there is nothing to start`,
      {
        hint: await suggestion(spec),
      },
    );
  }
  const known = (text: string | undefined) => (text === '' ? undefined : text);
  return { importPath, packageDirectory, modulePath: known(modulePath), moduleDirectory: known(moduleDirectory) };
}

/** `go list` with all flags of the build that choose files. */
export function listCommand(
  spec: PackageSpec,
  format: string,
  packages: readonly string[],
  flags: readonly string[] = [],
): Command {
  const { build, env, directory: cwd, signal, logFile } = spec;
  const tags = build.tags.length > 0 ? [`-tags=${build.tags.join(',')}`] : [];
  const choosing = build.flags.filter((flag) => /^--?(?:mod|modfile|overlay)=/.test(flag));
  const args = ['list', '-f', format, ...flags, ...choosing, ...tags, '--', ...packages];
  return { command: 'go', args, cwd, env: { ...env, ...build.env }, signal, logFile };
}

const MOST_NAMES = 5;

async function suggestion(spec: PackageSpec): Promise<string> {
  const { elsewhere = '' } = spec;
  const general = `service.package names the directory with func main, relative to service.dir${elsewhere}`;
  const { exitCode, stdout } = await ask(listCommand(spec, '{{if eq .Name "main"}}{{.Dir}}{{end}}', ['./...']));
  const mains = stdout
    .split('\n')
    .filter((dir) => dir.startsWith(spec.directory))
    .map((dir) => `.${dir.slice(spec.directory.length)}`);
  if (exitCode !== 0 || mains.length === 0) return general;
  const meant = nearest(spec.package, mains);
  if (meant !== undefined) return `${general}; did you mean ${meant}?`;
  return `${general}; there are: ${mains.slice(0, MOST_NAMES).join(', ')}${mains.length > MOST_NAMES ? ', …' : ''}`;
}

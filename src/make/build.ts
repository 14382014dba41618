/**
 * Builds one side's service in its private checkout: `setup`, the agent, then `go build` or the service's own command.
 * Comparable builds have placeholders for injected values, so that only code tells them apart.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installAgent } from '../agent/install.ts';
import type { Elf } from '../binary/elf.ts';
import { parseElf } from '../binary/elf.ts';
import { goFunctions } from '../binary/go-functions.ts';
import type { BuildConfig } from '../config/config.ts';
import { fill } from '../config/placeholders.ts';
import { MeasurementError } from '../errors.ts';
import { type Answer, ask, type Environment } from './command.ts';
import { fingerprintOf } from './fingerprint.ts';
import { unstripped, withVariables } from './ldflags.ts';
import { findToolchain, type Toolchain } from './toolchain.ts';

export interface BuildSpec {
  /** For messages: `base`, `head`. */
  readonly label: string;
  /** The service's directory in the checkout. */
  readonly directory: string;
  /** The main package, relative to it: `./cmd/orders`. */
  readonly package: string;
  readonly setup: readonly string[];
  readonly build: BuildConfig;
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/** A checkout that is set up and holds the agent, ready to be linked in several ways. */
export interface Prepared {
  readonly spec: BuildSpec;
  readonly toolchain: Toolchain;
  readonly importPath: string;
  readonly packageDirectory: string;
}

export interface Build {
  readonly binary: string;
  readonly elf: Elf;
  /** What was put into variables, placeholders in a comparable build. */
  readonly injected: Readonly<Record<string, string>>;
  readonly goVersion: string;
  readonly fingerprint: Readonly<Record<string, string>>;
}

export interface LinkOptions {
  readonly output: string;
  /** Values by variable: `main.version`. */
  readonly inject: Readonly<Record<string, string>>;
  /** Leave out build id and strip flags, so that two builds of the same code are the same file. */
  readonly isComparable: boolean;
}

const SHOWN_LINES = 40;

export async function prepare(spec: BuildSpec): Promise<Prepared> {
  const { directory, env, signal, label } = spec;
  if (!existsSync(directory)) {
    throw new MeasurementError(`${label} has no directory ${spec.directory}`, {
      hint: 'see service.dir and the place of perf-gate.yml',
    });
  }
  for (const command of spec.setup) {
    const answer = await ask({ command: 'sh', args: ['-c', command], cwd: directory, env: buildEnv(spec), signal });
    if (answer.exitCode !== 0)
      throw failed(`service.setup of ${label} failed (exit code ${answer.exitCode})`, command, answer);
  }
  const toolchain = await findToolchain(directory, buildEnv(spec), signal);
  const { importPath, packageDirectory } = await mainPackage(spec);
  await installAgent(packageDirectory);
  return { spec: { ...spec, env }, toolchain, importPath, packageDirectory };
}

export async function link(prepared: Prepared, { output, inject, isComparable }: LinkOptions): Promise<Build> {
  const { spec, toolchain } = prepared;
  await mkdir(dirname(output), { recursive: true });
  const variables = isComparable ? placeholders(inject) : inject;
  const plain = isComparable ? `${unstripped(spec.build.ldflags)} -buildid=`.trim() : spec.build.ldflags;
  const ldflags = withVariables(plain, variables);
  const { command, args, env } = commandFor(spec, ldflags, output);
  const answer = await ask({ command, args, cwd: spec.directory, env, signal: spec.signal });
  const shown = spec.build.command === undefined ? [command, ...args.map(shellWord)].join(' ') : args.at(-1)!;
  if (answer.exitCode !== 0)
    throw failed(`the build of ${spec.label} failed (exit code ${answer.exitCode})`, shown, answer);
  const elf = await readExecutable(spec, output, shown);
  const fingerprint = await fingerprintOf(prepared, output);
  return { binary: output, elf, injected: variables, goVersion: toolchain.version, fingerprint };
}

/** Values of the same length on both sides, whatever the real ones are. */
function placeholders(inject: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(inject).map((name) => [name, createHash('sha1').update(name).digest('hex')]));
}

function commandFor(spec: BuildSpec, ldflags: string, output: string) {
  const { command, flags, tags } = spec.build;
  const env = buildEnv(spec);
  if (command === undefined) {
    const args = ['build', '-trimpath', '-buildvcs=false', '-o', output, ...flags];
    if (tags.length > 0) args.push(`-tags=${tags.join(',')}`);
    if (ldflags !== '') args.push(`-ldflags=${ldflags}`);
    return { command: 'go', args: [...args, '--', spec.package].filter((arg) => arg !== '--'), env };
  }
  const goflags = [env['GOFLAGS'] ?? '', '-trimpath', '-buildvcs=false'].filter((flag) => flag !== '').join(' ');
  const script = fill(command, { output: shellWord(output), ldflags: shellWord(ldflags) });
  return { command: 'sh', args: ['-c', script], env: { ...env, GOFLAGS: goflags, OUTPUT: output, LDFLAGS: ldflags } };
}

const buildEnv = ({ env, build }: BuildSpec): Environment => ({ ...env, ...build.env });

async function mainPackage(spec: BuildSpec): Promise<{ importPath: string; packageDirectory: string }> {
  const { directory, build, signal, label } = spec;
  const tags = build.tags.length > 0 ? [`-tags=${build.tags.join(',')}`] : [];
  const modFlags = build.flags.filter((flag) => /^-(mod|modfile)=/.test(flag));
  const args = ['list', '-f', '{{.Name}}\n{{.ImportPath}}\n{{.Dir}}', ...modFlags, ...tags, spec.package];
  const answer = await ask({ command: 'go', args, cwd: directory, env: buildEnv(spec), signal });
  const [name, importPath, packageDirectory] = answer.stdout.split('\n');
  if (answer.exitCode !== 0 || importPath === undefined || packageDirectory === undefined) {
    throw failed(
      `go does not find the package ${spec.package} in ${label}`,
      ['go', ...args.map(shellWord)].join(' '),
      answer,
      'see service.package in the config',
    );
  }
  if (name !== 'main') {
    throw new MeasurementError(`${spec.package} is package ${name}, not main: there is nothing to start`, {
      hint: 'service.package names the directory with func main',
    });
  }
  return { importPath, packageDirectory };
}

async function readExecutable(spec: BuildSpec, output: string, command: string): Promise<Elf> {
  const size = await stat(output).then(
    (about) => about.size,
    () => undefined,
  );
  if (size === undefined) {
    throw new MeasurementError(`the build of ${spec.label} succeeded, but there is no ${output}`, {
      detail: `$ ${command}`,
      hint: 'service.build.command must write the executable to {output}',
    });
  }
  const elf = parseElf(await readFile(output), `the executable of ${spec.label}`);
  const hasAgent = goFunctions(elf, `the executable of ${spec.label}`).some(
    ({ name }) => name === 'main.perfGateAnchor',
  );
  if (!hasAgent) {
    throw new MeasurementError(`the executable of ${spec.label} was not built from ${spec.package} of the checkout`, {
      detail: `$ ${command}`,
      hint: 'service.build.command must build service.package from the directory that it is run in',
    });
  }
  return elf;
}

function failed(what: string, command: string, { stdout, stderr }: Answer, hint?: string): MeasurementError {
  const output = `${stdout}\n${stderr}`.trim().split('\n').slice(-SHOWN_LINES).join('\n');
  return new MeasurementError(what, { detail: `$ ${command}\n${output}`, ...(hint === undefined ? {} : { hint }) });
}

const shellWord = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** The default.pgo beside package main, which go build uses by itself. */
export function profileGuide({ packageDirectory }: Prepared): string | undefined {
  const path = join(packageDirectory, 'default.pgo');
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined;
}

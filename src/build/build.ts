/**
 * Builds one side's service in its private checkout: `setup`, the agent, then `go build` or the service's own command.
 * A checkout is prepared once and linked as often as needed: comparable (placeholders for injected values, so that only
 * code tells two builds apart), as measured, and in other layouts.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AGENT_ANCHOR, installAgent } from '../agent/install.ts';
import { MeasurementError, UserError } from '../base/errors.ts';
import { type Elf, parseElf } from '../binary/elf.ts';
import type { BuildConfig } from '../config/config.ts';
import { ask, type Command, type Environment, withCommand } from '../process/command.ts';
import { fingerprintOf } from './fingerprint.ts';
import { joinFields, settingFields, splitFields, valuesOfFlag, withoutStripping } from './ldflags.ts';
import { type MainPackage, mainPackage } from './main-package.ts';
import { fillCommand } from './own-command.ts';
import { findGo, type Toolchain } from './toolchain.ts';

export interface BuildSpec {
  /** For messages: `base`, `head`. */
  readonly label: string;
  /** The service's directory in the checkout. */
  readonly directory: string;
  /** The main package, relative to it: `./cmd/orders`. */
  readonly package: string;
  /** Where it may be, if it is not there, as an end of a sentence. */
  readonly elsewhere?: string | undefined;
  readonly setup: readonly string[];
  readonly build: BuildConfig;
  /** The whole environment; `build.env` is added to it. */
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Commands and all that they write are appended here. */
  readonly logFile?: string | undefined;
  /** Hears what is run to set up and to build. */
  readonly tell?: ((line: string) => void) | undefined;
  /** What `build.command` may use besides {output}, {ldflags} and {package}: version, commit. */
  readonly placeholders?: Readonly<Record<string, string>>;
}

/** A checkout that is set up and holds the agent, ready to be linked in several ways. */
export interface Prepared extends MainPackage {
  readonly spec: BuildSpec;
  readonly toolchain: Toolchain;
}

export interface LinkOptions {
  /** An absolute path; what is there is replaced. */
  readonly output: string;
  /** Values by variable: `main.version`. */
  readonly inject: Readonly<Record<string, string>>;
  /** Placeholders for the values, no build id, and with a symbol table, which is no part of what is loaded. */
  readonly isComparable: boolean;
  /** More for the linker: `-randlayout=7`. Not in the fingerprint. */
  readonly ldflags?: readonly string[];
}

export interface Build {
  readonly binary: string;
  readonly elf: Elf;
  readonly isComparable: boolean;
  /** What was put into variables, placeholders in a comparable build. */
  readonly injected: Readonly<Record<string, string>>;
  /** Of the Go that built it, as the executable says. */
  readonly goVersion: string;
  /** The text of `go version -m`, without its first line. */
  readonly moduleInfo: string;
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly buildMs: number;
}

/** Runs the setup commands, finds package main and adds the agent to it. Once per checkout. */
export async function prepare(spec: BuildSpec): Promise<Prepared> {
  refuseOwnFlags(spec.build);
  if (!existsSync(spec.directory)) {
    throw new MeasurementError(`${spec.label} has no directory ${spec.directory}`, {
      hint: 'see service.dir and the place of perf-gate.yml',
    });
  }
  if (spec.logFile !== undefined) await mkdir(dirname(spec.logFile), { recursive: true });
  for (const text of spec.setup) {
    const command = commandOf(spec, 'sh', ['-c', text], spec.build.env);
    const answer = await ask(command);
    if (answer.exitCode === 0) continue;
    throw new MeasurementError(`service.setup of ${spec.label} failed (exit code ${answer.exitCode}): ${text}`, {
      hint: 'the commands of service.setup run with sh -c in service.dir of a fresh checkout',
      detail: withCommand(answer.output, command),
    });
  }
  const { directory, env, build, signal, logFile } = spec;
  const toolchain = await findGo({ ...env, ...build.env }, directory, { signal, logFile });
  const main = await mainPackage(spec);
  await installAgent(main.packageDirectory);
  return { spec, toolchain, ...main };
}

/** Builds the executable, and makes sure that it is one of this package with the agent in it. */
export async function link(prepared: Prepared, options: LinkOptions): Promise<Build> {
  const { output, inject, isComparable } = options;
  const start = performance.now();
  const injected = isComparable ? placeholdersFor(Object.keys(inject)) : inject;
  const command = linkCommand(prepared, options, injected);
  await mkdir(dirname(output), { recursive: true });
  await rm(output, { force: true }); // never take an older file for this build's
  const answer = await ask(command);
  if (answer.exitCode !== 0) throw buildFailed(prepared, command, answer.output);
  const elf = await readExecutable(prepared, output, command);
  const { goVersion, moduleInfo } = await readModuleInfo(prepared, output, command);
  const fingerprint = await fingerprintOf(prepared, goVersion, moduleInfo);
  const buildMs = performance.now() - start;
  return { binary: output, elf, isComparable, injected, goVersion, moduleInfo, fingerprint, buildMs };
}

/** Texts of one length that nothing else holds, the same on both sides. */
const placeholdersFor = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, createHash('sha1').update(`perf-gate ${name}`).digest('hex')]));

/** go takes the last of several, so that one of ours or of the service's would be lost without a word. */
function refuseOwnFlags({ flags, command }: BuildConfig): void {
  for (const flag of command === undefined ? flags : []) {
    const name = /^--?(o|ldflags|tags|C)(?:=|$)/.exec(flag)?.[1];
    if (name === undefined) continue;
    const isOurs = name === 'o' || name === 'C';
    throw new UserError(`service.build.flags has ${flag}`, {
      hint: isOurs ? 'perf-gate chooses where it builds and to where' : `write it as service.build.${name}`,
    });
  }
}

function linkCommand(prepared: Prepared, options: LinkOptions, injected: Readonly<Record<string, string>>): Command {
  const { spec, toolchain } = prepared;
  const { build, placeholders = {} } = spec;
  const { output, isComparable } = options;
  // One on the command line replaces those in GOFLAGS.
  const given = [...(build.command === undefined ? valuesOfFlag(toolchain.flags, 'ldflags') : []), build.ldflags];
  const fields = given.flatMap(splitFields);
  const ldflags = joinFields([
    ...(isComparable ? [...withoutStripping(fields), '-buildid='] : fields),
    ...(options.ldflags ?? []),
    ...settingFields(injected),
  ]);
  if (build.command === undefined) {
    const tags = [...valuesOfFlag(toolchain.flags, 'tags'), ...build.tags].join(',');
    const args = ['build', '-trimpath', '-buildvcs=false', ...build.flags, '-o', output];
    if (tags !== '') args.push(`-tags=${tags}`);
    if (ldflags !== '') args.push(`-ldflags=${ldflags}`);
    return commandOf(spec, 'go', [...args, spec.package], build.env);
  }
  const values = isComparable ? placeholdersFor(Object.keys(placeholders)) : placeholders;
  const script = fillCommand(build.command, { ...values, output, ldflags, package: spec.package });
  const flags = [toolchain.flags, '-trimpath', '-buildvcs=false'].filter((flag) => flag !== '').join(' ');
  return commandOf(spec, 'sh', ['-c', script], { ...build.env, GOFLAGS: flags, OUTPUT: output, LDFLAGS: ldflags });
}

function commandOf(
  { directory: cwd, env, signal, logFile, tell }: BuildSpec,
  command: string,
  args: readonly string[],
  added: Readonly<Record<string, string>>,
): Command {
  return { command, args, cwd, env: { ...env, ...added }, shownEnv: added, signal, logFile, tell };
}

function buildFailed({ spec }: Prepared, command: Command, output: string): MeasurementError {
  const detail = withCommand(output, command);
  if (/^[^:\n]*perf_gate_agent\w*\.go:\d+/m.test(output)) {
    return new MeasurementError(`the agent of perf-gate does not compile in ${spec.package} of ${spec.label}`, {
      hint: 'this is a bug of perf-gate: please report it with the lines below',
      detail,
    });
  }
  return new MeasurementError(`the build of ${spec.label} failed`, { hint: hintForBuild(spec, output), detail });
}

function hintForBuild(spec: BuildSpec, output: string): string {
  if (/no space left on device|disk quota exceeded/i.test(output))
    return `free some space: both sides are built in ${spec.env['TMPDIR'] ?? 'TMPDIR'}, and go keeps its cache in GOCACHE`;
  if (spec.build.command !== undefined)
    return 'service.build.command runs with sh -c in service.dir of a fresh checkout';
  const hint = `does \`go build ${spec.package}\` work there? Generated code belongs into service.setup, tags and settings into service.build`;
  return spec.label === 'base' ? `${hint}. With --base another commit is compared with` : hint;
}

async function readExecutable({ spec, importPath }: Prepared, output: string, command: Command): Promise<Elf> {
  const bytes = await readFile(output).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
    throw error;
  });
  const isOwn = spec.build.command !== undefined;
  if (bytes === undefined) {
    throw new MeasurementError(`the build of ${spec.label} succeeded, but there is no executable ${output}`, {
      hint: isOwn
        ? 'service.build.command must write the executable to {output}, which is $OUTPUT too'
        : `does \`go build -o x ${spec.package}\` write an executable x there?`,
      detail: withCommand('', command),
    });
  }
  const elf = parseElf(bytes, `the executable of ${spec.label}`);
  if (!bytes.includes(`\0${AGENT_ANCHOR}\0`)) {
    throw new MeasurementError(
      `the executable of ${spec.label} has no agent in it: the command built something else than ${importPath} of this checkout`,
      {
        hint: 'service.build.command must build service.package, with go, in the directory that it is run in',
        detail: withCommand('', command),
      },
    );
  }
  return elf;
}

async function readModuleInfo({ spec, importPath }: Prepared, output: string, command: Command) {
  const question = commandOf(spec, 'go', ['version', '-m', output], spec.build.env);
  const answer = await ask(question);
  const [first = '', ...lines] = answer.stdout.split('\n');
  const goVersion = /: (go\d\S*|devel .*)/.exec(first.slice(output.length))?.[1];
  if (answer.exitCode !== 0 || goVersion === undefined) {
    throw new MeasurementError(`the executable of ${spec.label} does not tell how it was built`, {
      hint: 'perf-gate needs the build information that the Go linker writes',
      detail: withCommand(answer.output, question),
    });
  }
  const moduleInfo = lines.join('\n').trimEnd();
  const path = /^\tpath\t(.*)$/m.exec(moduleInfo)?.[1];
  if (path !== undefined && path !== importPath && path !== 'command-line-arguments') {
    throw new MeasurementError(`the command of ${spec.label} built ${path}, not ${importPath}`, {
      hint: 'service.build.command and service.package must name the same package',
      detail: withCommand('', command),
    });
  }
  return { goVersion, moduleInfo };
}

/**
 * A runner of GitHub's for one step: the bundled action as a process of its own, with the environment and the files that
 * a step has, and with ears for the commands in its log. Formats:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles the program as dist/ is bundled; returns the directory of the action, with its action.yml. */
export function bundleAction(directory: string): string {
  execFileSync(process.execPath, ['build.mjs', '--outdir', join(directory, 'dist')], { cwd: ROOT });
  for (const name of ['action.yml', 'package.json']) copyFileSync(join(ROOT, name), join(directory, name));
  return directory;
}

export interface Step {
  /** What bundleAction returned. */
  readonly action: string;
  readonly workspace: string;
  /** In place of the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What `${{ github.token }}` stands for. */
  readonly token: string;
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly env?: Readonly<Record<string, string>>;
  /** process.execPath where it is not given. */
  readonly node?: string;
  /** Called for each piece of the log. */
  readonly onLog?: (log: string, step: ChildProcess) => void;
}

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface StepResult {
  readonly code: number | null;
  /** Both streams, as they came. */
  readonly log: string;
  /** What the runner would have obeyed, masks aside. */
  readonly commands: readonly Command[];
  readonly masks: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Of GITHUB_ENV, GITHUB_PATH and GITHUB_STATE: what later steps would get. */
  readonly left: string;
  /** What is still in TMPDIR. */
  readonly temporaryFiles: readonly string[];
}

export async function runStep(step: Step): Promise<StepResult> {
  const directory = mkdtempSync(join(tmpdir(), 'perf-gate-runner-'));
  try {
    return await runIn(directory, step);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function runIn(directory: string, step: Step): Promise<StepResult> {
  const file = (name: string, text = '') => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  const temporary = join(directory, 'tmp');
  mkdirSync(temporary);
  const files = {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_STATE: file('state'),
  };
  const env = {
    ...inherited(),
    ...files,
    ...inputsOf(step),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: step.event.name,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(step.event.payload)),
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_RUN_ID: '5',
    RUNNER_OS: 'Linux',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: directory,
    TMPDIR: temporary,
    ACTIONS_RUNTIME_TOKEN: 'runtime-token-of-the-job',
    ...step.env,
  };
  const { main } = parse(readFileSync(join(step.action, 'action.yml'), 'utf8')).runs as { main: string };
  const child = spawn(step.node ?? process.execPath, [join(step.action, main)], { cwd: step.workspace, env });
  let log = '';
  const hear = (text: string) => {
    log += text;
    step.onLog?.(log, child);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const commands = obey(log);
  const read = (path: string) => readFileSync(path, 'utf8');
  return {
    code,
    log,
    commands: commands.filter(({ name }) => name !== 'add-mask'),
    masks: commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message),
    outputs: outputsOf(read(files.GITHUB_OUTPUT)),
    summary: read(files.GITHUB_STEP_SUMMARY),
    left: [files.GITHUB_ENV, files.GITHUB_PATH, files.GITHUB_STATE].map(read).join(''),
    temporaryFiles: readdirSync(temporary),
  };
}

/** Of this machine's environment what builds need; nothing of a CI system that the tests may themselves run in. */
function inherited(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => /^(PATH|HOME|LANG|GO[A-Z0-9]*|SSL_CERT_\w+)$/.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

function inputsOf({ action, inputs = {}, token }: Step): Record<string, string> {
  const { inputs: known } = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default: string }>;
  };
  const values = Object.entries(known).map(([name, { default: standard }]) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
    const value = inputs[name] ?? standard.replace('${{ github.token }}', token);
    return [`INPUT_${name.toUpperCase()}`, value];
  });
  return Object.fromEntries(values);
}

/** What the runner takes for commands: `::name k=v::message` with spaces before it, and `##[name k=v]message` anywhere. */
export function obey(log: string): Command[] {
  const commands: Command[] = [];
  let resume: string | undefined;
  for (const line of log.split('\n')) {
    const found =
      /^\s*::([\w-]+)(?: ([^:]*(?:%3A[^:]*)*))?::(.*)$/.exec(line) ?? /##\[([\w-]+)(?: ([^\]]*))?\](.*)$/.exec(line);
    if (found === null) continue;
    const [, name = '', properties = '', message = ''] = found;
    if (resume !== undefined) {
      if (name === resume) resume = undefined;
    } else if (name === 'stop-commands') resume = message;
    else commands.push({ name, properties: propertiesOf(properties), message: unescaped(message) });
  }
  return commands;
}

const propertiesOf = (text: string) =>
  Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), unescaped(pair.slice(pair.indexOf('=') + 1))]),
  );

const unescaped = (text: string) =>
  text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');

/** `name<<delimiter`, the value's lines, the delimiter. */
function outputsOf(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name, delimiter] = /^([^<]+)<<(.+)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined) continue;
    const end = lines.indexOf(delimiter!, at);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}

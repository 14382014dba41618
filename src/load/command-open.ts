/**
 * A load command before it is run: which tool it calls, whether that is there, and what tells its results from those of
 * another version or of another script.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { MeasurementError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';
import type { LoadCommandConfig } from '../config/config.ts';
import { PLACEHOLDERS, placeholdersIn } from '../config/placeholders.ts';
import { defined } from '../process/program.ts';
import { runCommand } from './command-run.ts';
import { toolIn } from './tools/list.ts';
import type { LoadTool } from './tools/tool.ts';

/** A command that can be run, with all that tells it from another. */
export interface LoadCommand {
  readonly template: string;
  readonly tool: LoadTool;
  /** Where it is run. */
  readonly directory: string;
  /** What {dir} stands for; undefined: the checkout of the side that it is sent to. */
  readonly checkout?: string | undefined;
  /** In what it is told how much to send. */
  readonly unit: 'requests' | 'seconds';
  /** 'k6 v1.8.1 (go1.26.8, linux/amd64)'; the name alone where the tool does not say it. */
  readonly version: string;
  /** Of the files that the command names, such as a script: a digest of each by its name. */
  readonly files: Readonly<Record<string, string>>;
}

const VERSION_TIMEOUT_MS = 30_000;
/** What a shell answers where a program is not there. */
export const NOT_FOUND = 127;

/** The command of a config, to be run in `directory`; throws a MeasurementError where its tool is not installed. */
export async function openCommand(
  { template, tool: named }: LoadCommandConfig,
  directory: string,
  { env, signal }: Pick<World, 'env' | 'signal'>,
): Promise<LoadCommand> {
  const { tool, program } = toolIn(template, named);
  const unit = placeholdersIn(template, PLACEHOLDERS.load).includes('requests') ? 'requests' : 'seconds';
  const version =
    program === undefined || program.includes('{')
      ? tool.name
      : await versionOf(tool, program, { cwd: directory, env: defined(env), signal });
  return { template, tool, directory, unit, version, files: filesIn(template, directory) };
}

async function versionOf(
  tool: LoadTool,
  program: string,
  where: { cwd: string; env: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<string> {
  const word = program.split(' ').find((one) => !/^\w+=/.test(one))!;
  const ask = tool.versionFlag === undefined ? '' : `; ${program} ${tool.versionFlag}`;
  const command = `command -v ${word} >/dev/null || exit ${NOT_FOUND}${ask}`;
  const answer = await runCommand({ command, cores: undefined, timeoutMs: VERSION_TIMEOUT_MS, ...where });
  if (answer.exitCode === NOT_FOUND)
    throw notInstalled(tool, `there is no ${word}${word.includes('/') ? '' : ' on PATH'}`);
  const [first = ''] = plainText(`${answer.stdout}\n${answer.stderr}`).trim().split('\n');
  return first.includes(tool.name) || first === '' ? first || tool.name : `${tool.name} ${first.slice(0, 200)}`;
}

const LARGEST_FILE_BYTES = 16e6;

/** The regular files among the words of a command. */
function filesIn(template: string, directory: string): Record<string, string> {
  const words = new Set(template.split(/[\s='"@,;|&()<>]+/).filter((word) => word !== ''));
  const digests = [...words].flatMap((word) => {
    const file = resolve(directory, word);
    const about = statSync(file, { throwIfNoEntry: false });
    if (about?.isFile() !== true || about.size > LARGEST_FILE_BYTES) return [];
    return [[word, createHash('sha256').update(readFileSync(file)).digest('hex')]];
  });
  return Object.fromEntries(digests);
}

export function notInstalled({ name, install }: LoadTool, said: string, detail?: string): MeasurementError {
  const hint = name === 'json' ? 'correct load.command, or install what it calls' : `install ${name}: ${install}`;
  return new MeasurementError(`load.command calls a program that is not there: ${said}`, {
    hint,
    ...(detail === undefined ? {} : { detail }),
  });
}

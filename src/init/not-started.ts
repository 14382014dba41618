/** What a person is told of a service that starts in none of the ways that were tried, and what would help. Pure. */
import { MeasurementError, type UserError } from '../base/errors.ts';
import { type ConfigSetting, findConfigSettings, type KeyInSource, keyInSource } from './config-ways.ts';
import { type Launch, shownLaunch } from './launch.ts';
import { type FixedAddress, fixedAddress } from './port.ts';
import type { PackageSource, Place } from './source.ts';

export interface Failure {
  readonly launch: Launch;
  readonly error: UserError;
}

/** What the source says that may be the reason. */
export interface Clues {
  /** An address that it has as a constant. */
  readonly fixed: FixedAddress | undefined;
  /** What names its config file. */
  readonly setting: ConfigSetting | undefined;
  /** Of the port, in that file. */
  readonly key: KeyInSource | undefined;
}

export function findClues(sources: readonly PackageSource[]): Clues {
  const [setting] = findConfigSettings(sources);
  return { fixed: fixedAddress(sources), setting, key: keyInSource(sources) };
}

export function notStarted(failures: readonly Failure[], clues: Clues): MeasurementError {
  // The likeliest way in full: what keeps the service from starting is mostly the same in all of them.
  const told = failures.map(({ launch, error }, i) => {
    const detail = i === 0 ? (error.detail?.replace(/^\$ .*\n/, '').trimEnd() ?? '') : '';
    return [`with ${shownLaunch(launch)}: ${error.message}`, ...(detail === '' ? [] : [indent(detail)])].join('\n');
  });
  const ways = failures.length === 1 ? '' : ` in any of the ${failures.length} ways that were tried`;
  return new MeasurementError(`the service does not start${ways}`, {
    detail: told.join('\n'),
    hint: hintFor(failures, clues),
    cause: failures[0]?.error,
  });
}

function hintFor(failures: readonly Failure[], { fixed, setting, key }: Clues): string {
  const neverOpened = failures.filter(({ error }) => error.code === 'never-opened');
  if (fixed !== undefined && neverOpened.length === failures.length) {
    return `does it always listen on ${fixed.address} (${at(fixed)})? ${HOW_TO_TELL_THE_PORT}`;
  }
  const needs =
    'give it what it needs to run, which its own words above may name: perf-gate init --arg=-name=value --env NAME=value, as often as needed';
  // What ends before it listens does not lack a way to be told its port.
  const more = neverOpened.length > 0 ? [HOW_TO_TELL_THE_PORT] : [];
  const file = setting !== undefined && isAboutFile(failures) ? [configFile(setting, key)] : [];
  return [needs, ...file, ...more].join('. ');
}

/** It was given a config file, or asks for one. */
const isAboutFile = (failures: readonly Failure[]) =>
  failures.some(({ launch }) => Object.keys(launch.files).length > 0) ||
  /conf|settings|\.(ya?ml|toml|ini)\b/i.test(failures[0]?.error.detail ?? '');

/** How to come by the config file: one in the repository is found when it has the keys that the source knows. */
export function configFile(setting: ConfigSetting | undefined, key: KeyInSource | undefined): string {
  const named = setting === undefined ? '' : `${capital(setting.shown)} (${at(setting.place)}) names its config file`;
  if (key === undefined) return `${named}: perf-gate init ${setting?.given}, where PATH is one in the repository`;
  const port = `${key.path.join('.')} (${at(key)}) in ${named === '' ? 'a config file' : 'it'} is the port`;
  return `${named === '' ? '' : `${named}, and `}${port}: put one with what it needs into the repository, such as config.example.${key.format}, and run perf-gate init again`;
}

const capital = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;

const at = ({ file, line }: Place) => `${file}:${line}`;

const HOW_TO_TELL_THE_PORT =
  'It must take its port from an argument or its environment, where {port} stands for it; one that reads it from a file gets it by service.files (docs/services.md), for which an example of that file in the repository is taken';

const indent = (text: string) => text.replace(/^/gm, '    ');

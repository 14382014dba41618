/** What perf-gate init tells the person: what was found, what was written, what was left out and why, what is next. Pure. */

import { listed, plainText } from '../base/text.ts';
import { formatCount, formatNs } from '../base/units.ts';
import { padded, widthsOf } from '../base/width.ts';
import type { LeftOut } from './candidates.ts';
import { type HookOutcome, SKIP_VARIABLE } from './hook.ts';
import type { NotInjected } from './inject.ts';
import { type Launch, shownLaunch } from './launch.ts';
import type { LeftOutModule } from './mains.ts';
import { isParameter } from './path-pattern.ts';
import type { Plan } from './plan.ts';
import type { Place } from './source.ts';
import type { Answered } from './try-requests.ts';

export interface Outcome {
  /** Of the config, relative to where the person is. */
  readonly file: string;
  /** A run from where the person is finds it by itself. */
  readonly isFoundFromHere: boolean;
  readonly plan: Plan;
  readonly launch: Launch;
  /** As shown to people, and whether each serves something. */
  readonly others: readonly { readonly name: string; readonly serves: boolean }[];
  /** The service is the likeliest of several, and nobody has named it. */
  readonly isGuess: boolean;
  readonly leftOutModules: readonly LeftOutModule[];
  readonly notInjected: readonly NotInjected[];
  /** Where routes are registered whose paths the source does not tell. */
  readonly unclear: readonly Place[];
  /** git ignores the run directory. */
  readonly isOutputIgnored: boolean;
}

/** Of a config that was written. */
export function tellWritten(outcome: Outcome): string {
  const { file, plan, launch, others, notInjected } = outcome;
  return [
    `wrote ${file}`,
    '',
    ...row('service', [plan.directory === undefined ? plan.package : `${plan.package} in ${plan.directory}`]),
    ...row('', outcome.isGuess ? ['a guess by names and routes, since several main packages serve'] : []),
    ...row('not taken', [
      ...otherPackages(others),
      ...outcome.leftOutModules.map(
        ({ directory, reason }) => `the module ${directory}, which go does not list: ${reason}`,
      ),
    ]),
    ...row('port', launch.way === undefined ? [] : [`${launch.way.shown}${at(launch.way.place)}`]),
    ...row('started', [`with ${shownLaunch(launch)}`]),
    ...row('protocol', plan.protocol === undefined ? [] : ['h2c: it is a gRPC server']),
    ...row('ready', [plan.ready === undefined ? 'when its port accepts connections' : `GET ${plan.ready.path}`]),
    ...row('inject', [
      ...(plan.inject.length === 0 ? [] : [listed(plan.inject.map(({ variable }) => variable))]),
      ...notInjected.map(({ variable, reason }) => `not ${variable}: ${reason}`),
    ]),
    ...row('branch', [plan.branch ?? 'not found: name it as baseline.branch, or give --base to each run']),
    '',
    `  load: ${plural(plan.kept.length + plan.calls.length + plan.givenRequests.length, 'request')}`,
    ...table([
      ...plan.givenRequests.map((request) => [request, 'as you gave it']),
      ...plan.calls.map(({ path, ms, bytes }) => [
        `POST ${path}`,
        `OK in ${formatNs(ms * 1e6, 2)}, ${formatCount(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`,
      ]),
      ...plan.kept.map((one) => [`GET ${one.path}`, answered(one)]),
    ]),
    ...(plan.spare.length === 0
      ? []
      : [`    ${plural(plan.spare.length, 'more')} would do; they are in the file, commented out`]),
    ...warnings(plan).map((line) => `    ${line}`),
    ...(plan.leftOut.length === 0 ? [] : ['', '  left out', ...tellLeftOut(plan.leftOut)]),
    ...tellUnclear(outcome.unclear).flatMap((line, i) => [...(i === 0 ? [''] : []), `  ${line}`]),
    '',
    '  tried: the file as it is written, two copies of the service side by side, each request on both.',
    '',
    'next',
    `  git add ${file}`,
    ...(outcome.isOutputIgnored ? [] : ["  echo '/perf-gate-out/' >> .gitignore"]),
    `  npx perf-gate${outcome.isFoundFromHere ? '' : ` run --config ${file}`}`,
    '',
  ].join('\n');
}

const LABEL = 11;

const row = (label: string, lines: readonly string[]) =>
  lines.map((line, i) => `  ${(i === 0 ? label : '').padEnd(LABEL)}${plainText(line)}`);

const MOST_OTHERS = 6;

function otherPackages(others: Outcome['others']): string[] {
  if (others.length === 0) return [];
  const names = others.slice(0, MOST_OTHERS).map(({ name, serves }) => `${name}${serves ? ' (serves too)' : ''}`);
  const more = others.length > MOST_OTHERS ? [`${others.length - MOST_OTHERS} more`] : [];
  return [`${listed([...names, ...more])}; --package takes another one`];
}

function answered({ status, ms, bytes, candidate }: Answered): string {
  const of = candidate.parts.some(isParameter) ? `, for ${candidate.pattern}` : '';
  return `${status} in ${formatNs(ms * 1e6, 2)}, ${formatCount(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}${of}`;
}

/** What makes a load one that hardly shows anything. */
function warnings({ kept, calls, givenRequests }: Plan): string[] {
  if (givenRequests.length === 0 && calls.length > 0) {
    const isHealth = calls.every(({ isHealth }) => isHealth);
    const what = isHealth ? 'only a health check is called' : 'each call has an empty message';
    return [`! ${what}; calls with a content say more: load.command with ghz (docs/load-tools.md)`];
  }
  if (givenRequests.length > 0 || kept.length === 0) return [];
  const more = 'give requests that do what the service is there for: --request, or load.requests in the file';
  if (kept.every(({ bytes }) => bytes === 0)) return [`! every answer is empty, so that little is measured; ${more}`];
  if (kept.every(({ path }) => path === '/')) return [`! only the landing page is asked for; ${more}`];
  const roles = new Set(kept.map(({ candidate }) => candidate.role));
  const [role] = roles;
  if (roles.size > 1 || role === 'load') return [];
  const what = {
    ready: 'a health check is',
    metrics: 'figures about the service are',
    aside: 'what stands beside the service is',
  };
  return [`! only ${what[role!]} asked for; ${more}`];
}

const MOST_PLACES = 8;

/** Of routes whose paths were not understood. */
export function tellUnclear(places: readonly Place[]): string[] {
  if (places.length === 0) return [];
  const shown = places.slice(0, MOST_PLACES).map(({ file, line }) => `${file}:${line}`);
  const more = places.length > MOST_PLACES ? [`${places.length - MOST_PLACES} more`] : [];
  const [count, their] = places.length === 1 ? ['1 route is', 'a path'] : [`${places.length} routes are`, 'paths'];
  return [
    `${count} registered under ${their} that the source does not tell, and may be missing:`,
    ...wrapped(plainText(listed([...shown, ...more])), '  '),
  ];
}

const MOST_GROUPED = 8;

/** Each with its reason; those that have one in common stand together. */
export function tellLeftOut(all: readonly LeftOut[]): string[] {
  const groups = new Map<string, LeftOut[]>();
  for (const one of all) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  const [alone, together] = [
    [...groups].filter(([, of]) => of.length === 1),
    [...groups].filter(([, of]) => of.length > 1),
  ];
  return [
    ...table(alone.map(([reason, [one]]) => [one!.request, `${reason}${at(one!.place)}`])),
    ...together.flatMap(([reason, of]) => {
      const more = of.length > MOST_GROUPED ? [`${of.length - MOST_GROUPED} more`] : [];
      const requests = of.slice(0, MOST_GROUPED).map(({ request }) => request);
      return [`    ${plainText(reason)}:`, ...wrapped(plainText(listed([...requests, ...more])))];
    }),
  ];
}

const WIDEST = 100;

function wrapped(text: string, indent = '      '): string[] {
  const lines = [''];
  for (const word of text.split(', ')) {
    const line = lines.at(-1)!;
    const longer = line === '' ? word : `${line}, ${word}`;
    if (line !== '' && longer.length > WIDEST) lines.splice(-1, 1, `${line},`, word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => `${indent}${line}`);
}

/** Two columns, the first as wide as it must be. */
function table(rows: readonly (readonly string[])[]): string[] {
  const width = Math.min(44, widthsOf(rows)[0] ?? 0);
  return rows.map(([first = '', second = '']) => `    ${padded(plainText(first), width)}  ${plainText(second)}`);
}

const at = (place: Place | undefined) => (place === undefined ? '' : ` (${place.file}:${place.line})`);

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 || noun === 'more' ? '' : 's'}`;

/** Of a hook. */
export function tellHook(outcome: HookOutcome): string {
  const skip = `Without it, once: ${SKIP_VARIABLE}=1 git push, or git push --no-verify`;
  if (outcome.kind === 'written') return `wrote ${outcome.file}: every push is measured first. ${skip}\n`;
  const { why, file, lines } = outcome;
  return [`${why}, so no hook was written; add this to ${file}:`, '', ...lines.map((line) => `  ${line}`), ''].join(
    '\n',
  );
}

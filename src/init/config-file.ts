/** perf-gate.yml, written from a plan, with comments for the people who will change it. Pure. */
import { parse } from 'yaml';
import { plainText } from '../base/text.ts';
import { CONFIG_SCHEMA } from '../config/schema.ts';
import { METRICS } from '../model/metrics.ts';
import type { LeftOut } from './candidates.ts';
import { requestFor } from './grpc.ts';
import { isParameter } from './path-pattern.ts';
import type { Plan } from './plan.ts';
import type { Place } from './source.ts';
import type { Answered } from './try-requests.ts';

const MOST_LEFT_OUT = 40;

/** The text of the file. What comes from the source or the service cannot break out of its line. */
export function renderConfigFile(plan: Plan): string {
  const lines = [
    `# yaml-language-server: $schema=${plan.schema}`,
    '# What perf-gate measures here, and what a pull request may cost. Written by perf-gate init, yours to change.',
    '',
    'service:',
    ...(plan.directory === undefined ? [] : [`  dir: ${scalar(plan.directory)}`]),
    `  package: ${scalar(plan.package)}`,
    ...listOf('setup', plan.setup, 'Run in each checkout before the build.'),
    ...inject(plan),
    ...listOf('args', plan.args, 'perf-gate chooses the port.', plan.args.some(hasPort)),
    ...environment(plan),
    ...files(plan),
    ...(plan.protocol === undefined
      ? []
      : ['  # HTTP/2 in clear text, as gRPC has it.', `  protocol: ${plan.protocol}`]),
    ...ready(plan),
    '',
    'load:',
    '  # Each as often as its weight says ({ path: /x, weight: 3 }); without one: once.',
    '  requests:',
    ...plan.givenRequests.map((request) => `    - ${request}`),
    ...(plan.calls.length === 0
      ? []
      : ['    # Each an empty message: calls with a content are better (docs/load-tools.md, ghz).']),
    ...plan.calls.map((call) => `    - ${requestFor(call)}`),
    ...plan.kept.map(request),
    ...spare(plan.spare),
    ...leftOut(plan.leftOut),
    '',
    '# What a request may cost more than in the base: the whole service, and any one function.',
    'limits:',
    // Time is shown and not judged: a limit would guard nothing.
    ...METRICS.filter((name) => name !== 'cpu').flatMap(limit),
    ...(plan.branch === undefined
      ? []
      : [
          '',
          '# Changes go to this branch: its merge base with your work is the base.',
          'baseline:',
          `  branch: ${scalar(plan.branch)}`,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

const hasPort = (template: string) => template.includes('{port}');

function listOf(key: string, values: readonly string[], comment: string, isCommented = true): string[] {
  if (values.length === 0) return [];
  return [...(isCommented ? [`  # ${comment}`] : []), `  ${key}: [${values.map(quote).join(', ')}]`];
}

function inject({ inject: all }: Plan): string[] {
  if (all.length === 0) return [];
  return [
    '  # go build -ldflags -X; each build is checked for the values.',
    '  inject:',
    ...all.map(({ variable, template }) => `    ${scalar(variable)}: ${quote(template)}`),
  ];
}

function environment({ env }: Plan): string[] {
  const entries = Object.entries(env);
  if (entries.length === 0) return [];
  const comment = entries.some(([, value]) => hasPort(value)) ? ['  # perf-gate chooses the port.'] : [];
  return [...comment, '  env:', ...entries.map(([name, value]) => `    ${name}: ${quote(value)}`)];
}

function files({ files: all }: Plan): string[] {
  const entries = Object.entries(all);
  if (entries.length === 0) return [];
  return [
    '  # Written into the private checkout before each start; the file in your work tree is left alone.',
    '  files:',
    ...entries.flatMap(([path, text]) => [`    ${scalar(path)}: ${isBlock(text) ? '|' : quote(text)}`, ...block(text)]),
  ];
}

/** What YAML gives back as it is from a literal block: text without odd characters that begins in the first column. */
const isBlock = (text: string) => /^[^\s\0][\t\n\x20-\x7e\u00a0-\ud7ff]*[^\s]\n$/.test(text);

const block = (text: string) =>
  isBlock(text)
    ? text
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : `      ${line}`))
    : [];

function ready({ ready: found }: Plan): string[] {
  if (found === undefined) return ['  # Without `ready` it is ready when its port accepts connections.'];
  const { path, status } = found;
  return status === 200
    ? [`  ready: ${scalar(`GET ${path}`)}`]
    : [`  ready: { path: ${quote(path)}, status: ${status} }`];
}

function request({ path, candidate, learntFrom }: Answered): string {
  const isFilled = candidate.parts.some(isParameter);
  const from = learntFrom === undefined ? 'a guessed value' : 'a value from an answer';
  return `    - ${scalar(`GET ${path}`)}${isFilled ? `  # ${comment(candidate.pattern)} with ${from}` : ''}`;
}

function spare(all: readonly Answered[]): string[] {
  if (all.length === 0) return [];
  return ['    # These answer as well:', ...all.map(({ path }) => `    # - ${comment(scalar(`GET ${path}`))}`)];
}

function leftOut(all: readonly LeftOut[]): string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST_LEFT_OUT);
  const more = all.length - shown.length;
  return [
    '    # Left out:',
    ...shown.map((one) => `    # - ${comment(example(one))}  # ${comment(one.reason)}${at(one.place)}`),
    ...(more > 0 ? [`    # and ${more} more`] : []),
  ];
}

/** As it could be written into the load. */
function example({ request }: LeftOut): string {
  const [method = '', path = ''] = request.split(' ');
  if (method === 'GET') return scalar(request);
  const body = method === 'DELETE' ? '' : ', body: {}';
  return `{ method: ${method}, path: ${quote(path)}${body} }`;
}

const at = (place: Place | undefined) => (place === undefined ? '' : ` (${comment(place.file)}:${place.line})`);

interface LimitDefaults {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
}

/** The limits that hold if nothing is written, written. */
function limit(metric: (typeof METRICS)[number]): string[] {
  const { properties = {} } = (CONFIG_SCHEMA.properties?.['limits']?.properties?.[metric] ?? {}) as LimitDefaults;
  const limits = ['total', 'function'].flatMap((key) => {
    const standard = properties[key]?.default;
    return typeof standard === 'string' && standard !== 'off' ? [`${key}: ${standard}`] : [];
  });
  return limits.length === 0 ? [] : [`  ${metric}: { ${limits.join(', ')} }`];
}

/** Text that stays behind its `#`. */
const comment = (text: string) => plainText(text).replace(/\s+/g, ' ').trim();

/** In quotes only where YAML would read something else. */
const scalar = (text: string) => (isPlain(text) ? text : quote(text));

function isPlain(text: string): boolean {
  if (/[\r\n]/.test(text)) return false;
  try {
    return parse(text) === text;
  } catch {
    return false; // such as "{" and "*"
  }
}

/** JSON's strings are YAML's in double quotes. */
const quote = (text: string) => JSON.stringify(text);

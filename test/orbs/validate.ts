/**
 * What is wrong with an orb, as CircleCI's own validation would say (its API, so it cannot be asked here), and what the
 * review of its tools asks for beside: a description of everything.
 */
import {
  BUILT_IN,
  checkExecutor,
  checkKeys,
  checkParameters,
  checkSteps,
  type Fields,
  fields,
  isName,
  isText,
  type Node,
  type Say,
  type Scope,
} from './steps.ts';
import { checkUse } from './use.ts';

const KEYS = ['version', 'description', 'display', 'commands', 'executors', 'jobs', 'examples'];

export function problemsOf(orb: Node): string[] {
  const problems: string[] = [];
  const say: Say = (at, what) => void problems.push(`${at}: ${what}`);
  const parts = fields(orb);
  checkKeys(orb, 'orb', KEYS, say);
  if (parts['version'] !== 2.1) say('version', 'must be 2.1');
  if (!isText(parts['description'])) say('orb', 'no description');
  const scope: Scope = { commands: fields(parts['commands']), executors: fields(parts['executors']), say };
  for (const kind of ['commands', 'executors', 'jobs'] as const) {
    for (const [name, element] of Object.entries(fields(parts[kind]))) {
      checkElement(name, fields(element), `${kind}.${name}`, say);
    }
  }
  for (const [name, command] of Object.entries(scope.commands)) checkCommand(name, fields(command), scope);
  for (const [name, job] of Object.entries(fields(parts['jobs']))) checkJob(name, fields(job), scope);
  for (const [name, { docker, machine }] of Object.entries(scope.executors).map(
    ([name, e]) => [name, fields(e)] as const,
  )) {
    if ((docker === undefined) === (machine === undefined)) say(`executors.${name}`, 'either docker or machine');
  }
  for (const [name, example] of Object.entries(fields(parts['examples']))) {
    checkExample(fields(example), `examples.${name}`, orb, say);
  }
  return problems;
}

/** What commands, executors and jobs have in common. */
function checkElement(name: string, { description, parameters, ...body }: Fields, at: string, say: Say): void {
  if (!isName(name)) say(at, 'not a name');
  if (!isText(description)) say(at, 'no description');
  const declared = fields(parameters);
  checkParameters(declared, `${at}.parameters`, say);
  const texts = [...textsOf(body)];
  const used = texts.flatMap((text) => [...text.matchAll(PARAMETER)].map(([, parameter]) => parameter!));
  for (const parameter of new Set(used)) if (!(parameter in declared)) say(at, `${parameter} is not declared`);
  for (const parameter of Object.keys(declared)) if (!used.includes(parameter)) say(at, `${parameter} is not used`);
  // `<<` that is neither escaped nor a parameter would be taken for one.
  for (const text of texts) {
    for (const [found] of text.replaceAll(PARAMETER, '').matchAll(/(?<!\\)<<[^\n]{0,40}/g)) {
      say(at, `not a parameter, and not escaped: ${found}`);
    }
  }
}

const PARAMETER = /(?<!\\)<<\s*parameters\.([\w-]+)\s*>>/g;

function* textsOf(node: Node): Generator<string> {
  if (typeof node === 'string') yield node;
  else if (typeof node === 'object' && node !== null) for (const value of Object.values(node)) yield* textsOf(value);
}

function checkCommand(name: string, command: Fields, scope: Scope): void {
  const at = `commands.${name}`;
  // Within the orb the step would be the built-in one.
  if (name in BUILT_IN) scope.say(at, 'named like a built-in step');
  checkKeys(command, at, ['description', 'parameters', 'steps'], scope.say);
  checkSteps(command['steps'], fields(command['parameters']), `${at}.steps`, scope);
}

function checkJob(name: string, job: Fields, scope: Scope): void {
  const at = `jobs.${name}`;
  checkKeys(job, at, ['description', 'parameters', 'executor', 'steps'], scope.say);
  checkExecutor(job['executor'], fields(job['parameters']), at, scope);
  checkSteps(job['steps'], fields(job['parameters']), `${at}.steps`, scope);
  for (const [parameter, declaration] of Object.entries(fields(job['parameters']))) {
    const { type, default: steps } = fields(declaration);
    if (type === 'steps' && steps !== undefined) checkSteps(steps, {}, `${at}.parameters.${parameter}`, scope);
  }
}

function checkExample({ description, usage, ...rest }: Fields, at: string, orb: Node, say: Say): void {
  if (!isText(description)) say(at, 'no description');
  checkKeys(rest, at, [], say);
  // The official packer keeps no other keys of an example.
  checkKeys(usage, at, ['version', 'setup', 'orbs', 'jobs', 'workflows'], say);
  if (fields(usage)['version'] !== 2.1) say(at, 'must be of version 2.1');
  const [alias = ''] = Object.keys(fields(fields(usage)['orbs']));
  checkUse(fields(usage), at, alias, orb, say);
}

/**
 * Parameters, steps and executors of CircleCI, as its references describe them:
 * https://circleci.com/docs/reference/configuration-reference/ and https://circleci.com/docs/reference/reusing-config/
 */

/** A part of a YAML document that may be anything. */
export type Node = unknown;
export type Fields = Readonly<Record<string, Node>>;
export type Say = (at: string, what: string) => void;

/** What steps can be made of. */
export interface Scope {
  readonly commands: Fields;
  readonly executors: Fields;
  readonly say: Say;
}

export const fields = (node: Node): Fields =>
  typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as Fields) : {};
export const isText = (node: Node): node is string => typeof node === 'string' && node.trim() !== '';
export const isName = (name: string) => /^[a-z][a-z\d_-]*$/.test(name);

const TYPES = ['string', 'boolean', 'integer', 'enum', 'executor', 'steps', 'env_var_name'];

/** Steps that CircleCI has by itself, with the keys that they need and those that they take; all but some are texts. */
export const BUILT_IN: Readonly<
  Record<string, { readonly needs: readonly string[]; readonly takes: readonly string[] }>
> = {
  run: {
    needs: ['command'],
    takes: ['name', 'environment', 'shell', 'background', 'working_directory', 'no_output_timeout', 'when'],
  },
  checkout: { needs: [], takes: ['path', 'method'] },
  save_cache: { needs: ['key', 'paths'], takes: ['name', 'when'] },
  restore_cache: { needs: ['keys'], takes: ['key', 'name'] },
  store_artifacts: { needs: ['path'], takes: ['destination'] },
  store_test_results: { needs: ['path'], takes: [] },
  persist_to_workspace: { needs: ['root', 'paths'], takes: [] },
  attach_workspace: { needs: ['at'], takes: [] },
  add_ssh_keys: { needs: [], takes: ['fingerprints'] },
  when: { needs: ['condition', 'steps'], takes: [] },
  unless: { needs: ['condition', 'steps'], takes: [] },
  steps: { needs: [], takes: [] },
};
const NO_TEXTS = ['environment', 'background', 'condition', 'steps'];
const LISTS = ['paths', 'keys', 'fingerprints'];

export function checkKeys(node: Node, at: string, legal: readonly string[], say: Say): void {
  for (const key of Object.keys(fields(node))) if (!legal.includes(key)) say(at, `unknown key ${key}`);
}

export function checkParameters(parameters: Fields, at: string, say: Say): void {
  for (const [name, declaration] of Object.entries(parameters)) {
    const here = `${at}.${name}`;
    const { type, description, default: standard, enum: values } = fields(declaration);
    if (!isName(name)) say(here, 'not a name');
    if (!isText(description)) say(here, 'no description');
    checkKeys(declaration, here, ['type', 'description', 'default', 'enum'], say);
    if (!isText(type) || !TYPES.includes(type)) say(here, `no type: ${type}`);
    if ((type === 'enum') !== Array.isArray(values)) say(here, 'an enum has a list of values, and nothing else has');
    if (standard !== undefined) checkValue(standard, declaration, here, say);
  }
}

function checkValue(value: Node, declaration: Node, at: string, say: Say): void {
  const { type } = fields(declaration);
  if (!isOfType(value, declaration)) say(at, `${JSON.stringify(value)} is not of type ${type}`);
}

function isOfType(value: Node, declaration: Node): boolean {
  // What a parameter of the element around it will be is not known yet.
  if (typeof value === 'string' && /^<<\s*parameters\./.test(value)) return true;
  const { type, enum: values } = fields(declaration);
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'enum':
      return Array.isArray(values) && values.includes(value);
    case 'steps':
      return Array.isArray(value);
    case 'env_var_name':
      return typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value);
    case 'executor':
      return isText(value) || isText(fields(value)['name']);
    default:
      return typeof value === 'string';
  }
}

/** What is given to a command, a job or an executor. */
export function checkArguments(given: Fields, declared: Fields, at: string, say: Say): void {
  for (const [name, value] of Object.entries(given)) {
    if (name in declared) checkValue(value, declared[name], `${at}.${name}`, say);
    else say(at, `takes no ${name}`);
  }
  for (const [name, declaration] of Object.entries(declared)) {
    if (!('default' in fields(declaration)) && !(name in given)) say(at, `needs ${name}`);
  }
}

/** `own` are the parameters of the element that the steps belong to. */
export function checkSteps(steps: Node, own: Fields, at: string, scope: Scope): void {
  if (!Array.isArray(steps)) {
    scope.say(at, 'no list of steps');
    return;
  }
  for (const [i, step] of steps.entries()) {
    const here = `${at}[${i}]`;
    const named = typeof step === 'string' ? { [step]: {} } : fields(step);
    const [name = '', value] = Object.entries(named)[0] ?? [];
    if (Object.keys(named).length !== 1) scope.say(here, 'a step has one name');
    const command = scope.commands[name];
    if (command !== undefined) checkArguments(fields(value), fields(fields(command)['parameters']), here, scope.say);
    else if (name === 'steps') checkGivenSteps(value, own, here, scope.say);
    else if (name in BUILT_IN) checkBuiltIn(name, value, own, here, scope);
    else scope.say(here, `no such step: ${name}`);
  }
}

const parameterOf = (value: Node) => /^<<\s*parameters\.([\w-]+)\s*>>$/.exec(String(value))?.[1];

function checkGivenSteps(value: Node, own: Fields, at: string, say: Say): void {
  if (fields(own[parameterOf(value) ?? ''])['type'] !== 'steps') say(at, 'needs a parameter of type steps');
}

function checkBuiltIn(name: string, written: Node, own: Fields, at: string, scope: Scope): void {
  const { say } = scope;
  const { needs, takes } = BUILT_IN[name]!;
  const value = name === 'run' && typeof written === 'string' ? { command: written } : fields(written);
  checkKeys(value, at, [...needs, ...takes], say);
  for (const key of needs) if (!(key in value)) say(at, `${name} needs ${key}`);
  for (const [key, content] of Object.entries(value)) {
    const isRight = LISTS.includes(key) ? Array.isArray(content) && content.every(isText) : isText(content);
    if (!NO_TEXTS.includes(key) && !isRight) say(at, `${key} cannot be ${content}`);
  }
  const { when, environment, steps } = value;
  if (when !== undefined && !['always', 'on_success', 'on_fail'].includes(String(when))) say(at, `no when: ${when}`);
  for (const variable of Object.keys(fields(environment))) {
    if (!/^[A-Za-z_]\w*$/.test(variable)) say(at, `not a variable: ${variable}`);
  }
  if (name === 'when' || name === 'unless') checkSteps(steps, own, `${at}.steps`, scope);
}

/** An executor by its name, with or without arguments, or a parameter that is one. */
export function checkExecutor(executor: Node, own: Fields, at: string, { executors, say }: Scope): void {
  const parameter = parameterOf(executor);
  if (parameter !== undefined && fields(own[parameter])['type'] !== 'executor') say(at, `${parameter} is no executor`);
  const chosen = parameter === undefined ? executor : fields(own[parameter])['default'];
  const { name, ...given } = typeof chosen === 'string' ? { name: chosen } : fields(chosen);
  const definition = executors[String(name)];
  if (definition === undefined) say(at, `no such executor: ${name}`);
  else checkArguments(given, fields(fields(definition)['parameters']), at, say);
}

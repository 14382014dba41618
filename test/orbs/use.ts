/** What is wrong with a config that uses an orb: jobs, commands, executors and parameters that the orb does not have. */
import {
  checkArguments,
  checkExecutor,
  checkKeys,
  checkSteps,
  type Fields,
  fields,
  type Node,
  type Say,
  type Scope,
} from './steps.ts';

/** `alias` is what the config calls the orb. */
export function problemsOfUse(config: Node, orb: Node, alias = 'perf-gate'): string[] {
  const problems: string[] = [];
  checkUse(fields(config), 'config', alias, orb, (at, what) => void problems.push(`${at}: ${what}`));
  return problems;
}

/** Of jobs and workflows; other orbs than this one are not known. */
export function checkUse({ jobs: own, workflows }: Fields, at: string, alias: string, orb: Node, say: Say): void {
  const called = (part: string) =>
    Object.fromEntries(Object.entries(fields(fields(orb)[part])).map(([name, value]) => [`${alias}/${name}`, value]));
  const scope: Scope = { commands: called('commands'), executors: called('executors'), say };
  const jobs: Fields = { ...called('jobs'), ...fields(own) };
  for (const [name, job] of Object.entries(fields(own))) {
    checkSteps(fields(job)['steps'], {}, `${at}.jobs.${name}.steps`, scope);
  }
  const all = Object.entries(fields(workflows));
  if (all.length === 0) say(at, 'no workflows');
  for (const [name, workflow] of all) checkWorkflow(fields(workflow), `${at}.workflows.${name}`, jobs, scope);
}

/** What a job in a workflow takes beside its parameters. */
const WORKFLOW_KEYS = ['name', 'requires', 'context', 'filters'];

function checkWorkflow(workflow: Fields, at: string, jobs: Fields, scope: Scope): void {
  const { say } = scope;
  const listed = Array.isArray(workflow['jobs']) ? workflow['jobs'] : [];
  if (listed.length === 0) say(at, 'no jobs');
  const entries = listed.map((entry): [string, Fields] => {
    const [job = '', keys] = typeof entry === 'string' ? [entry] : (Object.entries(fields(entry))[0] ?? []);
    return [job, fields(keys)];
  });
  const names = entries.map(([job, keys]) => String(keys['name'] ?? job));
  if (new Set(names).size !== names.length) say(at, 'two jobs of one name');
  for (const [job, keys] of entries) {
    const here = `${at}.${keys['name'] ?? job}`;
    if (!(job in jobs)) {
      say(here, `no such job: ${job}`);
      continue;
    }
    const given = Object.fromEntries(Object.entries(keys).filter(([key]) => !WORKFLOW_KEYS.includes(key)));
    checkArguments(given, fields(fields(jobs[job])['parameters']), here, say);
    if (given['executor'] !== undefined) checkExecutor(given['executor'], {}, here, scope);
    if (given['setup'] !== undefined) checkSteps(given['setup'], {}, `${here}.setup`, scope);
    checkRequired(keys['requires'] ?? [], names, here, say);
    checkFilters(fields(keys['filters']), here, say);
  }
}

const STATUSES = ['success', 'failed', 'canceled', 'unauthorized', 'not_run'];

function checkRequired(required: Node, names: readonly string[], at: string, say: Say): void {
  for (const entry of Array.isArray(required) ? required : [required]) {
    const [name = '', statuses = []] = typeof entry === 'string' ? [entry] : (Object.entries(fields(entry))[0] ?? []);
    if (!names.includes(name)) say(at, `requires ${name}, which is not there`);
    for (const status of [statuses].flat()) if (!STATUSES.includes(String(status))) say(at, `no status: ${status}`);
  }
}

function checkFilters(filters: Fields, at: string, say: Say): void {
  checkKeys(filters, at, ['branches', 'tags'], say);
  for (const filter of Object.values(filters)) checkKeys(filter, at, ['only', 'ignore'], say);
}

/**
 * Runs a job or a command of an orb in a directory, as CircleCI would: parameters filled in, conditions decided, caches and
 * the workspace kept, and no step after a failed one but those that always run. Its steps are what CircleCI's references
 * say they do; the scripts are really run.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Fields, fields, type Node } from './steps.ts';

export interface Circle {
  /** The working directory of the job. */
  readonly directory: string;
  /** Caches by key and the workspace, which outlive a job; and what scripts keep in /tmp/perf-gate, which does not. */
  readonly kept: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Ran {
  /** In the order in which they ran: `run: Measure and judge`, `store_artifacts: perf-gate-out`. */
  readonly steps: readonly string[];
  /** Of the first step that failed; 0. */
  readonly exitCode: number;
  readonly output: string;
}

/** `kind` and `name` are those of an element of the orb; `args` are its parameters. */
export function runElement(orb: Node, kind: 'jobs' | 'commands', name: string, args: Fields, circle: Circle): Ran {
  const run = new Run(orb, circle);
  run.element(kind, name, args);
  return run.ran;
}

class Run {
  readonly #orb: Node;
  readonly #circle: Circle;
  readonly #temporary: string;
  readonly #steps: string[] = [];
  #exitCode = 0;
  #output = '';

  constructor(orb: Node, circle: Circle) {
    this.#orb = orb;
    this.#circle = circle;
    this.#temporary = join(circle.kept, `job-${process.hrtime.bigint()}`);
    mkdirSync(this.#temporary, { recursive: true });
  }

  get ran(): Ran {
    return { steps: this.#steps, exitCode: this.#exitCode, output: this.#output };
  }

  element(kind: 'jobs' | 'commands', name: string, args: Fields): void {
    const { parameters, steps } = fields(fields(fields(this.#orb)[kind])[name]);
    const defaults = Object.entries(fields(parameters)).map(([key, declared]) => [key, fields(declared)['default']]);
    this.#all(filled(steps, { ...Object.fromEntries(defaults), ...args }));
  }

  #all(steps: Node): void {
    for (const step of steps as readonly Node[]) {
      const [name = '', value] = typeof step === 'string' ? [step, {}] : (Object.entries(fields(step))[0] ?? []);
      if (name in fields(fields(this.#orb)['commands'])) this.element('commands', name, fields(value));
      else if (name === 'steps') this.#all(value);
      else if (name === 'when') {
        if (fields(value)['condition']) this.#all(fields(value)['steps']);
      } else this.#step(name, fields(value));
    }
  }

  #step(name: string, value: Fields): void {
    const isAlways = name.startsWith('store_') || value['when'] === 'always';
    if (this.#exitCode !== 0 && !isAlways) return;
    this.#steps.push(
      `${name}: ${value['name'] ?? value['path'] ?? value['at'] ?? value['paths'] ?? ''}`.replace(/: $/, ''),
    );
    const { directory } = this.#circle;
    if (name === 'run') this.#script(String(value['command']), fields(value['environment']));
    if (name === 'restore_cache') this.#restore(value['keys'] as string[]);
    if (name === 'save_cache') this.#save(String(value['key']), value['paths'] as string[]);
    if (name === 'persist_to_workspace') this.#copy(directory, this.#workspace, value['paths'] as string[]);
    if (name === 'attach_workspace')
      cpSync(this.#workspace, resolve(directory, String(value['at'])), { recursive: true });
  }

  #script(command: string, environment: Fields): void {
    const file = join(this.#temporary, `step-${this.#steps.length}.sh`);
    writeFileSync(file, this.#private(command.replaceAll('\\<<', '<<')));
    const env = {
      ...this.#circle.env,
      ...Object.fromEntries(Object.entries(environment).map(([k, v]) => [k, String(v)])),
    };
    try {
      const script = `exec 2>&1; exec bash -eo pipefail '${file}'`;
      const { directory: cwd } = this.#circle;
      // No standard input: of a socket bash thinks that it is a remote shell, and reads its start-up files.
      const stdio = ['ignore', 'pipe', 'inherit'] as const;
      this.#output += execFileSync('bash', ['-c', script], { cwd, env, encoding: 'utf8', stdio: [...stdio] });
    } catch (error) {
      const { status, stdout } = error as { status: number | null; stdout: string };
      this.#output += stdout;
      this.#exitCode ||= status ?? 1;
    }
  }

  /** What CircleCI gives every job for itself. */
  #private = (text: string) => text.replaceAll('/tmp/perf-gate/', `${this.#temporary}/`);

  get #workspace(): string {
    return join(this.#circle.kept, 'workspace');
  }

  #keyOf = (template: string) =>
    this.#private(template).replaceAll(/\{\{ checksum "([^"]+)" \}\}/g, (_, file: string) =>
      createHash('sha256').update(readFileSync(file)).digest('base64url'),
    );

  /** The newest of the caches whose key begins with the first key that any begins with. */
  #restore(templates: readonly string[]): void {
    const list = this.#caches;
    for (const key of templates.map(this.#keyOf)) {
      const found = list.findLast((cached) => cached.startsWith(key));
      if (found === undefined) continue;
      cpSync(join(this.#circle.kept, 'caches', found), this.#circle.directory, { recursive: true });
      return;
    }
  }

  #save(template: string, paths: readonly string[]): void {
    const key = this.#keyOf(template);
    if (this.#caches.includes(key)) return;
    this.#copy(this.#circle.directory, join(this.#circle.kept, 'caches', key), paths);
    writeFileSync(join(this.#circle.kept, 'caches.json'), JSON.stringify([...this.#caches, key]));
  }

  /** Keys, the oldest first. */
  get #caches(): string[] {
    const file = join(this.#circle.kept, 'caches.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  }

  #copy(from: string, to: string, paths: readonly string[]): void {
    for (const path of paths) {
      mkdirSync(dirname(join(to, path)), { recursive: true });
      cpSync(join(from, path), join(to, path), { recursive: true });
    }
  }
}

/** With parameters in place of `<< parameters.name >>`; a value that is nothing else keeps its type. */
function filled(node: Node, values: Fields): Node {
  if (Array.isArray(node)) return node.map((item) => filled(item, values));
  if (typeof node === 'object' && node !== null) {
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, filled(item, values)]));
  }
  if (typeof node !== 'string') return node;
  const [, whole] = /^<< parameters\.([\w-]+) >>$/.exec(node) ?? [];
  if (whole !== undefined) return values[whole];
  return node.replaceAll(/(?<!\\)<< parameters\.([\w-]+) >>/g, (_, name: string) => String(values[name]));
}

/** A place where the orb's jobs are run: a repository, and a perf-gate that writes down what it is asked. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { newRepository, type Repository } from '../support/repository.ts';
import { type Circle, type Ran, runElement } from './runner.ts';
import type { Fields } from './steps.ts';

export const ORB = parse(readFileSync(new URL('../../orbs/perf-gate.yml', import.meta.url), 'utf8'));

/** What a parameter may hold and no shell may see in it. */
export const HOSTILE = `a b'c"d\`touch pwned\`$(touch pwned);touch pwned&&x\n|touch pwned #\\*é{{ .Branch }}`;

/**
 * Writes down its arguments and its tokens; `run` leaves a report where WITH_REPORT says so, or one for each of SCENARIOS,
 * whose names have commas between them.
 */
export const FAKE = `#!/usr/bin/env node
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { LOG, CODE, CODE_OF_OTHERS, WITH_REPORT, SCENARIOS = '', GITHUB_TOKEN, OTHER_TOKEN } = process.env;
const args = process.argv.slice(2);
appendFileSync(LOG, JSON.stringify({ args, tokens: [GITHUB_TOKEN, OTHER_TOKEN].filter(Boolean) }) + '\\n');
const output = args[args.indexOf('--output') + 1];
if (args.includes('run') && WITH_REPORT) {
  for (const scenario of SCENARIOS.split(',')) {
    const directory = join(output, scenario);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'report.json'), '{}');
    writeFileSync(join(directory, 'report.txt'), ['perf-gate  FAIL  orders', scenario].join(' ').trim() + '\\n');
  }
}
process.exitCode = Number(args.includes('run') ? CODE : CODE_OF_OTHERS);
`;

export interface Call {
  readonly args: readonly string[];
  readonly tokens: readonly string[];
}

export class JobBench {
  readonly place: string;
  readonly repository: Repository;
  /** The command of the orb's parameter: a program whose path needs quotes. */
  readonly command: string;
  circle: Circle;

  constructor(place: string) {
    this.place = place;
    this.repository = newRepository(join(place, 'work'));
    this.repository.commit('first', { 'main.go': 'package main\n' });
    const fake = this.executable("bin/it's $HOME/perf-gate", FAKE);
    this.command = `"${fake.replaceAll('$', '\\$')}"`;
    const inherited = process.env as Record<string, string>;
    const env = { ...inherited, GITHUB_TOKEN: '', LOG: join(place, 'log'), CODE: '0', CODE_OF_OTHERS: '0' };
    this.circle = { directory: this.repository.directory, kept: join(place, 'kept'), env };
  }

  executable(path: string, text: string): string {
    const file = join(this.place, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    return file;
  }

  /** One job, without an attempt to install anything. */
  job(name: string, args: Fields = {}, env: Readonly<Record<string, string>> = {}): Ran {
    const given = { command: this.command, 'install-valgrind': false, ...args };
    return runElement(ORB, 'jobs', name, given, { ...this.circle, env: { ...this.circle.env, ...env } });
  }

  /** What perf-gate was asked so far. */
  calls(): Call[] {
    const log = join(this.place, 'log');
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line));
  }

  /** Whether a parameter was taken for a command. */
  get isPwned(): boolean {
    return existsSync(join(this.circle.directory, 'pwned'));
  }
}

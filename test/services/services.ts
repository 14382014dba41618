/**
 * Whole runs of the gate over services as they are: a repository with one small Go service, one planted change, one
 * run. What a story is about stands in its own Go text; the server around it is always the same.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/compare/report.ts';
import type { Manifest } from '../../src/measure/manifest.ts';
import type { InstrumentName } from '../../src/model/metrics.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { perfGate } from '../support/world.ts';

export interface Story {
  /** The empty directory that becomes the repository. */
  readonly directory: string;
  /** Beside main.go, which calls `serve` for each request; go.mod may be among them. */
  readonly files: Readonly<Record<string, string>>;
  /** The planted change: texts to replace, each exactly once in its file. */
  readonly change: readonly { readonly path: string; readonly from: string; readonly to: string }[];
  /** The toolchain, go1.21.13; the local one where it is absent. */
  readonly toolchain?: string;
  readonly flags?: readonly string[];
  readonly ldflags?: string;
  readonly instruments?: readonly InstrumentName[];
  readonly count?: number;
  /** `GET /` where it is absent. */
  readonly requests?: readonly (string | { readonly method: string; readonly path: string; readonly weight: number })[];
  /** For whatever must be done in the repository before its base is committed. */
  readonly prepare?: (directory: string) => void;
}

export interface Told {
  readonly repository: Repository;
  readonly code: number;
  readonly report: Report;
  readonly base: Manifest;
  readonly head: Manifest;
  /** Progress and error messages, for a failing test. */
  readonly err: string;
}

const MAIN = `package main

import (
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", serve)
	if err := http.ListenAndServe(os.Getenv("ADDRESS"), nil); err != nil {
		panic(err)
	}
}
`;

export async function tell(story: Story): Promise<Told> {
  const { directory, files, change, instruments = ['instructions'] } = story;
  const repository = newRepository(directory);
  const config = {
    service: {
      package: '.',
      env: { ADDRESS: '127.0.0.1:{port}' },
      build: { flags: story.flags ?? [], ldflags: story.ldflags ?? '' },
    },
    load: { requests: story.requests ?? ['GET /'], count: story.count ?? 50, warmup: 50 },
    instruments,
  };
  const all = {
    'go.mod': goMod('1.18'),
    'main.go': MAIN,
    'perf-gate.yml': JSON.stringify(config),
    '.gitignore': 'perf-gate-out*\n',
    ...files,
  };
  for (const [path, text] of Object.entries(all)) repository.write(path, text);
  story.prepare?.(directory);
  repository.commit('base');
  return tellNext(repository, story, change);
}

/** One more change of a story's repository, held against what was there before. */
export async function tellNext(
  repository: Repository,
  { toolchain }: Pick<Story, 'toolchain'>,
  change: Story['change'],
): Promise<Told> {
  const { directory } = repository;
  for (const { path, from, to } of change) repository.edit(path, from, to);
  repository.commit('head');
  const env = { ...process.env, ...(toolchain === undefined ? {} : { GOTOOLCHAIN: toolchain }) };
  const { code, out, err } = await perfGate(directory, ['run', '--format', 'json', '--base', 'HEAD~1'], { env });
  if (out === '') throw new Error(`exit ${code}: ${err}`);
  const manifest = (side: string) => {
    const path = join(directory, 'perf-gate-out', side, 'manifest.json');
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  };
  return { repository, code, report: JSON.parse(out) as Report, base: manifest('base'), head: manifest('head'), err };
}

export const goMod = (version: string, requirements = '') => `module example.com/service

go ${version}
${requirements}`;

/** What a story asserts of the function that is to blame: its name, its place and why, without figures. */
export const blamed = ({ report }: Told) =>
  report.causes.map((cause) => `${cause.function} ${cause.file}:${cause.line} ${cause.explanation.kind}`);

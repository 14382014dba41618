/** Measured sides from a few lines of text: `main.serve;main.list;main.hash:37 400` is a path, root first, with its cost. */

import type { ChangedCode } from '../../src/compare/changed-code.ts';
import type { LimitsConfig } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Manifest, SideName } from '../../src/measure/manifest.ts';
import type { MeasuredSide } from '../../src/measure/measured-side.ts';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { mergeProfiles } from '../../src/profile/merge.ts';
import type { Profile } from '../../src/profile/profile.ts';

const REQUESTS = 10;

export interface SideText {
  readonly instructions?: readonly string[];
  /** A second replicate that differs. */
  readonly again?: readonly string[];
  readonly objects?: readonly string[];
  readonly collection?: number;
  readonly go?: string;
  /** Instructions of one collection, and bytes from one to the next. */
  readonly oneCollection?: { readonly instructions: number; readonly bytesBetween: number };
  readonly fingerprint?: Readonly<Record<string, string>>;
  /** Requests that came, where that is not the number that was asked for. */
  readonly sent?: number;
}

/** `main.plan<main.list` is inlined there. */
const inlined = (text: string) => text.split('<').map(frame);

const frame = (text: string) => {
  const [fn = '', line = '1'] = text.split(':');
  return { fn, file: `${fn.split('.')[0]}.go`, line: Number(line), startLine: 1 };
};

interface Row {
  readonly frames: ReturnType<typeof inlined>[];
  readonly value: number;
}

const rows = (lines: readonly string[]): Row[] =>
  lines.map((line) => {
    const [path = '', value = ''] = line.split(' ');
    return { frames: path.split(';').reverse().map(inlined), value: Number(value) };
  });

function stacksProfile(
  types: readonly string[],
  lines: readonly string[],
  values: (value: number) => number[],
): Profile {
  const builder = new ProfileBuilder({ sampleTypes: types.map((type) => ({ type, unit: 'count' })) });
  for (const { frames, value } of rows(lines))
    builder.add(
      frames.map((one) => ({ frames: one })),
      values(value),
    );
  return builder.build();
}

/** Costs are per request. Each path's leaf line is one instruction; every function on a path was called once. */
export function side(
  name: SideName,
  { instructions, again, objects, collection = 0, go = 'go1.26.8', sent = REQUESTS, ...more }: SideText,
): MeasuredSide {
  const replicates = instructions && [instructions, again ?? instructions];
  const executed = (lines: readonly string[]) => {
    const builder = new ProfileBuilder({
      sampleTypes: ['calls', 'instructions'].map((type) => ({ type, unit: 'count' })),
    });
    rows(lines).forEach(({ frames, value }, address) => {
      builder.add([{ address, frames: frames[0]! }], [0, value * sent]);
    });
    for (const fn of new Set(rows(lines).flatMap(({ frames }) => frames.map((one) => one.at(-1)!.fn)))) {
      builder.add([{ address: 1e6, frames: [frame(fn)] }], [sent, 0]);
    }
    return builder.build();
  };
  const total = (lines: readonly string[]) => rows(lines).reduce((sum, { value }) => sum + value, 0);
  const manifest: Manifest = {
    schema: 3,
    tool: 'test',
    side: name,
    service: 'orders',
    commit: 'c0ffee',
    version: 'v1',
    isDirty: false,
    measuredAt: '2026-11-21T00:00:00Z',
    fingerprint: { go, ...more.fingerprint },
    missing: instructions === undefined ? [{ instrument: 'instructions', reason: 'valgrind is not installed' }] : [],
    warnings: [],
    instruments: {
      ...(replicates && {
        instructions: {
          requests: REQUESTS,
          valgrind: '3.19.0',
          replicates: replicates.map((lines) => ({
            profile: 'x',
            requests: sent,
            mutator: total(lines),
            user: total(lines),
            collection,
            collections: 6,
            ...(more.oneCollection && { oneCollection: more.oneCollection }),
          })),
          paths: { requests: sent, callers: 32, truncated: 0 },
        },
      }),
      ...(objects && {
        allocs: {
          requests: REQUESTS,
          replicates: [1, 2].map(() => ({
            profile: 'x',
            requests: sent,
            objects: total(objects),
            bytes: total(objects) * 64,
            mallocs: total(objects),
            totalAlloc: 0,
          })),
        },
      }),
    },
  };
  const allocations =
    objects && stacksProfile(['alloc_objects', 'alloc_space'], objects, (value) => [value * sent, value * sent * 64]);
  return {
    manifest,
    ...(replicates && {
      instructions: {
        replicates: replicates.map(executed),
        merged: mergeProfiles(replicates.map(executed), 'all replicates'),
        paths: stacksProfile(['instructions'], replicates[0]!, (value) => [value * sent]),
      },
    }),
    ...(allocations && { allocs: { replicates: [allocations, allocations], merged: twice(objects, sent) } }),
  };
}

const twice = (objects: readonly string[], sent: number) =>
  stacksProfile(['alloc_objects', 'alloc_space'], [...objects, ...objects], (value) => [
    value * sent,
    value * sent * 64,
  ]);

/** A commit that changed these functions; lines of base and head have the same numbers. */
export const changedIn = (...keys: readonly string[]): ChangedCode => ({
  reasonFor: (key) => (keys.includes(key) ? 'source' : undefined),
  isDeclared: (key) => keys.includes(key),
  headKey: (key) => key,
  moduleOf: () => undefined,
  inRepository: (file) => file,
  isOwn: (file) => file === 'main.go',
  changed: keys.map((key) => ({ key, reason: 'source' })),
  beside: { language: [], dataFiles: [] },
  lines: { toHead: (file, line) => ({ file, line }), isTouched: () => false },
});

/** Limits as a person writes them, below `limits:`. */
export function limits(yaml: string): LimitsConfig {
  const body = yaml.replace(/^/gm, '  ');
  return parseConfig(
    `service: { package: ./cmd/orders }\nload: { requests: [GET /] }\nlimits:\n${body}\n`,
    'perf-gate.yml',
  ).limits;
}

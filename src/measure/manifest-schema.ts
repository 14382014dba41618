/** The JSON Schema of manifest.json, and the check of what is read. */
import { compileSchema } from '../base/compile-schema.ts';
import { MeasurementError } from '../base/errors.ts';
import { SCENARIO_PATTERN } from '../config/scenarios.ts';
import { MANIFEST_SCHEMA, type Manifest } from './manifest.ts';

const text = { type: 'string', maxLength: 10_000 } as const;
/** Nothing that is measured is more; beyond it sums would not be exact, or infinite. */
const MOST = Number.MAX_SAFE_INTEGER;
const amount = { type: 'number', minimum: 0, maximum: MOST } as const;
const difference = { type: 'number', minimum: -MOST, maximum: MOST } as const;
/** What figures are divided by. */
const requests = { type: 'number', minimum: 1, maximum: MOST } as const;
const fileName = { type: 'string', pattern: '^[a-z0-9/.-]+$', maxLength: 200 } as const;
const textRecord = { type: 'object', additionalProperties: text, maxProperties: 1000 } as const;
const numberRecord = { type: 'object', additionalProperties: { type: 'number' }, maxProperties: 10_000 } as const;

/** An object with exactly these keys. */
function record<Properties extends object>(properties: Properties, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required, additionalProperties: false } as const;
}

const listOf = <Items extends object>(items: Items, most = 1000) => ({ type: 'array', items, maxItems: most }) as const;

/** Each has a profile that is read. */
const replicatesOf = <Items extends object>(items: Items) => ({ ...listOf(items, 20), minItems: 1 }) as const;

export const manifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A side measured by perf-gate',
  ...record(
    {
      schema: { const: MANIFEST_SCHEMA },
      tool: text,
      side: { enum: ['base', 'head'] },
      service: text,
      scenario: { type: 'string', pattern: `^${SCENARIO_PATTERN}$` },
      commit: text,
      version: text,
      isDirty: { type: 'boolean' },
      measuredAt: text,
      fingerprint: textRecord,
      missing: listOf(
        record({ instrument: text, reason: text, hint: text, fault: { const: 'service' } }, ['hint', 'fault']),
      ),
      warnings: listOf(record({ code: text, text })),
      answers: {
        type: 'object',
        additionalProperties: record({
          count: requests,
          statuses: { ...listOf({ type: 'integer', minimum: 100, maximum: 599 }), minItems: 1 },
          leastBytes: amount,
          mostBytes: amount,
        }),
        maxProperties: 10_000,
      },
      instruments: record(
        {
          instructions: record({
            requests,
            valgrind: text,
            replicates: replicatesOf(
              record(
                {
                  profile: fileName,
                  requests,
                  mutator: amount,
                  user: amount,
                  collection: difference,
                  collections: amount,
                  oneCollection: record({ instructions: difference, bytesBetween: amount }),
                },
                ['oneCollection'],
              ),
            ),
            paths: record({ requests, callers: amount, truncated: amount }),
          }),
          allocs: record({
            requests,
            replicates: replicatesOf(
              record({
                profile: fileName,
                requests,
                objects: amount,
                bytes: amount,
                mallocs: amount,
                totalAlloc: amount,
              }),
            ),
          }),
          io: record({
            requests,
            replicates: replicatesOf(
              record({ readCalls: amount, writeCalls: amount, readBytes: amount, writeBytes: amount }),
            ),
          }),
          cpu: record({
            isPinned: { type: 'boolean' },
            rounds: listOf(
              record({
                profile: fileName,
                requests: amount,
                durationMs: amount,
                userNs: amount,
                systemNs: amount,
                profileNs: amount,
                latencyMs: record({ p50: amount, p90: amount, p99: amount, max: amount }),
                runtime: record({ before: numberRecord, after: numberRecord }),
              }),
            ),
          }),
        },
        ['instructions', 'allocs', 'io', 'cpu'],
      ),
    },
    ['scenario', 'answers'],
  ),
} as const;

const validate = compileSchema(manifestSchema);

/** The value as a Manifest; throws a MeasurementError with the place of the first thing that is wrong. */
export function validateManifest(value: unknown, path: string): Manifest {
  if (validate(value)) return value as unknown as Manifest;
  const [error] = validate.errors ?? [];
  throw new MeasurementError(`${path} is damaged: ${error?.instancePath || 'it'} ${error?.message}`, {
    hint: 'measure again',
  });
}

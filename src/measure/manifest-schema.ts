/** The JSON Schema of manifest.json, and the check of what is read. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { MeasurementError } from '../errors.ts';
import { MANIFEST_SCHEMA, type Manifest } from './manifest.ts';

const text = { type: 'string', maxLength: 10_000 } as const;
const amount = { type: 'number', minimum: 0 } as const;
const fileName = { type: 'string', pattern: '^[a-z0-9/.-]+$', maxLength: 200 } as const;
const textRecord = { type: 'object', additionalProperties: text, maxProperties: 1000 } as const;
const numberRecord = { type: 'object', additionalProperties: { type: 'number' }, maxProperties: 10_000 } as const;

/** An object with exactly these keys. */
function record<Properties extends object>(properties: Properties, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required, additionalProperties: false } as const;
}

const listOf = <Items extends object>(items: Items, most = 1000) => ({ type: 'array', items, maxItems: most }) as const;

export const manifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A side measured by perf-gate',
  ...record({
    schema: { const: MANIFEST_SCHEMA },
    tool: text,
    side: { enum: ['base', 'head'] },
    service: text,
    commit: text,
    version: text,
    isDirty: { type: 'boolean' },
    measuredAt: text,
    fingerprint: textRecord,
    missing: listOf(record({ instrument: text, reason: text, hint: text }, ['hint'])),
    warnings: listOf(record({ code: text, text })),
    instruments: record(
      {
        instructions: record({
          requests: amount,
          valgrind: text,
          replicates: listOf(
            record({ profile: fileName, mutator: amount, collection: { type: 'number' }, collections: amount }),
          ),
          paths: record({ requests: amount, callers: amount, truncated: amount }),
        }),
        allocs: record({
          requests: amount,
          replicates: listOf(
            record({ profile: fileName, objects: amount, bytes: amount, mallocs: amount, totalAlloc: amount }),
          ),
        }),
        io: record({
          requests: amount,
          replicates: listOf(record({ readCalls: amount, writeCalls: amount, readBytes: amount, writeBytes: amount })),
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
  }),
} as const;

const validate = new Ajv2020({ strict: true }).compile(manifestSchema);

/** The value as a Manifest; throws a MeasurementError with the place of the first thing that is wrong. */
export function validateManifest(value: unknown, path: string): Manifest {
  if (validate(value)) return value as unknown as Manifest;
  const [error] = validate.errors ?? [];
  throw new MeasurementError(`${path} is damaged: ${error?.instancePath || 'it'} ${error?.message}`, {
    hint: 'measure again',
  });
}

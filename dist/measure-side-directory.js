import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  MANIFEST_SCHEMA
} from "./compare-totals.js";
import {
  compileSchema
} from "./report-words.js";
import {
  ProfileError,
  columnOf,
  decodeProfile
} from "./profile-decode.js";
import {
  SCENARIO_PATTERN
} from "./config-places.js";
import {
  MeasurementError
} from "./base-errors.js";

// src/measure/side-directory.ts
import { mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, join, normalize, sep } from "node:path";

// src/measure/manifest-schema.ts
var text = { type: "string", maxLength: 1e4 };
var MOST = Number.MAX_SAFE_INTEGER;
var amount = { type: "number", minimum: 0, maximum: MOST };
var difference = { type: "number", minimum: -MOST, maximum: MOST };
var requests = { type: "number", minimum: 1, maximum: MOST };
var fileName = { type: "string", pattern: "^[a-z0-9/.-]+$", maxLength: 200 };
var textRecord = { type: "object", additionalProperties: text, maxProperties: 1e3 };
var numberRecord = { type: "object", additionalProperties: { type: "number" }, maxProperties: 1e4 };
function record(properties, optional = []) {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: "object", properties, required, additionalProperties: false };
}
var listOf = (items, most = 1e3) => ({ type: "array", items, maxItems: most });
var replicatesOf = (items) => ({ ...listOf(items, 20), minItems: 1 });
var manifestSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "A side measured by perf-gate",
  ...record(
    {
      schema: { const: MANIFEST_SCHEMA },
      tool: text,
      side: { enum: ["base", "head"] },
      service: text,
      scenario: { type: "string", pattern: `^${SCENARIO_PATTERN}$` },
      commit: text,
      version: text,
      isDirty: { type: "boolean" },
      measuredAt: text,
      fingerprint: textRecord,
      missing: listOf(
        record({ instrument: text, reason: text, hint: text, fault: { const: "service" } }, ["hint", "fault"])
      ),
      warnings: listOf(record({ code: text, text })),
      answers: {
        type: "object",
        additionalProperties: record({
          count: requests,
          statuses: { ...listOf({ type: "integer", minimum: 100, maximum: 599 }), minItems: 1 },
          leastBytes: amount,
          mostBytes: amount
        }),
        maxProperties: 1e4
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
                  oneCollection: record({ instructions: difference, bytesBetween: amount })
                },
                ["oneCollection"]
              )
            ),
            paths: record({ requests, callers: amount, truncated: amount })
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
                totalAlloc: amount
              })
            )
          }),
          io: record({
            requests,
            replicates: replicatesOf(
              record({ readCalls: amount, writeCalls: amount, readBytes: amount, writeBytes: amount })
            )
          }),
          cpu: record({
            isPinned: { type: "boolean" },
            rounds: listOf(
              record({
                profile: fileName,
                requests: amount,
                durationMs: amount,
                userNs: amount,
                systemNs: amount,
                profileNs: amount,
                latencyMs: record({ p50: amount, p90: amount, p99: amount, max: amount }),
                runtime: record({ before: numberRecord, after: numberRecord })
              })
            )
          })
        },
        ["instructions", "allocs", "io", "cpu"]
      )
    },
    ["scenario", "answers"]
  )
};
var validate = compileSchema(manifestSchema);
function validateManifest(value, path) {
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  throw new MeasurementError(`${path} is damaged: ${error?.instancePath || "it"} ${error?.message}`, {
    hint: "measure again"
  });
}

// src/measure/side-directory.ts
var MANIFEST = "manifest.json";
var LARGEST_MANIFEST_BYTES = 1e7;
var LARGEST_PROFILES_BYTES = 256e6;
function writeManifest(directory, manifest) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}
`);
}
function readSide(directory) {
  const path = join(directory, MANIFEST);
  const manifest = parseManifest(readText(path), path);
  let room = LARGEST_PROFILES_BYTES;
  const profile = (name, types) => {
    const bytes = readInside(directory, name, room);
    room -= bytes.length;
    return profileIn(bytes, `${basename(directory)}/${name}`, types);
  };
  const { instructions, allocs, cpu } = manifest.instruments;
  return {
    manifest,
    ...instructions && {
      instructions: {
        replicates: instructions.replicates.map((replicate) => profile(replicate.profile, EXECUTED)),
        paths: profile("paths.pb.gz", ["instructions"]),
        merged: profile("instructions.pb.gz", EXECUTED)
      }
    },
    ...allocs && {
      allocs: {
        replicates: allocs.replicates.map((replicate) => profile(replicate.profile, ALLOCATED)),
        merged: profile("allocs.pb.gz", ALLOCATED)
      }
    },
    ...cpu && { cpu: profile("cpu/merged.pb.gz", ["cpu"]) }
  };
}
var EXECUTED = ["instructions", "calls"];
var ALLOCATED = ["alloc_objects", "alloc_space"];
function profilesOf({ instruments }) {
  const { instructions, allocs, cpu } = instruments;
  return [
    ...instructions ? ["instructions.pb.gz", "paths.pb.gz"] : [],
    ...allocs ? ["allocs.pb.gz"] : [],
    ...[instructions, allocs].flatMap((result) => result?.replicates.map(({ profile }) => profile) ?? []),
    ...cpu ? ["cpu/merged.pb.gz"] : []
  ];
}
function readText(path) {
  return readBounded(path, LARGEST_MANIFEST_BYTES, {
    why: "this is not a side that perf-gate measured, or not a whole one",
    hint: "a side is a directory such as perf-gate-out/base or perf-gate-out/head"
  }).toString("utf8");
}
function parseManifest(text2, path) {
  let value;
  try {
    value = JSON.parse(text2);
  } catch (cause) {
    throw new MeasurementError(`${path} is not JSON`, { cause, hint: "measure again" });
  }
  const schema = value?.schema;
  if (typeof schema !== "number") {
    throw new MeasurementError(`${path} is no manifest of perf-gate: it does not say its version`, {
      hint: "a side is a directory such as perf-gate-out/base or perf-gate-out/head"
    });
  }
  if (schema !== MANIFEST_SCHEMA) {
    throw new MeasurementError(`${path} is of version ${schema}, this perf-gate reads version ${MANIFEST_SCHEMA}`, {
      hint: "measure again with this perf-gate, or read it with the one that wrote it"
    });
  }
  return validateManifest(value, path);
}
function readInside(directory, name, mostBytes) {
  const inside = normalize(name);
  if (inside.startsWith("..") || inside.startsWith("/")) {
    throw new MeasurementError(`${directory}/${MANIFEST} names a file outside its directory: ${name}`, {
      hint: "perf-gate writes no such manifest: where does it come from?"
    });
  }
  const path = join(directory, inside);
  return readBounded(path, mostBytes, { why: "the manifest names it", hint: "measure again", within: directory });
}
function profileIn(bytes, label, types) {
  try {
    const profile = decodeProfile(bytes, label);
    for (const type of types) columnOf(profile, type);
    return profile;
  } catch (cause) {
    if (!(cause instanceof ProfileError) || cause.hint !== void 0) throw cause;
    const hint = "it is not as perf-gate wrote it: measure again, or fetch it again from where it was kept";
    throw new ProfileError(cause.message, { hint, cause, ...cause.detail !== void 0 && { detail: cause.detail } });
  }
}
function readBounded(path, mostBytes, { why, hint, within }) {
  try {
    const about = statSync(path);
    if (!about.isFile()) throw new MeasurementError(`${path} is not a file`, { hint });
    if (within !== void 0 && !isWithin(realpathSync(path), realpathSync(within))) {
      throw new MeasurementError(`${path} is a link to a file outside its directory`, {
        hint: "perf-gate writes no links: where does the directory come from?"
      });
    }
    if (about.size > mostBytes) {
      throw new MeasurementError(
        `${path} is too large: ${megabytes(about.size)} where ${megabytes(mostBytes)} are left`,
        {
          hint: `perf-gate writes no such file: ${hint}`
        }
      );
    }
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof MeasurementError) throw cause;
    if (["ENOENT", "ENOTDIR"].includes(cause.code ?? "")) {
      throw new MeasurementError(`there is no ${path}: ${why}`, { cause, hint });
    }
    throw new MeasurementError(`${path} cannot be read: ${cause.message}`, { cause, hint });
  }
}
var isWithin = (path, directory) => path.startsWith(`${directory}${sep}`);
var megabytes = (bytes) => `${Math.floor(bytes / 1e6)} MB`;

export {
  MANIFEST,
  writeManifest,
  readSide,
  profilesOf,
  parseManifest,
  readBounded
};

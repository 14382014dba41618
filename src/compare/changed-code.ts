/**
 * What the commit did to the code, as a document that lies beside the two measured sides, and the questions that the
 * comparison asks of it.
 */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compileSchema } from '../base/compile-schema.ts';
import { MeasurementError } from '../base/errors.ts';
import type { Changes, ModuleChange } from '../changes/changes.ts';
import { type FileDiff, isTouched, toHeadLine, toReplacingLine } from '../git/diff.ts';
import { requestsOf } from '../measure/manifest.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { gateKey, hostOf, ownerOf, packageOf } from '../profile/names.ts';
import type { Profile } from '../profile/profile.ts';
import { tableOf } from '../profile/table.ts';
import type { LineMap } from './lines.ts';

/** The reason for a function whose source is the same on both sides. */
export const MACHINE_CODE = 'machine code';

/** A changed function by its key, with the reason and the module whose version differs. */
export interface ChangedEntry {
  readonly key: string;
  readonly reason: string;
  readonly module?: ModuleChange;
  /** Where the head declares it, in the repository; absent where it is not there. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** The `go` line of a module's go.mod, which decides the language and the defaults of GODEBUG. */
export interface LanguageChange {
  readonly module: string;
  readonly base?: string;
  readonly head?: string;
}

/** What a commit changes that is no function. */
export interface BesideFunctions {
  readonly language: readonly LanguageChange[];
  /** Files that differ and that the service may read while it runs, in the repository. */
  readonly dataFiles: readonly string[];
}

/** `changes.json` of a run directory. */
export interface ChangeRecord {
  readonly schema: 1;
  readonly changed: readonly ChangedEntry[];
  /** Keys of all functions that are declared in packages which may differ. */
  readonly declared: readonly string[];
  /** Functions of the same source under another name: base key, head key. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Source files of each side: as the compiler records them, and in the repository. */
  readonly files: Readonly<Record<'base' | 'head', readonly { readonly compiled: string; readonly path: string }[]>>;
  readonly diff: readonly FileDiff[];
  /** Absent in what older versions wrote. */
  readonly beside?: BesideFunctions;
}

/** What the commit did, as far as anybody knows. */
export interface ChangedCode {
  /** Why a function (by key) counts as changed; undefined: it does not. */
  reasonFor(key: string): string | undefined;
  /** Whether a function of this key is declared on either side, in a package that may differ. */
  isDeclared(key: string): boolean;
  /** The key that a function of the base has in the head. */
  headKey(baseKey: string): string;
  /** The versions of the module that holds the function, where they differ. */
  moduleOf(key: string): ModuleChange | undefined;
  readonly lines: LineMap;
  /** The path in the repository of a head's file as the compiler recorded it; undefined when it is not there. */
  inRepository(compiled: string): string | undefined;
  /** Whether a file of either side, as the compiler recorded it, is in the repository: the service's own code. */
  isOwn(compiled: string): boolean;
  /** All changed functions. */
  readonly changed: readonly ChangedEntry[];
  readonly beside: BesideFunctions;
}

const NOTHING_BESIDE: BesideFunctions = { language: [], dataFiles: [] };

/** The record of a commit. `inRepository` gives the repository's path of a file on disk of one side's checkout. */
export function changeRecord(
  changes: Changes,
  diff: readonly FileDiff[],
  inRepository: (side: 'base' | 'head', file: string) => string | undefined,
  machineCode: readonly string[],
  beside: BesideFunctions = NOTHING_BESIDE,
): ChangeRecord {
  const declared = new Set([...changes.functions.base, ...changes.functions.head].map(({ name }) => gateKey(name)));
  const renamed = uniquePairs(changes.moved.map(({ from, to }) => ({ from: gateKey(from), to: gateKey(to) })));
  const same = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  const places = new Map<string, ChangedEntry['place']>();
  for (const { name, path, startLine } of changes.functions.head) {
    const file = inRepository('head', path);
    const key = gateKey(name);
    if (file !== undefined && !places.has(key)) places.set(key, { file, line: startLine });
  }
  const changed = new Map<string, ChangedEntry>();
  for (const { name, reason, module } of changes.changed) {
    const key = gateKey(name);
    const place = places.get(key);
    const entry = {
      key,
      reason,
      ...(module === undefined ? {} : { module }),
      ...(place === undefined ? {} : { place }),
    };
    if (!same.has(key)) changed.set(key, entry);
  }
  for (const name of machineCode) {
    const key = gateKey(name);
    const owner = ownerOf(name, (candidate) => declared.has(candidate));
    if (declared.has(owner) && !same.has(key) && !changed.has(owner) && !changed.has(key))
      changed.set(key, { key, reason: MACHINE_CODE });
  }
  const filesOf = (side: 'base' | 'head') => {
    const files = new Map<string, string>();
    for (const { file, path } of changes.functions[side]) {
      const inside = inRepository(side, path);
      if (inside !== undefined) files.set(file, inside);
    }
    return [...files].map(([compiled, path]) => ({ compiled, path }));
  };
  return {
    schema: 1,
    changed: [...changed.values()],
    declared: [...declared].sort(),
    renamed,
    files: { base: filesOf('base'), head: filesOf('head') },
    diff,
    beside,
  };
}

/** Pairs whose two names occur once each: anything else would be a guess. */
function uniquePairs(pairs: readonly { from: string; to: string }[]): { from: string; to: string }[] {
  const count = (side: 'from' | 'to') => {
    const counts = new Map<string, number>();
    for (const pair of pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + 1);
    return counts;
  };
  const [from, to] = [count('from'), count('to')];
  return pairs.filter((pair) => from.get(pair.from) === 1 && to.get(pair.to) === 1);
}

export function changedCode(record: ChangeRecord): ChangedCode {
  const changed = new Map(record.changed.map((entry) => [entry.key, entry]));
  const declared = new Set(record.declared);
  const renamed = new Map(record.renamed.map(({ from, to }) => [from, to]));
  const paths = { base: byCompiled(record.files.base), head: byCompiled(record.files.head) };
  const headFile = new Map(record.files.head.map(({ compiled, path }) => [path, compiled]));
  const byBasePath = new Map(record.diff.map((file) => [file.basePath, file]));
  const byHeadPath = new Map(record.diff.map((file) => [file.headPath, file]));
  return {
    reasonFor: (key) => changed.get(key)?.reason,
    isDeclared: (key) => declared.has(key),
    headKey: (key) => {
      const own = renamed.get(key);
      if (own !== undefined || renamed.size === 0) return own ?? key;
      const host = hostOf(key, (candidate) => declared.has(candidate));
      const to = renamed.get(host);
      return to === undefined || !key.startsWith(host) ? key : to + key.slice(host.length);
    },
    moduleOf: (key) => changed.get(key)?.module,
    inRepository: (compiled) => paths.head.get(compiled),
    isOwn: (compiled) => paths.head.has(compiled) || paths.base.has(compiled),
    changed: record.changed,
    beside: record.beside ?? NOTHING_BESIDE,
    lines: {
      toHead: (compiled, line) => {
        const path = paths.base.get(compiled);
        const file = path === undefined ? undefined : byBasePath.get(path);
        if (file === undefined) return { file: compiled, line };
        const headLine = toHeadLine(file, line) ?? toReplacingLine(file, line);
        const to = file.headPath === undefined ? undefined : headFile.get(file.headPath);
        return headLine === undefined || to === undefined ? undefined : { file: to, line: headLine };
      },
      isTouched: (compiled, line) => {
        const path = paths.head.get(compiled);
        const file = path === undefined ? undefined : byHeadPath.get(path);
        return file !== undefined && isTouched(file, line);
      },
    },
  };
}

const byCompiled = (files: readonly { compiled: string; path: string }[]) =>
  new Map(files.map(({ compiled, path }) => [compiled, path]));

/**
 * For two measured sides of which nobody knows what the commit changed: functions that executed or allocated something
 * different themselves count as changed.
 */
export function unknownChanges(differing: ReadonlySet<string>): ChangedCode {
  return {
    reasonFor: (key) => (differing.has(key) ? 'it executes something else' : undefined),
    isDeclared: () => false,
    headKey: (key) => key,
    moduleOf: () => undefined,
    inRepository: () => undefined,
    isOwn: () => false,
    changed: [],
    beside: NOTHING_BESIDE,
    lines: { toHead: (file, line) => ({ file, line }), isTouched: () => false },
  };
}

/** A rise or fall of less than this share of the total is no difference worth a function's name. */
const DIFFERS_SHARE = 0.0002;

/** The functions, runtime and standard library aside, that execute or allocate something else on the two sides. */
export function differingFunctions(sides: { base: MeasuredSide; head: MeasuredSide }): Set<string> {
  const differing = new Set<string>();
  const collect = (flat: (side: MeasuredSide) => Map<string, number> | undefined) => {
    const [base, head] = [flat(sides.base), flat(sides.head)];
    if (base === undefined || head === undefined) return;
    const total = [...base.values()].reduce((sum, value) => sum + value, 0);
    for (const key of new Set([...base.keys(), ...head.keys()])) {
      const difference = Math.abs((head.get(key) ?? 0) - (base.get(key) ?? 0));
      if (difference > DIFFERS_SHARE * total && packageOf(key).includes('.')) differing.add(key);
    }
  };
  const flatOf = (profile: Profile, type: string, requests: number) =>
    new Map(tableOf(profile, { type, key: gateKey }).rows.map(({ name, flat }) => [name, flat / requests]));
  collect(({ instructions, manifest }) => {
    const result = manifest.instruments.instructions;
    return instructions && result && flatOf(instructions.merged, 'instructions', requestsOf(result));
  });
  collect(({ allocs, manifest }) => {
    const result = manifest.instruments.allocs;
    return allocs && result && flatOf(allocs.merged, 'alloc_objects', requestsOf(result));
  });
  return differing;
}

/** The record in a run directory's changes.json; throws a MeasurementError for any other text. */
export function parseChangeRecord(text: string, path: string): ChangeRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MeasurementError(`${path} is not JSON`, { cause, hint: 'measure again' });
  }
  validate ??= compileSchema(changeRecordSchema);
  if (validate(value)) return value as unknown as ChangeRecord;
  const [error] = validate.errors ?? [];
  throw new MeasurementError(
    `${path} is damaged or of another version: ${error?.instancePath || 'it'} ${error?.message}`,
    {
      hint: 'measure again',
    },
  );
}

let validate: ValidateFunction | undefined;

const text = { type: 'string', maxLength: 100_000 } as const;
const count = { type: 'integer', minimum: 0 } as const;
const record = (properties: object, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const listOf = (items: object) => ({ type: 'array', items });
const files = listOf(record({ compiled: text, path: text }, ['compiled', 'path']));
export const changeRecordSchema = record(
  {
    schema: { const: 1 },
    changed: listOf(
      record(
        {
          key: text,
          reason: text,
          module: record({ path: text, base: text, head: text }, ['path']),
          place: record({ file: text, line: count }, ['file', 'line']),
        },
        ['key', 'reason'],
      ),
    ),
    declared: listOf(text),
    renamed: listOf(record({ from: text, to: text }, ['from', 'to'])),
    files: record({ base: files, head: files }, ['base', 'head']),
    diff: listOf(
      record(
        {
          basePath: text,
          headPath: text,
          hunks: listOf(
            record({ baseStart: count, baseCount: count, headStart: count, headCount: count }, [
              'baseStart',
              'baseCount',
              'headStart',
              'headCount',
            ]),
          ),
        },
        ['hunks'],
      ),
    ),
    beside: record(
      {
        language: listOf(record({ module: text, base: text, head: text }, ['module'])),
        dataFiles: listOf(text),
      },
      ['language', 'dataFiles'],
    ),
  },
  ['schema', 'changed', 'declared', 'renamed', 'files', 'diff'],
);

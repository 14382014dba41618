/**
 * From samples to a table by function, with the meaning that `go tool pprof -top -trim=false` gives to flat, cum and
 * total; a diff of two profiles is the subtraction of two tables. One exception: frames that a
 * profile asks to be pruned (`drop_frames`) are kept, as no Go profile asks.
 */
import { namelessIn } from './names.ts';
import { columnOf, type Profile, type ValueType } from './profile.ts';

export interface FunctionRow {
  readonly name: string;
  /** Spent in the function itself, inlined or not. */
  readonly flat: number;
  /** Spent in it and all that it calls, once per sample however often it recurs. */
  readonly cum: number;
  /** Files that the function was found in, ascending; empty when not known. */
  readonly files: readonly string[];
}

export interface FunctionTable {
  readonly type: ValueType;
  /** By flat, largest first, whatever its sign; without the rows that are 0 throughout. */
  readonly rows: readonly FunctionRow[];
  /** Sum of the *absolute* values of the samples, those without a stack included; dropped samples are not. */
  readonly total: number;
  /** Sum of the absolute values of the samples that `drop` refused. */
  readonly dropped: number;
}

export interface TableOptions {
  /** Name of the sample type: `cpu`, `alloc_space`. */
  readonly type: string;
  /** Leaves out each sample with a frame whose recorded name is refused (the agent's own work). */
  readonly drop?: (fnName: string) => boolean;
  /** What to count functions by, for example gateKey; applied before cum is formed. The recorded name when absent. */
  readonly key?: (fnName: string) => string;
}

/** The table by function of one sample type of a profile. */
export function tableOf(profile: Profile, options: TableOptions): FunctionTable {
  const column = columnOf(profile, options.type);
  const nodes = nodesOf(profile, options);
  const { count, starts, stacks, values, labels } = profile.samples;
  const isBase = profile.samples.labelSets.map((set) =>
    set.some((label) => label.key === 'pprof::base' && 'text' in label && label.text === 'true'),
  );
  const types = profile.sampleTypes.length;
  const flat = new Float64Array(nodes.names.length);
  const cum = new Float64Array(nodes.names.length);
  /** The last sample (+ 1) that a function was counted for. */
  const seen = new Int32Array(nodes.names.length);
  let total = 0;
  let baseTotal = 0;
  let dropped = 0;
  for (let sample = 0; sample < count; sample++) {
    const value = values[sample * types + column]!;
    if (value === 0) continue;
    const from = starts[sample]!;
    const to = starts[sample + 1]!;
    if (nodes.anyRefused && isRefused(nodes, stacks, from, to)) {
      dropped += Math.abs(value);
      continue;
    }
    total += Math.abs(value);
    if (isBase[labels[sample]!]) baseTotal += Math.abs(value);
    if (from === to) continue;
    const leaf = nodes.of[nodes.starts[stacks[from]!]!]!;
    flat[leaf] = flat[leaf]! + value;
    for (let frame = from; frame < to; frame++) {
      const location = stacks[frame]!;
      const end = nodes.starts[location + 1]!;
      for (let i = nodes.starts[location]!; i < end; i++) {
        const node = nodes.of[i]!;
        if (seen[node] === sample + 1) continue;
        seen[node] = sample + 1;
        cum[node] = cum[node]! + value;
      }
    }
  }
  const rows: FunctionRow[] = [];
  for (const [node, name] of nodes.names.entries()) {
    if (flat[node] === 0 && cum[node] === 0) continue;
    rows.push({ name, flat: flat[node]!, cum: cum[node]!, files: [...nodes.files[node]!].sort() });
  }
  rows.sort(
    (a, b) => Math.abs(b.flat) - Math.abs(a.flat) || Math.abs(b.cum) - Math.abs(a.cum) || (a.name < b.name ? -1 : 1),
  );
  return { type: profile.sampleTypes[column]!, rows, total: baseTotal > 0 ? baseTotal : total, dropped };
}

/** The functions of each location, innermost first: `of[starts[location]] …`; at least one each. */
interface Nodes {
  readonly names: readonly string[];
  readonly files: readonly ReadonlySet<string>[];
  readonly starts: Int32Array;
  readonly of: Int32Array;
  /** By location: does it have a frame that `drop` refuses? */
  readonly refused: Uint8Array;
  readonly anyRefused: boolean;
}

function nodesOf(profile: Profile, { drop, key }: TableOptions): Nodes {
  const names: string[] = [];
  const files: Set<string>[] = [];
  const index = new Map<string, number>();
  const node = (recorded: string, file: string): number => {
    const name = key === undefined ? recorded : key(recorded);
    let found = index.get(name);
    if (found === undefined) {
      found = names.push(name) - 1;
      files.push(new Set());
      index.set(name, found);
    }
    if (file !== '') files[found]!.add(file);
    return found;
  };
  const ofFunction = new Int32Array(profile.functions.length).fill(-1);
  const ofMapping = profile.mappings.map((mapping) => namelessIn(mapping.file));
  const refusedFunction = profile.functions.map((fn) => drop?.(fn.name) === true);
  const lines = profile.locations.reduce((sum, location) => sum + Math.max(1, location.lines.length), 0);
  const starts = new Int32Array(profile.locations.length + 1);
  const of = new Int32Array(lines);
  const refused = new Uint8Array(profile.locations.length);
  let at = 0;
  for (const [i, location] of profile.locations.entries()) {
    for (const { fn } of location.lines) {
      const { name, file } = profile.functions[fn]!;
      // A function without a name is shown like an address without a function.
      if (name === '') of[at++] = node(ofMapping[location.mapping] ?? namelessIn(''), '');
      else {
        if (ofFunction[fn] === -1) ofFunction[fn] = node(name, file);
        of[at++] = ofFunction[fn]!;
      }
      if (refusedFunction[fn]) refused[i] = 1;
    }
    if (location.lines.length === 0) of[at++] = node(ofMapping[location.mapping] ?? namelessIn(''), '');
    starts[i + 1] = at;
  }
  return { names, files, starts, of, refused, anyRefused: refusedFunction.includes(true) };
}

function isRefused(nodes: Nodes, stacks: Int32Array, from: number, to: number): boolean {
  for (let frame = from; frame < to; frame++) if (nodes.refused[stacks[frame]!] === 1) return true;
  return false;
}

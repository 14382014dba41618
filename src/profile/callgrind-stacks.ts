/**
 * Turns callgrind's contexts into stacks as Go's own profiler would have written them: inlined frames expanded, names
 * as the Go runtime prints them, goroutines kept apart. It is given the frames of an address by whoever can ask the
 * runtime; C functions keep callgrind's symbol.
 */
import type { CallgrindProfile } from './callgrind.ts';
import { Interner } from './intern.ts';

export interface CodeFrame {
  readonly fn: string;
  readonly file: string;
  readonly line: number;
  readonly startLine: number;
}

/** One place in the code: an instruction with the functions inlined there, innermost first. */
export interface Site {
  readonly address: number;
  readonly frames: readonly CodeFrame[];
}

/** What ran, whatever the path. */
export interface ExecutedCode {
  /** How often each instruction ran. */
  readonly executed: readonly { readonly site: Site; readonly count: number }[];
  /** How often each function was entered. */
  readonly entered: readonly { readonly site: Site; readonly calls: number }[];
}

export interface CountedStack {
  /** From the leaf to the root. */
  readonly sites: readonly Site[];
  readonly instructions: number;
}

export interface CallPaths {
  /** Each is made when it is asked for: there may be hundreds of thousands. */
  readonly stacks: Iterable<CountedStack>;
  /** Instructions of goroutines whose stacks were so deep that callgrind had cut their chains off. */
  readonly truncated: number;
}

/** What the addresses of a profile mean; implemented with the running service's own tables. */
export interface Symbols {
  /** The frames at an instruction of the service's executable, innermost first; empty when it is not Go code. */
  framesAt(address: number): readonly CodeFrame[];
  /** The entry address in callgrind's name of a Go function; undefined for a C function. */
  entryOf(symbol: string): number | undefined;
  /** callgrind's name of the service's executable. */
  readonly executable: string;
}

/** Alternatives kept where one path can have come from several places of a caller; what is rarer is folded into these. */
const MOST_ALTERNATIVES = 6;
/** Functions below the place where a chain ends too early by which its continuation is found, in a whole chain with them. */
const KNOWN_LEVELS = 8;

/** Levels above a full chain for which the places of the calls are told apart: an allocation lies three above its cost. */
const FOLLOWED_LEVELS = 4;

/** Every address that `executedCode` and `callPaths` will ask for. */
export function addressesOf(profile: CallgrindProfile, symbols: Pick<Symbols, 'entryOf' | 'executable'>): Set<number> {
  const addresses = new Set<number>();
  const own = profile.contexts.map((context) => context.object === symbols.executable);
  profile.costs.address.forEach((address, i) => {
    if (own[profile.costs.context[i] ?? -1]) addresses.add(address);
  });
  profile.calls.site.forEach((site, i) => {
    if (own[profile.calls.caller[i] ?? -1]) addresses.add(site);
  });
  for (const symbol of chainsOf(profile).names) {
    const entry = symbols.entryOf(symbol);
    if (entry !== undefined) addresses.add(entry);
  }
  return addresses;
}

/** The executed instructions of a profile, with or without call chains. */
export function executedCode(profile: CallgrindProfile, symbols: Symbols): ExecutedCode {
  const { contexts, costs, calls } = profile;
  const places = placesOf(profile, symbols);
  const counts = new Map<Site, number>();
  for (let i = 0; i < costs.count.length; i++) {
    const site = places.at(costs.context[i]!, costs.address[i]!);
    counts.set(site, (counts.get(site) ?? 0) + costs.count[i]!);
  }
  const entered = new Map<Site, number>();
  calls.callee.forEach((callee, i) => {
    const site = places.entry(places.chains[callee]![0]!, contexts[callee]!.object);
    if (!isEntry(site, calls.target[i]!)) return;
    entered.set(site, (entered.get(site) ?? 0) + calls.count[i]!);
  });
  return {
    executed: [...counts].map(([site, count]) => ({ site, count })),
    entered: [...entered].map(([site, times]) => ({ site, calls: times })),
  };
}

/** A function by its number in `names`: chains are many and long, functions are few. */
type SymbolNumber = number;

interface Chains {
  readonly names: readonly string[];
  /** Of each context, function first. */
  readonly chains: readonly Int32Array[];
}

function chainsOf({ contexts }: CallgrindProfile): Chains {
  const names = new Interner<string>();
  const chains = contexts.map(({ chain }) =>
    Int32Array.from(chain.split("'"), (name) => names.index(name, () => name)),
  );
  return { names: names.values, chains };
}

interface Places extends Chains {
  /** The entry of a function. */
  entry(symbol: SymbolNumber, object: string): Site;
  /** An instruction that a context executed: Go frames where the runtime knows it, else the C function it was counted for. */
  at(context: number, address: number): Site;
}

function placesOf(profile: CallgrindProfile, symbols: Symbols): Places {
  const { contexts } = profile;
  const { names, chains } = chainsOf(profile);
  const sites = new Map<number, Site>();
  const siteOf = (address: number): Site => {
    let site = sites.get(address);
    if (site === undefined) {
      site = { address, frames: symbols.framesAt(address) };
      sites.set(address, site);
    }
    return site;
  };
  const entries: Site[] = [];
  const entry = (symbol: SymbolNumber, object: string): Site => {
    let site = entries[symbol];
    if (site === undefined) {
      const name = names[symbol]!;
      const address = symbols.entryOf(name);
      const outermost = address === undefined ? undefined : siteOf(address).frames.at(-1);
      const frame = outermost ?? { fn: nameOfC(name), file: baseName(object), line: 0, startLine: 0 };
      site = { address: address ?? 0, frames: [{ ...frame, line: frame.startLine }] };
      entries[symbol] = site;
    }
    return site;
  };
  const at = (context: number, address: number): Site => {
    const { object } = contexts[context]!;
    if (object === symbols.executable) {
      const site = siteOf(address);
      if (site.frames.length > 0) return site;
    }
    return entry(chains[context]![0]!, object);
  };
  return { names, chains, entry, at };
}

/**
 * The name of a C function as it is written: without what gcc adds to the copies that it makes for some of the callers
 * (https://gcc.gnu.org/onlinedocs/gccint/IPA.html), and without the hash of the package's sources in cgo's own functions.
 */
const nameOfC = (symbol: string) =>
  symbol
    .replace(/(\.(isra|constprop|part|cold|lto_priv|localalias)(\.\d+)?)+$/, '')
    .replace(/^_cgo_[0-9a-f]{12}_(?=C2?func_)/, '_cgo_');

interface Path {
  readonly site: Site;
  readonly up: Path | undefined;
}

interface Alternative {
  readonly share: number;
  readonly path: Path | undefined;
}

/** The call paths of a profile taken with `callers` levels of `--separate-callers`. */
export function callPaths(profile: CallgrindProfile, symbols: Symbols, callers: number): CallPaths {
  const { contexts, costs, calls } = profile;
  const { names, chains, entry: entrySite, at: placeOf } = placesOf(profile, symbols);
  const incoming = rowsByKey(calls.callee, contexts.length);
  const executed = rowsByKey(costs.context, contexts.length);
  const entryOf = (context: number) => entrySite(chains[context]![0]!, contexts[context]!.object);
  const isCall = (context: number, row: number) =>
    isEntry(entryOf(context), calls.target[row]!) && chains[calls.caller[row]!]?.[0] === chains[context]![1];
  const switches: boolean[] = [];
  const isSwitching = (symbol: SymbolNumber, object: string) => {
    switches[symbol] ??= isSwitch(entrySite(symbol, object));
    return switches[symbol];
  };
  const { commonSite, called } = callersOf(profile, { names, chains }, entryOf);
  const contextsOf: number[][] = names.map(() => []);
  for (const [context, chain] of chains.entries()) contextsOf[chain[0]!]!.push(context);
  /** By `context * (FOLLOWED_LEVELS + 1) + levels`. */
  const memo = new Map<number, readonly Alternative[]>();

  /** Up the chain by names alone, from its element `level` on, to where a goroutine began or the trail is lost. */
  const byNames = (chain: Int32Array, level: number, object: string) => {
    const sites: Site[] = [];
    for (let at = level; ; at++) {
      const [callee, symbol] = [chain[at - 1]!, chain[at]];
      const common = symbol === undefined ? undefined : commonSite[callee]?.get(symbol);
      const isStart = symbol !== undefined && isSwitching(symbol, object);
      if (common === undefined || isStart) {
        return { sites, isWhole: !called[callee] || (common !== undefined && isStart), lost: at };
      }
      sites.push(placeOf(common.context, common.address));
    }
  };

  /** The ways up from the last of `piece`, of a chain, as they are where the trail is not lost; none: it always is. */
  const waysAbove = (piece: Int32Array): readonly Alternative[] => {
    const ways: Alternative[] = [];
    for (const context of contextsOf[piece[0]!]!) {
      const chain = chains[context]!;
      if (!piece.every((symbol, i) => symbol === chain[i])) continue;
      const entered = sumOf(incoming(context), (row) => (isCall(context, row) ? calls.count[row]! : 0));
      const { sites, isWhole } = byNames(chain, piece.length, contexts[context]!.object);
      if (entered > 0 && isWhole) ways.push({ share: entered, path: joined(sites, undefined) });
    }
    return mostOf(ways);
  };
  const known = new Map<string, readonly Alternative[]>();
  /** The same for the longest piece that is found again, from a chain that is right as far as `end`. */
  const usualWays = (chain: Int32Array, end: number): readonly Alternative[] => {
    for (let start = Math.max(0, end - KNOWN_LEVELS); start < end; start++) {
      const piece = chain.subarray(start, end);
      const name = piece.join();
      const ways = known.get(name) ?? waysAbove(piece);
      known.set(name, ways);
      if (ways.length > 0) return ways;
    }
    return [{ share: 1, path: undefined }];
  };

  /** All the way up from element `level` of the chain. */
  const waysByNames = (chain: Int32Array, level: number, object: string): readonly Alternative[] => {
    const { sites, isWhole, lost } = byNames(chain, level, object);
    if (isWhole) return [{ share: 1, path: joined(sites, undefined) }];
    return usualWays(chain, lost).map(({ share, path }) => ({ share, path: joined(sites, path) }));
  };

  const placeNames = describer(({ frames }) => frames.map(({ fn, line }) => `${fn}:${line}`).join(';'));
  /**
   * The ways in which the function of `context` was reached, with their shares. A full chain may have several callers and
   * be its own (recursion): so many more levels are followed from caller to caller, and then by names.
   */
  const pathsTo = (context: number, levels = FOLLOWED_LEVELS): readonly Alternative[] => {
    const id = context * (FOLLOWED_LEVELS + 1) + levels;
    const known = memo.get(id);
    if (known !== undefined) return known;
    const chain = chains[context]!;
    const { object } = contexts[context]!;
    const isFull = chain.length > callers;
    const self = entryOf(context);
    const ways = new Map<string, { count: number; above: () => readonly Alternative[] }>();
    const add = (key: string, count: number, above: () => readonly Alternative[]) => {
      const way = ways.get(key);
      if (way === undefined) ways.set(key, { count, above });
      else way.count += count;
    };
    for (const row of incoming(context)) {
      const caller = calls.caller[row]!;
      if (chains[caller]?.[0] !== chain[1]) continue;
      const count = calls.count[row]!;
      if (!isEntry(self, calls.target[row]!)) add('resumed', count, () => usualWays(chain, 1));
      else if (isSwitching(chain[1]!, object)) add('begun', count, () => [{ share: 1, path: undefined }]);
      else {
        const site = placeOf(caller, calls.site[row]!);
        const isNear = !isFull || levels > 0;
        add(`${isNear ? caller : ''}|${placeNames(site)}`, count, () =>
          (isNear ? pathsTo(caller, isFull ? levels - 1 : levels) : waysByNames(chain, 2, object)).map(
            ({ share, path }) => ({ share, path: { site, up: path } }),
          ),
        );
      }
    }
    const alternatives = [...ways.values()].flatMap(({ count, above }) =>
      above().map(({ share, path }) => ({ share: count * share, path })),
    );
    const result = alternatives.length === 0 ? waysByNames(chain, 1, object) : mostOf(alternatives);
    memo.set(id, result);
    return result;
  };

  const leafNames = describer(({ frames }) => frames.map(({ fn }) => fn).join(';'));
  /** What the context executed itself, by function, each at its most frequent instruction. */
  const leavesOf = (context: number) => {
    const leaves = new Map<string, { site: Site; most: number; count: number }>();
    for (const row of executed(context)) {
      const count = costs.count[row]!;
      const site = placeOf(context, costs.address[row]!);
      const leaf = leaves.get(leafNames(site));
      if (leaf === undefined) leaves.set(leafNames(site), { site, most: count, count });
      else {
        leaf.count += count;
        if (count > leaf.most) Object.assign(leaf, { site, most: count });
      }
    }
    return leaves.values();
  };

  const isCutOff = (chain: Int32Array, object: string) =>
    chain.length > callers && !chain.some((symbol) => isSwitching(symbol, object));
  let truncated = 0;
  for (const [context, chain] of chains.entries()) {
    if (isCutOff(chain, contexts[context]!.object)) truncated += sumOf(executed(context), (row) => costs.count[row]!);
  }
  function* stacks(): Generator<CountedStack> {
    for (const [context, { object }] of contexts.entries()) {
      const leaves = [...leavesOf(context)];
      const ways = isSwitching(chains[context]![0]!, object) ? [{ share: 1, path: undefined }] : pathsTo(context);
      for (const { share, path } of ways) {
        const callersUp = sitesOf(path);
        for (const { site, count } of leaves) yield { sites: [site, ...callersUp], instructions: count * share };
      }
    }
  }
  return { stacks: { [Symbol.iterator]: stacks }, truncated };
}

/** A short name for what `describe` says of a site: the same for two of which it says the same. */
function describer(describe: (site: Site) => string): (site: Site) => string {
  const known = new Map<Site, string>();
  const short = new Interner<string>();
  return (site) => {
    let name = known.get(site);
    if (name === undefined) {
      const text = describe(site);
      name = String(short.index(text, () => text));
      known.set(site, name);
    }
    return name;
  };
}

/**
 * Whether control came to a function's beginning. Where it came to its middle no call was made: a parked goroutine was
 * resumed there, and what callgrind takes for its caller is whoever ran before.
 */
const isEntry = (callee: Site, target: number) => callee.address === 0 || callee.address === target;

/** Functions that change stacks: what stands above them on a chain belongs to another goroutine. */
const isSwitch = (site: Site) => SWITCHES.has((site.frames.at(-1)?.fn ?? '').replace(/\.abi0$/, ''));
const SWITCHES = new Set(['runtime.mcall', 'runtime.gogo', 'gogo', 'runtime.goexit', 'runtime.mstart']);

function sitesOf(path: Path | undefined): Site[] {
  const sites: Site[] = [];
  for (let at = path; at !== undefined; at = at.up) sites.push(at.site);
  return sites;
}

/**
 * Who calls whom, whatever the rest of the chain: for a callee and its caller the place that called most; and the
 * functions that anybody called, which leaves those that a goroutine began with.
 */
function callersOf({ calls }: CallgrindProfile, { names, chains }: Chains, entryOf: (context: number) => Site) {
  const commonSite: (Map<SymbolNumber, { context: number; address: number; count: number }> | undefined)[] = [];
  const called: boolean[] = names.map(() => false);
  calls.site.forEach((address, i) => {
    const [context, callee, count] = [calls.caller[i]!, calls.callee[i]!, calls.count[i]!];
    if (!isEntry(entryOf(callee), calls.target[i]!)) return;
    const [to, from] = [chains[callee]![0]!, chains[context]![0]!];
    commonSite[to] ??= new Map();
    if (count > (commonSite[to].get(from)?.count ?? -1)) commonSite[to].set(from, { context, address, count });
    if (!isSwitch(entryOf(context))) called[to] = true;
  });
  return { commonSite, called };
}

/** The likeliest alternatives, their shares made to add up to 1. */
function mostOf(alternatives: readonly Alternative[]): Alternative[] {
  const kept = alternatives.toSorted((a, b) => b.share - a.share).slice(0, MOST_ALTERNATIVES);
  const sum = sumOf(kept, ({ share }) => share);
  return kept.map(({ share, path }) => ({ share: share / sum, path }));
}

/** A path through `sites`, the lowest first, and on along `up`. */
const joined = (sites: readonly Site[], up: Path | undefined): Path | undefined =>
  sites.reduceRight<Path | undefined>((above, site) => ({ site, up: above }), up);

function sumOf<T>(items: Iterable<T>, value: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum;
}

/** The row numbers for each key, as a function of the key. */
function rowsByKey(keys: readonly number[], keyCount: number): (key: number) => Int32Array {
  const starts = new Int32Array(keyCount + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let i = 0; i < keyCount; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const rows = new Int32Array(keys.length);
  const next = starts.slice();
  keys.forEach((key, row) => {
    rows[next[key] ?? 0] = row;
    next[key] = (next[key] ?? 0) + 1;
  });
  return (key) => rows.subarray(starts[key] ?? 0, starts[key + 1] ?? 0);
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * Charges costs to the functions that the commit changed, and finds what is left of each one's rise up to the root.
 * Pure arithmetic over stacks; it knows no limits and no metrics.
 */
import type { CulpritIn, StackFrame, WeightedStack } from './weighted-stack.ts';

export interface Charged {
  readonly key: string;
  /** Cost of all that runs beneath the function, down to the next changed one; per request. */
  readonly base: number;
  readonly head: number;
  /** What of the rise is left in every caller's cum up to the root; at most head - base, and negative for a saving. */
  readonly netRise: number;
  /** Callers by whom at least half of the net rise came, and whose own cum rose by as much; nearest first. */
  readonly consequences: readonly string[];
}

export interface Charges {
  readonly base: number;
  readonly head: number;
  readonly changed: ReadonlyMap<string, Charged>;
  /** Cost on paths without any changed function, by leaf function. */
  readonly unchanged: ReadonlyMap<string, { readonly base: number; readonly head: number }>;
}

/** Differences that may be noise, in the metric's unit per request. */
export interface Tolerance {
  /** Of what changed functions cost. */
  readonly charged: number;
  /** Of what the commit left alone. */
  readonly unchanged: number;
}

interface Node {
  readonly key: string;
  readonly caller: Node | undefined;
  /** The function called first, and the others by key: most nodes have one, and a map takes longer than all else of a node. */
  firstKey: string | undefined;
  firstChild: Node | undefined;
  others: Map<string, Node> | undefined;
  base: number;
  head: number;
  /** Of that, on paths without any changed function. */
  unchangedBase: number;
  unchangedHead: number;
  /** Cost charged to this very function on this path. */
  chargedBase: number;
  chargedHead: number;
}

/**
 * The charges of both sides. `culpritIn` finds the changed function that answers for a stack. A caller whose own cum rose
 * less than the function by no more than the tolerance has saved nothing: that is noise.
 */
export function charge(
  base: Iterable<WeightedStack>,
  head: Iterable<WeightedStack>,
  culpritIn: CulpritIn,
  tolerance: Tolerance,
): Charges {
  const root = newNode('', undefined);
  const unchanged = new Map<string, { base: number; head: number }>();
  const add = (stacks: Iterable<WeightedStack>, side: 'base' | 'head') => {
    for (const { frames, value } of stacks) {
      const culprit = frames[culpritIn(frames)];
      let node = root;
      for (let i = frames.length - 1; i >= 0; i--) node = childOf(node, (frames[i] as StackFrame).key);
      addTo(node, side, value, culprit === undefined);
      if (culprit !== undefined) chargeTo(ancestor(node, culprit.key), side, value);
      if (culprit === undefined) {
        const leaf = frames[0]?.key ?? '';
        let entry = unchanged.get(leaf);
        if (entry === undefined) {
          entry = { base: 0, head: 0 };
          unchanged.set(leaf, entry);
        }
        entry[side] += value;
      }
    }
  };
  add(base, 'base');
  add(head, 'head');
  sumUp(root);

  const totals = new Map<string, { base: number; head: number }>();
  const nodesOf = new Map<string, Node[]>();
  visit(root, (node) => {
    if (node.chargedBase === 0 && node.chargedHead === 0) return;
    const total = totals.get(node.key) ?? { base: 0, head: 0 };
    totals.set(node.key, { base: total.base + node.chargedBase, head: total.head + node.chargedHead });
    const nodes = nodesOf.get(node.key) ?? [];
    nodes.push(node);
    nodesOf.set(node.key, nodes);
  });

  const left = new Map<string, number>();
  for (const child of childrenOf(root)) {
    for (const [key, rise] of riseLeft(child, tolerance) ?? []) left.set(key, (left.get(key) ?? 0) + rise);
  }
  const changed = new Map<string, Charged>();
  // What other goroutines saved was moved there only if the commit changed them: the rest is the runtime's own affair.
  const ofChanged = { ...tolerance, unchanged: Number.POSITIVE_INFINITY };
  for (const [key, total] of totals) {
    const netRise = leftIn(root, Math.min(left.get(key) ?? 0, total.head - total.base), ofChanged);
    changed.set(key, { key, ...total, netRise, consequences: consequencesOf(nodesOf.get(key) ?? [], netRise) });
  }
  return { base: root.base, head: root.head, changed, unchanged };
}

/** To the end of a path; its callers get it by `sumUp`. */
function addTo(node: Node, side: 'base' | 'head', value: number, isUnchanged: boolean): void {
  node[side] += value;
  if (isUnchanged) node[side === 'base' ? 'unchangedBase' : 'unchangedHead'] += value;
}

function chargeTo(node: Node, side: 'base' | 'head', value: number): void {
  node[side === 'base' ? 'chargedBase' : 'chargedHead'] += value;
}

/** The function of this key on the way from `node` to the root. */
function ancestor(node: Node, key: string): Node {
  let at = node;
  while (at.caller !== undefined && at.key !== key) at = at.caller;
  return at;
}

/** Makes what was added at each node the cost of all that runs beneath it. */
function sumUp(node: Node): void {
  for (const child of childrenOf(node)) {
    sumUp(child);
    node.base += child.base;
    node.head += child.head;
    node.unchangedBase += child.unchangedBase;
    node.unchangedHead += child.unchangedHead;
  }
}

/** The node of a function called at `node`: that itself where the function is on the way there, so recursion stays there. */
function childOf(node: Node, key: string): Node {
  if (node.firstKey === key) return node.firstChild!;
  const known = node.others?.get(key);
  if (known !== undefined) return known;
  const child = ancestor(node, key).caller === undefined ? newNode(key, node) : node;
  if (node.firstKey === undefined) {
    node.firstKey = key;
    node.firstChild = child;
  } else {
    node.others ??= new Map();
    node.others.set(key, child);
  }
  return child;
}

function* childrenOf(node: Node): Iterable<Node> {
  const { firstChild, others } = node;
  if (firstChild !== undefined && firstChild !== node) yield firstChild;
  for (const child of others?.values() ?? []) if (child !== node) yield child;
}

/**
 * For every function charged at or beneath `node`: its rise there, cut down to what is left in the cum of each caller.
 * Undefined where there is none.
 */
function riseLeft(node: Node, tolerance: Tolerance): Map<string, number> | undefined {
  let rises: Map<string, number> | undefined;
  for (const child of childrenOf(node)) {
    for (const [key, rise] of riseLeft(child, tolerance) ?? []) {
      rises ??= new Map();
      rises.set(key, (rises.get(key) ?? 0) + rise);
    }
  }
  if (node.chargedBase !== 0 || node.chargedHead !== 0) {
    rises ??= new Map();
    rises.set(node.key, (rises.get(node.key) ?? 0) + node.chargedHead - node.chargedBase);
  }
  for (const [key, rise] of rises ?? []) rises!.set(key, leftIn(node, rise, tolerance));
  return rises;
}

/** What of a rise beneath `node` is left in its cum. */
function leftIn(node: Node, rise: number, tolerance: Tolerance): number {
  const beside = node.unchangedHead - node.unchangedBase;
  const noise = Math.abs(beside) <= tolerance.unchanged ? beside : 0;
  const risen = Math.max(0, node.head - node.base - noise);
  return rise <= risen + tolerance.charged ? rise : risen;
}

/**
 * Taken over all ways to the function: a goroutine that was resumed elsewhere, or whose beginning callgrind did not see,
 * has ways of its own, and so much on one of them as on another by chance.
 */
function consequencesOf(nodes: readonly Node[], netRise: number): string[] {
  if (netRise <= 0) return [];
  const riseOf = (node: Node) => node.chargedHead - node.chargedBase;
  const callers = new Map<string, { readonly distance: number; readonly nodes: Set<Node>; passed: number }>();
  for (const node of nodes.toSorted((a, b) => riseOf(b) - riseOf(a))) {
    let distance = 0;
    for (let at = node.caller; at?.caller !== undefined; at = at.caller) {
      const caller = callers.get(at.key) ?? { distance, nodes: new Set(), passed: 0 };
      callers.set(at.key, caller);
      caller.nodes.add(at);
      caller.passed += riseOf(node);
      distance++;
    }
  }
  const half = netRise / 2;
  return [...callers]
    .filter(([, { passed }]) => passed >= half)
    .filter(([, caller]) => [...caller.nodes].reduce((sum, { base, head }) => sum + head - base, 0) >= half)
    .sort(([, a], [, b]) => a.distance - b.distance)
    .map(([key]) => key);
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of childrenOf(node)) visit(child, see);
}

const newNode = (key: string, caller: Node | undefined): Node => ({
  key,
  caller,
  firstKey: undefined,
  firstChild: undefined,
  others: undefined,
  base: 0,
  head: 0,
  unchangedBase: 0,
  unchangedHead: 0,
  chargedBase: 0,
  chargedHead: 0,
});

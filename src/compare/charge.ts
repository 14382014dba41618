/**
 * Charges costs to the functions that the commit changed, and finds what is left of each one's rise up to the root.
 * Pure arithmetic over stacks; it knows no limits and no metrics.
 */
import type { ChangedFrame, StackFrame, WeightedStack } from './weighted-stack.ts';

export interface Charged {
  readonly key: string;
  /** Cost of all that runs beneath the function, down to the next changed one; per request. */
  readonly base: number;
  readonly head: number;
  /** What of the rise is left in every caller's cum up to the root; at most head - base, and negative for a saving. */
  readonly netRise: number;
  /** Callers on the costliest way up whose own cum rose by at least half of the net rise; nearest first. */
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
  readonly children: Map<string, Node>;
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
 * The charges of both sides. `isChanged` says whether a frame belongs to a changed function. A caller whose own cum rose
 * less than the function by no more than the tolerance has saved nothing: that is noise.
 */
export function charge(
  base: Iterable<WeightedStack>,
  head: Iterable<WeightedStack>,
  isChanged: ChangedFrame,
  tolerance: Tolerance,
): Charges {
  const root = newNode('');
  const unchanged = new Map<string, { base: number; head: number }>();
  const add = (stacks: Iterable<WeightedStack>, side: 'base' | 'head') => {
    const charged = side === 'base' ? 'chargedBase' : 'chargedHead';
    const unchangedCost = side === 'base' ? 'unchangedBase' : 'unchangedHead';
    for (const { frames, value } of stacks) {
      const culprit = frames.find(isChanged);
      let node = root;
      node[side] += value;
      if (culprit === undefined) node[unchangedCost] += value;
      const onPath = new Set<string>();
      for (let i = frames.length - 1; i >= 0; i--) {
        const { key } = frames[i] as StackFrame;
        if (onPath.has(key)) continue;
        onPath.add(key);
        let child = node.children.get(key);
        if (child === undefined) {
          child = newNode(key);
          node.children.set(key, child);
        }
        child[side] += value;
        if (culprit === undefined) child[unchangedCost] += value;
        if (culprit?.key === key) child[charged] += value;
        node = child;
      }
      if (culprit === undefined) {
        const leaf = frames[0]?.key ?? '';
        const entry = unchanged.get(leaf) ?? { base: 0, head: 0 };
        entry[side] += value;
        unchanged.set(leaf, entry);
      }
    }
  };
  add(base, 'base');
  add(head, 'head');

  const totals = new Map<string, { base: number; head: number }>();
  const nodesOf = new Map<string, { node: Node; callers: readonly Node[] }[]>();
  visit(root, [], (node, callers) => {
    if (node.chargedBase === 0 && node.chargedHead === 0) return;
    const total = totals.get(node.key) ?? { base: 0, head: 0 };
    totals.set(node.key, { base: total.base + node.chargedBase, head: total.head + node.chargedHead });
    const nodes = nodesOf.get(node.key) ?? [];
    nodes.push({ node, callers });
    nodesOf.set(node.key, nodes);
  });

  const left = new Map<string, number>();
  for (const child of root.children.values()) {
    for (const [key, rise] of riseLeft(child, tolerance)) left.set(key, (left.get(key) ?? 0) + rise);
  }
  const changed = new Map<string, Charged>();
  for (const [key, total] of totals) {
    const netRise = leftIn(root, Math.min(left.get(key) ?? 0, total.head - total.base), tolerance);
    changed.set(key, { key, ...total, netRise, consequences: consequencesOf(nodesOf.get(key) ?? [], netRise) });
  }
  return { base: root.base, head: root.head, changed, unchanged };
}

/** For every function charged at or beneath `node`: its rise there, cut down to what is left in the cum of each caller. */
function riseLeft(node: Node, tolerance: Tolerance): Map<string, number> {
  const rises = new Map<string, number>();
  for (const child of node.children.values()) {
    for (const [key, rise] of riseLeft(child, tolerance)) rises.set(key, (rises.get(key) ?? 0) + rise);
  }
  if (node.chargedBase !== 0 || node.chargedHead !== 0) {
    rises.set(node.key, (rises.get(node.key) ?? 0) + node.chargedHead - node.chargedBase);
  }
  for (const [key, rise] of rises) rises.set(key, leftIn(node, rise, tolerance));
  return rises;
}

/** What of a rise beneath `node` is left in its cum. */
function leftIn(node: Node, rise: number, tolerance: Tolerance): number {
  const beside = node.unchangedHead - node.unchangedBase;
  const noise = Math.abs(beside) <= tolerance.unchanged ? beside : 0;
  const risen = Math.max(0, node.head - node.base - noise);
  return rise <= risen + tolerance.charged ? rise : risen;
}

function consequencesOf(nodes: readonly { node: Node; callers: readonly Node[] }[], netRise: number): string[] {
  if (netRise <= 0) return [];
  const largest = nodes.reduce<(typeof nodes)[number] | undefined>((best, at) => {
    const rise = at.node.chargedHead - at.node.chargedBase;
    return best === undefined || rise > best.node.chargedHead - best.node.chargedBase ? at : best;
  }, undefined);
  const callers = largest?.callers.filter(({ base, head }) => head - base >= netRise / 2) ?? [];
  return callers.map(({ key }) => key).reverse();
}

function visit(node: Node, callers: readonly Node[], see: (node: Node, callers: readonly Node[]) => void): void {
  see(node, callers);
  const below = node.key === '' ? callers : [...callers, node];
  for (const child of node.children.values()) visit(child, below, see);
}

const newNode = (key: string): Node => ({
  key,
  children: new Map(),
  base: 0,
  head: 0,
  unchangedBase: 0,
  unchangedHead: 0,
  chargedBase: 0,
  chargedHead: 0,
});

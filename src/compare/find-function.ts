/** Which function somebody means who writes a part of its name. Knows names only. */
import { nearest } from '../base/nearest.ts';

export interface NamedFunction {
  readonly key: string;
  /** As recorded; several where closures share a key. */
  readonly names: readonly string[];
  /** By which those of one name are ordered, the largest first. */
  readonly cost: number;
}

/** `one`: whole, or the end of a name behind a dot or slash. `near`: nothing matches, and these are not far from it. */
export type Found<Fn> =
  | { readonly kind: 'one'; readonly fn: Fn }
  | { readonly kind: 'several'; readonly fns: readonly Fn[] }
  | { readonly kind: 'near'; readonly fns: readonly Fn[] };

/** Looks for a whole name first, then for the end of one, then for any part of one, whatever its case. */
export function findFunction<Fn extends NamedFunction>(text: string, functions: Iterable<Fn>): Found<Fn> {
  const wanted = plain(text);
  const all = [...functions].sort((a, b) => b.cost - a.cost || (a.key < b.key ? -1 : 1));
  const within = (matches: (name: string) => boolean) =>
    all.filter(({ key, names }) => [key, ...names].some((name) => matches(name)));
  const ways: ((name: string) => boolean)[] = [
    (name) => name === text,
    (name) => isEnd(plain(name), wanted),
    (name) => plain(name).toLowerCase().includes(wanted.toLowerCase()),
  ];
  for (const matches of ways) {
    const fns = within(matches);
    if (fns[0] !== undefined) return fns.length === 1 ? { kind: 'one', fn: fns[0] } : { kind: 'several', fns };
  }
  const short = nearest(wanted.slice(wanted.lastIndexOf('.') + 1), [...new Set(all.map(({ key }) => shortName(key)))]);
  return { kind: 'near', fns: short === undefined ? [] : all.filter(({ key }) => shortName(key) === short) };
}

/** Without what one leaves out when one says a method's name: `(*Store).Find` is `Store.Find`. */
const plain = (name: string) => name.replaceAll(/\(\*?([^()]*)\)/g, '$1');

const isEnd = (name: string, end: string) => name === end || name.endsWith(`.${end}`) || name.endsWith(`/${end}`);

const shortName = (key: string) => plain(key).slice(plain(key).lastIndexOf('.') + 1);

/**
 * Go's function names: which package, which declared function, and the *gate key*, under which a function of the base is
 * found again in the head although type arguments, ordinals of closures and spellings of the toolchain moved. Knows names
 * only, never files or lines. What the runtime's functions are for is runtime-groups.ts.
 */
export { isRuntime, type RuntimeGroup, runtimeGroup } from './runtime-groups.ts';

/**
 * The import path of the function's package; empty for assembly and C symbols without one. Exact for a recorded name. In
 * a gate key the dots of the last path element are no longer escaped: `.vN` of gopkg.in and elements that can be no Go
 * identifier (`nats.go`, `x.y-z`) are still recognised, others (`paho.mqtt.golang`) are cut at their first dot.
 */
export function packageOf(name: string): string {
  const generated = GENERATED.exec(name);
  const bare = generated === null ? name : name.slice(generated[0].length).replace(/^[*\][\d]*/, '');
  return unescapePath(bare.slice(0, Math.max(0, packageEnd(bare))));
}

/**
 * The name under which a function is compared: type arguments as `[...]`, `%xx` unescaped, everything from the first
 * ordinal on as `*` (`F.func1.2` and `F.func3` are both `F.func*`), one spelling for what the toolchain renamed. Make
 * keys before cum is formed, never add up the cums of several names afterwards. A key is its own key.
 */
export function gateKey(name: string): string {
  const bare = collapseTypeArguments(name.replace(/(\.abi0|\.abiinternal|-fm)+$/, ''));
  const generated = GENERATED.exec(bare);
  if (generated !== null) {
    const type = bare.slice(generated[0].length).replace('runtime/internal/', 'internal/runtime/');
    return `type:.${generated[1]}.${type.replace(/\.\d+$/, '.*')}`;
  }
  const end = packageEnd(bare);
  if (end < 0) return bare;
  const path = unescapePath(bare.slice(0, end)).replace(/^runtime\/internal\//, 'internal/runtime/');
  return `${path}.${withoutOrdinals(bare.slice(end + 1))}`;
}

/**
 * The key of the declared function that a closure, range body, `go`/`defer` wrapper or method value belongs to: in whose
 * source it stands. Of any other function its own key. Accepts names and keys.
 *
 * `pkg.A.B.func*` can be a closure of the method B of a type A, or one of a function B that was inlined into the function
 * A (Go 1.21-1.26; seen more than twice as often). The name alone does not tell, so pass `isDeclared` where the program's
 * functions are known; without it A is taken. The name does not tell either that B is of another package than A: `source`
 * is the one in whose files the closure's own lines stand, where that is known.
 */
export function ownerOf(name: string, isDeclared?: (key: string) => boolean, source?: string): string {
  const closure = closureOf(name);
  if (typeof closure === 'string') return closure;
  const { path, parts } = closure;
  for (let from = 0; isDeclared !== undefined && from < parts.length; from++) {
    const symbol = parts.slice(from).join('.');
    const candidates = from === 0 || source === undefined ? [path] : [path, source];
    const owner = candidates.map((one) => `${one}.${symbol}`).find(isDeclared);
    if (owner !== undefined) return owner;
  }
  return hostIn(closure, isDeclared);
}

/** The import path of a file as -trimpath prints it; `main` packages have theirs too, though not in the names of functions. */
export const packageOfFile = (file: string): string => file.replace(/@[^/]*/, '').replace(/\/?[^/]*$/, '');

/** As ownerOf, but where a function was inlined, the one in whose machine code the closure is made. */
export function hostOf(name: string, isDeclared: (key: string) => boolean): string {
  const closure = closureOf(name);
  return typeof closure === 'string' ? closure : hostIn(closure, isDeclared);
}

/** The import path, and all that is named before a closure's mark. */
interface Closure {
  readonly path: string;
  readonly parts: readonly string[];
}

/** The key that answers, where it is no closure. */
function closureOf(name: string): Closure | string {
  const key = gateKey(name);
  if (GENERATED.test(key)) return key;
  const initializer = /(\.map)?\.init\.\*$/.exec(key);
  if (initializer !== null) return `${key.slice(0, initializer.index)}.init`;
  const mark = /(\.func|\.gowrap|\.deferwrap|-range)\*$/.exec(key);
  if (mark === null) return key;
  const host = key.slice(0, mark.index);
  const end = packageEnd(host);
  return end < 0 ? host : { path: host.slice(0, end), parts: elements(host.slice(end + 1)) };
}

function hostIn({ path, parts }: Closure, isDeclared: ((key: string) => boolean) | undefined): string {
  for (let count = parts.length; isDeclared !== undefined && count > 0; count--) {
    const candidate = `${path}.${parts.slice(0, count).join('.')}`;
    if (isDeclared(candidate)) return candidate;
  }
  const count = parts[0]!.startsWith('(') ? 2 : 1;
  return `${path}.${parts.slice(0, count).join('.')}`;
}

/** `[libc.so.6]` for an address in a mapping whose functions nobody knows, `<unknown>` outside every mapping. */
export function namelessIn(mappingFile: string): string {
  const base = mappingFile.replace(/\/+$/, '').replace(/^.*\//, '');
  return mappingFile === '' ? '<unknown>' : `[${base}]`;
}

/** Hash and equality functions that the compiler makes for a type: `type..eq.` up to Go 1.19, `type:.eq.` since. */
const GENERATED = /^type[.:]\.(hash|eq)\./;

/** Marks of things that are counted in source order, and so renumbered by any edit before them. */
const ORDINAL = /(\.func|\.gowrap|\.deferwrap|-range|·dwrap·)\d+|\.\d+(?=\.|$)/;

/** What follows the package's dot, cut at its first ordinal: what stands after it is numbered within that thing. */
function withoutOrdinals(symbol: string): string {
  const unified = symbol.replace(/^glob\.(?=\.)/, 'init').replace(/^init\.\d+(?=\.func\d)/, 'init');
  const first = ORDINAL.exec(unified);
  // A mark needs a function before it: `main.func1` is somebody's function of that name.
  if (first === null || first.index === 0) return unified;
  const mark = first[1] === undefined ? '.' : first[1].startsWith('·') ? '.gowrap' : first[1];
  return `${withoutEcho(unified.slice(0, first.index))}${mark}*`;
}

/** A closure inlined back into the function it stands in repeats that function's name: `F.F.func1.func2`. */
function withoutEcho(host: string): string {
  const parts = elements(host);
  for (const size of [1, 2]) {
    const first = parts.slice(0, size).join('.');
    const plain = first.replace(/^\(\*(.*)\)/, '$1');
    for (;;) {
      const next = parts.slice(size, 2 * size).join('.');
      if (parts.length < 2 * size || (next !== first && next !== plain)) break;
      parts.splice(size, size);
    }
  }
  return parts.join('.');
}

/** Splits at dots outside brackets and parentheses. */
function elements(symbol: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < symbol.length; i++) {
    const c = symbol[i]!;
    if ('[({'.includes(c)) depth++;
    else if ('])}'.includes(c)) depth--;
    else if (c === '.' && depth === 0) {
      parts.push(symbol.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(symbol.slice(start));
  return parts;
}

/** Index of the dot that ends the package path; -1 when there is none. No import path holds brackets or spaces. */
function packageEnd(name: string): number {
  const stop = name.search(/[([{<\s]/);
  const path = stop < 0 ? name : name.slice(0, stop);
  const element = path.lastIndexOf('/') + 1;
  let end = path.indexOf('.', element);
  if (path.includes('%')) return end;
  // A key, perhaps: dots in the last path element are not escaped there.
  for (;;) {
    const next = path.indexOf('.', end + 1);
    if (end < 0 || next < 0) return end;
    const between = path.slice(end + 1, next);
    const isIdentifier = between !== 'go' && !/-(?!range[\d*]+$)/.test(between);
    if (isIdentifier && !(path.startsWith('gopkg.in/') && /^v\d+$/.test(between))) return end;
    end = next;
  }
}

/** The import path as it stands in the source (cmd/internal/objabi/path.go). */
function unescapePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // not of Go's making, so it is left as it was recorded
  }
}

/** Type arguments by depth, since they contain brackets, slashes, dots, quotes of struct tags and more type arguments. */
function collapseTypeArguments(name: string): string {
  if (!name.includes('[')) return name;
  let out = '';
  let copied = 0;
  for (let i = 0; i < name.length; i++) {
    // An array type, a mapping (`[vdso]`) or a kernel module has no identifier before its bracket.
    if (name[i] !== '[' || i === 0 || !/[\p{L}\p{N}_]/u.test(name[i - 1]!) || name[i + 1] === ']') continue;
    const end = closingBracket(name, i);
    if (end < 0) break;
    out += `${name.slice(copied, i)}[...]`;
    copied = end + 1;
    i = end;
  }
  return out + name.slice(copied);
}

/** Index of the bracket that closes the one at `open`; -1 when there is none. */
function closingBracket(name: string, open: number): number {
  let depth = 0;
  for (let i = open; i < name.length; i++) {
    const c = name[i]!;
    if (c === '"') {
      for (i++; i < name.length && name[i] !== '"'; i++) if (name[i] === '\\') i++;
    } else if (c === '[') depth++;
    else if (c === ']' && --depth === 0) return i;
  }
  return -1;
}

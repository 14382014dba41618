/**
 * Reads callgrind's output format (https://valgrind.org/docs/manual/cl-format.html) as written with `--dump-instr=yes
 * --dump-line=no --separate-callers=N`: every instruction's count, in every calling context. It knows the grammar only;
 * what the symbols mean is callgrind-stacks.ts.
 */
import { MeasurementError } from '../base/errors.ts';

/** A function as reached through a chain of callers. */
export interface Context {
  /** Symbols from the function outwards to its callers; callgrind joins them with `'`. */
  readonly chain: string;
  /** The file that holds the function: the service's executable or a shared library. */
  readonly object: string;
}

/** Parallel arrays throughout: row i of `costs` says that `context[i]` executed the instruction at `address[i]` `count[i]` times. */
export interface CallgrindProfile {
  readonly contexts: readonly Context[];
  readonly costs: { readonly context: number[]; readonly address: number[]; readonly count: number[] };
  /**
   * From the instruction at `site[i]` of `caller[i]` control went to `target[i]` in `callee[i]`, `count[i]` times. Only
   * where the target is the function's entry was it surely called.
   */
  readonly calls: {
    readonly caller: number[];
    readonly site: number[];
    readonly callee: number[];
    readonly target: number[];
    readonly count: number[];
    /** Instructions from the calls to their returns; means nothing where goroutines change stacks in between. */
    readonly inclusive: number[];
  };
  /** All instructions executed. */
  readonly total: number;
}

const CODE = {
  newline: 10,
  space: 32,
  tab: 9,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  minus: 45,
  zero: 48,
  nine: 57,
  equals: 61,
  x: 120,
};

/**
 * The content of one callgrind file. Throws a MeasurementError naming `label` when the text is of another kind, is cut
 * off, or when its counts do not add up to the total that callgrind wrote at its end.
 */
export function parseCallgrind(bytes: Uint8Array, label: string): CallgrindProfile {
  const decoder = new TextDecoder();
  const contexts: Context[] = [];
  const contextOf = new Map<string, number>();
  const objects = new Map<number, string>();
  const functions = new Map<number, string>();
  const costs = { context: [] as number[], address: [] as number[], count: [] as number[] };
  const calls: CallgrindProfile['calls'] = {
    caller: [],
    site: [],
    callee: [],
    target: [],
    count: [],
    inclusive: [],
  };

  let at = 0;
  let object = '';
  let calledObject: string | undefined;
  let context = -1;
  let callee = -1;
  let pendingCalls = -1;
  let target = 0;
  let address = 0;
  let sum = 0;
  let total: number | undefined;

  const refuse = (why: string): never => {
    throw new MeasurementError(`${label}: ${why}`, { hint: 'the file was not written to its end; measure again' });
  };
  const number = (): number => {
    let value = 0;
    if (bytes[at] === CODE.zero && bytes[at + 1] === CODE.x) {
      at += 2;
      for (;;) {
        const c = bytes[at] ?? 0;
        const digit = c >= 48 && c <= 57 ? c - 48 : c >= 97 && c <= 102 ? c - 87 : -1;
        if (digit < 0) return value;
        value = value * 16 + digit;
        at++;
      }
    }
    const start = at;
    for (let c = bytes[at] ?? 0; c >= CODE.zero && c <= CODE.nine; c = bytes[++at] ?? 0)
      value = value * 10 + c - CODE.zero;
    if (at === start) refuse(`byte ${at} should be a number`);
    return value;
  };
  const skipSpace = () => {
    while (bytes[at] === CODE.space) at++;
  };
  const position = (): number => {
    const sign = bytes[at];
    let position = address;
    if (sign === CODE.star) at++;
    else if (sign === CODE.plus) {
      at++;
      position += number();
    } else if (sign === CODE.minus) {
      at++;
      position -= number();
    } else position = number();
    skipSpace();
    return position;
  };
  /** `(12) name` defines a name, `(12)` repeats it. */
  const name = (names: Map<number, string>, end: number): string => {
    if (bytes[at] !== CODE.open) return decoder.decode(bytes.subarray(at, end));
    at++;
    const id = number();
    at++;
    if (at >= end) return names.get(id) ?? refuse(`a name (${id}) is used before it is given`);
    const text = decoder.decode(bytes.subarray(at + 1, end));
    names.set(id, text);
    return text;
  };
  const contextIndex = (chain: string, file: string) => {
    const known = contextOf.get(chain);
    if (known !== undefined) return known;
    contextOf.set(chain, contexts.length);
    return contexts.push({ chain, object: file }) - 1;
  };

  const head = decoder.decode(bytes.subarray(0, 4096));
  if (!head.includes('creator: callgrind')) refuse('this is not a callgrind profile');
  if (!/^positions: instr$/m.test(head) || !/^events: Ir$/m.test(head))
    refuse('it does not hold counts of instructions');

  while (at < bytes.length) {
    let end = bytes.indexOf(CODE.newline, at);
    if (end === -1) end = bytes.length;
    const c = bytes[at] ?? 0;
    if ((c >= CODE.zero && c <= CODE.nine) || c === CODE.plus || c === CODE.minus || c === CODE.star) {
      if (context < 0) refuse('a count stands before any function');
      const here = position();
      if (at >= end) refuse('a count is cut off');
      const count = number();
      if (pendingCalls >= 0) {
        calls.caller.push(context);
        // Relative to the last count, as every position is, but not itself what the next one is relative to.
        calls.site.push(here);
        calls.callee.push(callee);
        calls.target.push(target);
        calls.count.push(pendingCalls);
        calls.inclusive.push(count);
        pendingCalls = -1;
        calledObject = undefined;
      } else {
        address = here;
        costs.context.push(context);
        costs.address.push(address);
        costs.count.push(count);
        sum += count;
      }
    } else if (end - at > 3) {
      const equals = bytes.indexOf(CODE.equals, at);
      const key = equals > 0 && equals - at < 6 ? decoder.decode(bytes.subarray(at, equals)) : '';
      if (key !== '') at = equals + 1;
      if (key === 'fn') context = contextIndex(name(functions, end), object);
      else if (key === 'cfn') callee = contextIndex(name(functions, end), calledObject ?? object);
      else if (key === 'calls') {
        pendingCalls = number();
        skipSpace();
        target = position();
      } else if (key === 'ob') object = name(objects, end);
      else if (key === 'cob') calledObject = name(objects, end);
      else if (decoder.decode(bytes.subarray(at, at + 8)) === 'totals: ') {
        at += 8;
        total = number();
      }
    }
    at = end + 1;
  }
  if (total === undefined) return refuse('it is cut off: the total at its end is missing');
  if (total !== sum) return refuse(`it is damaged: its counts add up to ${sum}, its total says ${total}`);
  return { contexts, costs, calls, total };
}

/**
 * What a commit changes, function by function: the document that the Go program in go/changes writes. Pure.
 */

/** `c` functions are those that cgo compiles; only instruction counts see them by name. */
export type FunctionKind = 'go' | 'assembly' | 'c';

/**
 * Names may repeat: init functions share `pkg.init.*`, closures of these and of package-level initialisers
 * `pkg.glob..func*`.
 */
export interface DeclaredFunction {
  /** As Go's profiles print it, in canonical form: unescaped, type arguments as [...], without ordinals. */
  readonly name: string;
  readonly kind: FunctionKind;
  /** The import path. */
  readonly package: string;
  /** As -trimpath prints it: `module@version/…/file.go`, or `importpath/file.go` of a main module. */
  readonly file: string;
  /** The file on disk. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Of the source without comments and formatting. */
  readonly hash: string;
}

export interface ChangedFunction {
  /** Also `pkg.init`, the code that initialises the package's variables, which is declared nowhere. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly status: 'modified' | 'added' | 'removed';
  /** 'source', 'uses example.com/shop/digest.rounds', 'embed words.txt', 'assembly', 'cgo'. */
  readonly reason: string;
  readonly package: string;
  /** Undefined for a main module's own functions. */
  readonly module?: ModuleChange;
}

export interface ModuleChange {
  readonly path: string;
  /** Undefined where the module is not used. */
  readonly base?: string;
  readonly head?: string;
}

export interface MovedFunction {
  readonly from: string;
  readonly to: string;
}

export interface Changes {
  /** All functions of the packages that may differ, by file and line. */
  readonly functions: { readonly base: readonly DeclaredFunction[]; readonly head: readonly DeclaredFunction[] };
  /** By package and name. */
  readonly changed: readonly ChangedFunction[];
  /** Removed and added functions of the same source. */
  readonly moved: readonly MovedFunction[];
  /** Dependencies whose versions differ. */
  readonly modules: readonly ModuleChange[];
  /** Files that could not be parsed: their functions count as changed when a byte of the file differs. */
  readonly unparsed: readonly { readonly path: string; readonly message: string }[];
}

/** The document as a value; throws an Error that names the first place which is not as it should be. */
export function parseChanges(text: string): Changes {
  const top = object(JSON.parse(text), 'changes');
  const functions = object(top['functions'], 'functions');
  return {
    functions: {
      base: list(functions['base'], 'functions.base', declared),
      head: list(functions['head'], 'functions.head', declared),
    },
    changed: list(top['changed'], 'changed', changed),
    moved: list(top['moved'], 'moved', (value, at) => {
      const record = object(value, at);
      return { from: string(record, 'from', at), to: string(record, 'to', at) };
    }),
    modules: list(top['modules'], 'modules', moduleChange),
    unparsed: list(top['unparsed'], 'unparsed', (value, at) => {
      const record = object(value, at);
      return { path: string(record, 'path', at), message: string(record, 'message', at) };
    }),
  };
}

const KINDS = ['go', 'assembly', 'c'] as const;
const STATUSES = ['modified', 'added', 'removed'] as const;
const REASON = /^(source|assembly|cgo|uses .+|embed .+)$/;

type Fields = Record<string, unknown>;

function declared(value: unknown, at: string): DeclaredFunction {
  const record = object(value, at);
  return {
    name: string(record, 'name', at),
    kind: oneOf(record, 'kind', KINDS, at),
    package: string(record, 'package', at),
    file: string(record, 'file', at),
    path: string(record, 'path', at),
    startLine: line(record, 'startLine', at),
    endLine: line(record, 'endLine', at),
    hash: string(record, 'hash', at),
  };
}

function changed(value: unknown, at: string): ChangedFunction {
  const record = object(value, at);
  const reason = string(record, 'reason', at);
  if (!REASON.test(reason)) throw wrong(`${at}.reason`, reason);
  return {
    name: string(record, 'name', at),
    kind: oneOf(record, 'kind', KINDS, at),
    status: oneOf(record, 'status', STATUSES, at),
    reason,
    package: string(record, 'package', at),
    ...(record['module'] === undefined ? {} : { module: moduleChange(record['module'], `${at}.module`) }),
  };
}

function moduleChange(value: unknown, at: string): ModuleChange {
  const record = object(value, at);
  return {
    path: string(record, 'path', at),
    ...(record['base'] === undefined ? {} : { base: string(record, 'base', at) }),
    ...(record['head'] === undefined ? {} : { head: string(record, 'head', at) }),
  };
}

function object(value: unknown, at: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(at, value);
  return value as Fields;
}

function list<T>(value: unknown, at: string, item: (value: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw wrong(at, value);
  return value.map((one, index) => item(one, `${at}[${index}]`));
}

function string(record: Fields, key: string, at: string): string {
  const value = record[key];
  if (typeof value !== 'string' || value === '') throw wrong(`${at}.${key}`, value);
  return value;
}

function line(record: Fields, key: string, at: string): number {
  const value = record[key];
  if (!Number.isInteger(value) || (value as number) < 1) throw wrong(`${at}.${key}`, value);
  return value as number;
}

function oneOf<T extends string>(record: Fields, key: string, allowed: readonly T[], at: string): T {
  const value = record[key];
  if (!allowed.includes(value as T)) throw wrong(`${at}.${key}`, value);
  return value as T;
}

function wrong(at: string, value: unknown): Error {
  return new Error(`the change finder's answer is malformed at ${at}: ${JSON.stringify(value) ?? 'nothing'}`);
}

/** What the source of a service says about how it is started and what it answers: the answer of the program in go/inspect. Pure. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** A place in the source; the file is relative to the root of the repository. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What one package declares, in the order of its source. */
export interface PackageSource {
  readonly importPath: string;
  readonly imports: readonly string[];
  readonly variables: readonly TextVariable[];
  readonly flags: readonly Flag[];
  readonly environment: readonly EnvironmentVariable[];
  readonly commands: readonly Subcommand[];
  readonly listens: readonly Listen[];
  readonly routes: readonly Route[];
  readonly rpcs: readonly Rpc[];
  readonly configs: readonly ConfigStruct[];
  /** Where a route is registered under a path that was not understood. */
  readonly unclear: readonly Place[];
}

/** A package-level text variable that `-X` can set. */
export interface TextVariable extends Place {
  readonly name: string;
  readonly value: string;
}

export interface Flag extends Place {
  readonly name: string;
  /** `-` for package flag, `--` for all others. */
  readonly dashes: '-' | '--';
  /** '' where there is none, or none that the source tells. */
  readonly default: string;
  readonly isNumber: boolean;
  /** The subcommand that it is defined within; '' where the source does not tell. */
  readonly command: string;
}

export interface EnvironmentVariable extends Place {
  readonly name: string;
  readonly default: string;
}

export interface Subcommand extends Place {
  readonly name: string;
}

/** Where it begins to serve, or opens a port. */
export interface Listen extends Place {
  /** As it is written: `http.ListenAndServe`. */
  readonly call: string;
  /** '' unless it is a constant. */
  readonly address: string;
  /** It is given an address that is none. */
  readonly isTold: boolean;
}

export interface Route extends Place {
  /** '' for any. */
  readonly method: string;
  /** With its parameters as the router writes them: `/orders/{id}`, `/orders/:id`. */
  readonly path: string;
}

/** Something about gRPC: a server is made, a service is registered on one, a service has a unary method. */
export interface Rpc extends Place {
  readonly kind: 'server' | 'service' | 'method';
  /** `Greeter` where it is registered, `helloworld.Greeter` of a method; '' of a server. */
  readonly service: string;
  /** Of a method, else ''. */
  readonly name: string;
}

/** A struct that the text of a config file is decoded into; the place is the struct's. */
export interface ConfigStruct extends Place {
  /** '' where it may be any of them. */
  readonly format: ConfigFormat | '';
  /** All keys of the first level. */
  readonly top: readonly string[];
  /** Those of all levels that have a text or a number. */
  readonly keys: readonly ConfigKey[];
}

export interface ConfigKey extends Place {
  /** From the first level: `web`, `port`. */
  readonly path: readonly string[];
  readonly isNumber: boolean;
}

const CONFIG_FORMATS = ['yaml', 'toml', 'json', 'ini'] as const;
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** The answer as a value; throws an Error where it is not as it should be. */
export function parseSource(text: string): PackageSource[] {
  const value: unknown = JSON.parse(text);
  validate ??= new Ajv2020().compile(SCHEMA);
  if (validate(value)) return (value as { packages: PackageSource[] }).packages;
  const [error] = validate.errors ?? [];
  throw new Error(`the answer about the source is malformed at ${error?.instancePath}: ${error?.message}`);
}

let validate: ValidateFunction | undefined;

const text = { type: 'string' } as const;

const listOf = (properties: object) => ({ type: 'array', items: record(properties) });
const listOfPlaces = (properties: object) =>
  listOf({ ...properties, file: { type: 'string', minLength: 1 }, line: { type: 'integer', minimum: 1 } });

function record(properties: object) {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

const SCHEMA = record({
  packages: listOf({
    importPath: text,
    imports: { type: 'array', items: text },
    variables: listOfPlaces({ name: text, value: text }),
    flags: listOfPlaces({
      name: text,
      dashes: { enum: ['-', '--'] },
      default: text,
      isNumber: { type: 'boolean' },
      command: text,
    }),
    environment: listOfPlaces({ name: text, default: text }),
    commands: listOfPlaces({ name: text }),
    listens: listOfPlaces({ call: text, address: text, isTold: { type: 'boolean' } }),
    routes: listOfPlaces({ method: text, path: text }),
    rpcs: listOfPlaces({ kind: { enum: ['server', 'service', 'method'] }, service: text, name: text }),
    configs: listOfPlaces({
      format: { enum: ['', ...CONFIG_FORMATS] },
      top: { type: 'array', items: text },
      keys: listOfPlaces({ path: { type: 'array', items: text, minItems: 1 }, isNumber: { type: 'boolean' } }),
    }),
    unclear: listOfPlaces({}),
  }),
});

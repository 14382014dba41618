/**
 * The JSON Schema of perf-gate.yml: every key with its form, its default and what it is for. Editors use it as it is,
 * the README's table is made from it, and its defaults are the only ones there are. The `format`s are explained in
 * formats.ts; editors that do not know them still have the patterns.
 */

import { FUNCTION_METRICS, INSTRUMENTS, limitsOf, METRICS, type MetricName, metricOf } from '../model/metrics.ts';
import {
  GRPC_CODES,
  LISTEN,
  LOAD_TOOLS,
  METHODS,
  ON_CONFIG_CHANGE,
  PROTOCOLS,
  STANDARD,
  STOP_SIGNALS,
  STORES,
  type WrittenFloor,
} from './config.ts';
import { DURATION_PATTERN } from './duration.ts';
import type { FormatName } from './formats.ts';
import { LIMIT_PATTERN, SHARE_PATTERN } from './limit.ts';

type TypeName = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** As much of JSON Schema 2020-12 as perf-gate.yml needs. */
export interface Schema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly format?: FormatName;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  /** Only ever `{}`: the key is refused, and the description is the reason. */
  readonly not?: Schema;
}

const service: Schema = {
  description: 'The service under test: how it is built, started and stopped.',
  type: 'object',
  required: ['package'],
  additionalProperties: false,
  properties: {
    package: {
      description: 'The main package, relative to `service.dir`.',
      type: 'string',
      format: 'go-package',
      examples: ['./cmd/orders'],
    },
    base: {
      description: 'What the base has elsewhere.',
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: {
        package: {
          description:
            'The main package of the base, relative to `service.dir`, for a commit that moves it. It counts only where the base has no Go files in `service.package`, so that it may stay after the merge. Without it: the place that git says the files were moved from.',
          type: 'string',
          format: 'go-package',
          examples: ['./cmd/old'],
        },
      },
    },
    name: {
      description: 'The name in reports. Without it: the last part of the package, or of the directory for `.`.',
      type: 'string',
      format: 'service-name',
    },
    dir: {
      description:
        'The directory to build and run in, relative to the root of the repository. Without it: the directory of this file.',
      type: 'string',
      format: 'directory',
      examples: ['services/orders'],
    },
    setup: list('Shell commands to run in each checkout before the build.', { type: 'string', format: 'text' }),
    build: {
      description: 'How the program is built.',
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: {
        command: {
          description:
            'A shell command in place of `go build`. `{output}` is the program to write, `{ldflags}` the flags that perf-gate would give to `-ldflags`. Literal braces are written `{{` and `}}`.',
          type: 'string',
          format: 'build-command',
          examples: ['make build OUT={output} LDFLAGS={ldflags}'],
        },
        flags: list('More flags for `go build`.', { type: 'string', format: 'build-flag' }),
        tags: list('Build tags.', { type: 'string', format: 'build-tag' }),
        env: map('Environment of the build and of `service.setup`.', 'env-name', {
          type: 'string',
          format: 'env-value',
        }),
        ldflags: { description: 'More flags for `-ldflags`.', type: 'string', format: 'env-value', default: '' },
      },
    },
    inject: map(
      'Variables to set with `-ldflags -X`, proved after the build. Values know `{version}` (git describe), `{commit}`, `{shortCommit}`, `{branch}` and `{buildTime}`.',
      'go-variable',
      { type: 'string', format: 'inject-template' },
    ),
    args: list(
      'Arguments of the service. They know `{port}`, `{socket}` (with `service.listen: unix`), `{side}` (base or head) and `{dir}` (its checkout).',
      { type: 'string', format: 'run-template' },
    ),
    env: map('Environment of the service; the values know the same placeholders as `service.args`.', 'env-name', {
      type: 'string',
      format: 'run-template',
    }),
    files: map(
      'Files for a service that takes its port from one: they are written into its private checkout before each start, each for its own port. The path is relative to `service.dir`, and may hold `{port}` and `{side}`, for a service that reads its file again when that changes; the value is the text, or `{ template: testdata/perf-gate.toml }`, a file relative to the directory of this file. They know the placeholders of `service.args`; other braces stay as they are.',
      'service-file',
      {
        description: 'The text of the file.',
        type: ['string', 'object'],
        format: 'file-template',
        required: ['template'],
        additionalProperties: false,
        properties: {
          template: {
            description: 'A file with the text, relative to the directory of this file.',
            type: 'string',
            format: 'file',
            examples: ['testdata/perf-gate.toml'],
          },
        },
      },
    ),
    listen: {
      description: 'What the service listens on: a `port` of 127.0.0.1, or the `unix` socket `{socket}`.',
      type: 'string',
      enum: LISTEN,
      default: 'port',
    },
    protocol: {
      description:
        'What it speaks there: `http` and `https` are HTTP/1.1, `h2` is HTTP/2 over TLS, `h2c` HTTP/2 in clear without an upgrade.',
      type: 'string',
      enum: PROTOCOLS,
      default: 'http',
    },
    tls: {
      description:
        'Whom to trust with `https` and `h2`. Without it any certificate will do, since it is our own service on this machine.',
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: {
        ca: {
          description: 'A file of PEM certificates that are trusted, relative to the directory of this file.',
          type: 'string',
          format: 'file',
          examples: ['testdata/ca.pem'],
        },
        'server-name': {
          description: 'The name that the service is called by (SNI), and that its certificate must be for.',
          type: 'string',
          format: 'host-name',
          examples: ['shop.internal'],
        },
      },
    },
    ready: {
      description:
        'The request that the service answers once it is ready, such as `GET /healthz`. Without a path, it is ready when its port accepts connections.',
      type: ['string', 'object'],
      format: 'request-line',
      default: {},
      examples: ['GET /healthz'],
      additionalProperties: false,
      properties: {
        method: { description: 'The method.', type: 'string', enum: METHODS, default: STANDARD.method },
        path: { description: 'The path.', type: 'string', format: 'path' },
        status: {
          description: 'The status that says ready.',
          type: 'integer',
          minimum: 200,
          maximum: 599,
          default: STANDARD.readyStatus,
        },
        timeout: duration('How long it may take to get ready.', STANDARD.readyTimeout),
      },
    },
    stop: {
      description: 'How the service is stopped.',
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: {
        signal: {
          description: 'The signal that asks it to stop.',
          type: 'string',
          enum: STOP_SIGNALS,
          default: 'SIGTERM',
        },
        timeout: duration('How long it may take to stop before it is killed.', '10s'),
      },
    },
  },
};

const STATUS: Schema = {
  type: ['integer', 'array'],
  minimum: 200,
  maximum: 599,
  minItems: 1,
  uniqueItems: true,
  items: { type: 'integer', minimum: 200, maximum: 599 },
};

/** One request to send, wherever it stands. */
const STEP: Readonly<Record<string, Schema>> = {
  name: { description: 'The name in reports. Without it: method and path.', type: 'string', format: 'text' },
  method: { description: 'The method.', type: 'string', enum: METHODS, default: STANDARD.method },
  path: { description: 'The path, with its query.', type: 'string', format: 'path', examples: ['/orders'] },
  headers: headers('Headers of this request; they win over `load.headers`.'),
  body: {
    description: 'The body: a map or a list is sent as JSON, text as it is.',
    type: ['object', 'array', 'string'],
  },
  'body-file': {
    description: 'A file to send as the body, relative to the directory of this file.',
    type: 'string',
    format: 'file',
  },
  expect: {
    ...STATUS,
    description:
      'What counts as success: a status, a list of statuses, or a map that has more of the answer. Without it: any 2xx, and of gRPC the status OK.',
    type: ['integer', 'array', 'object'],
    additionalProperties: false,
    properties: {
      status: { ...STATUS, description: 'The status, or list of statuses. Without it: any 2xx.' },
      header: {
        description: 'Headers by name: a text that the value has in it, `exists` or `absent`.',
        type: 'object',
        propertyNames: { format: 'answer-header' },
        additionalProperties: { type: 'string', format: 'text' },
      },
      body: {
        description: 'What is in the body, of at most 4 MB.',
        type: 'object',
        additionalProperties: false,
        properties: {
          contains: { description: 'A text that it has in it.', type: 'string', format: 'text' },
          regex: {
            description: 'A regular expression (JavaScript) that it matches.',
            type: 'string',
            format: 'regular-expression',
          },
          json: {
            description:
              'Places in its JSON, as for `capture`: a text, number, boolean or null that stands there, `exists` or `absent`: `{ "$.errors": absent }`.',
            type: 'object',
            propertyNames: { format: 'json-place' },
            additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
          },
        },
      },
      grpc: {
        description: 'The status that a call of gRPC ends with. Without it: OK.',
        type: 'string',
        enum: GRPC_CODES,
      },
    },
  },
};

const CAPTURE = map(
  'What is taken from the response, by the name that it has in the path, headers and body of the requests behind it (`then`), where it is written `{name}`: a place in its JSON such as `$.order.id`, `{ header: location, match: "[0-9]+$" }`, or `{ match: "csrf=([0-9a-f]+)" }` in its text. What is put into a path is percent-encoded; `"{name}"` alone in a JSON body stays a number where it was one.',
  'capture-name',
  {
    description: 'Where the value is.',
    type: ['string', 'object'],
    format: 'json-path',
    additionalProperties: false,
    properties: {
      header: { description: 'The header that has it.', type: 'string', format: 'header-name' },
      match: {
        description: 'A regular expression (JavaScript) for it; its first group where there is one.',
        type: 'string',
        format: 'regular-expression',
      },
    },
  },
);

const load: Schema = {
  description:
    'The requests that both sides are given: `requests`, or a `command` that sends them. Where there are `scenarios`: what they share.',
  type: 'object',
  default: {},
  additionalProperties: false,
  properties: {
    requests: {
      description: 'The requests, at least one: `GET /path`, or a map for more than that.',
      type: 'array',
      minItems: 1,
      examples: [['GET /orders?limit=40']],
      items: {
        type: ['string', 'object'],
        format: 'request-line',
        required: ['path'],
        additionalProperties: false,
        properties: {
          ...STEP,
          weight: {
            description: 'How often it is sent in comparison with the others.',
            type: 'integer',
            minimum: 1,
            maximum: 10_000,
            default: STANDARD.weight,
          },
          capture: CAPTURE,
          // biome-ignore lint/suspicious/noThenProperty: the key of a file, never awaited
          then: list(
            'Requests to send behind this one, in order and over the same connection: `GET /orders/{id}` with what it has captured, `GET {location}` where that is a path or an address. All of them together have its weight.',
            {
              type: ['string', 'object'],
              format: 'step-line',
              required: ['path'],
              additionalProperties: false,
              properties: { ...STEP, path: { ...STEP.path, format: 'step-path' }, capture: CAPTURE },
            },
          ),
        },
      },
    },
    headers: headers(
      'Headers of every request. A value may have `{env:NAME}`, a secret from the environment: `Bearer {env:API_TOKEN}`.',
    ),
    'basic-auth': {
      description:
        'User and password for every request without an `authorization` header of its own: `admin:{env:PASSWORD}`.',
      type: 'string',
      format: 'basic-auth',
      examples: ['admin:{env:PASSWORD}'],
    },
    command: {
      description:
        'A shell command that sends the requests, in place of `requests`; it is run in the directory of this file. It knows `{url}` (http://127.0.0.1:41234), `{port}`, `{socket}`, `{requests}`, `{seconds}`, `{connections}`, `{side}`, `{dir}` and `{summary}` (a file for it to write). See docs/load-tools.md.',
      type: 'string',
      format: 'load-command',
      examples: ['hey -n {requests} -c {connections} {url}/orders'],
    },
    tool: {
      description:
        'Whose output `command` writes; `json` is any program whose last line is `{"requests": 300, "errors": 0}`. Without it: the first of these tools that the command calls, else `json`.',
      type: 'string',
      enum: LOAD_TOOLS,
    },
    warmup: count('Requests before anything is counted.', 0, 200),
    count: count('Requests that the exact instruments count. At least the sum of all weights.', 10, 300),
    connections: {
      description: 'Connections that are kept busy while time is measured.',
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 4,
    },
    timeout: duration(
      'How long one request may take. With `command`: how long one run of it may take, besides the seconds that it is told; where instructions are counted, 30 times as long.',
      '10s',
    ),
    errors: {
      description: 'The share of requests that may fail before a measurement is invalid: 0, or such as `1%`.',
      type: ['number', 'string'],
      minimum: 0,
      maximum: 0,
      format: 'share',
      pattern: SHARE_PATTERN,
      default: 0,
    },
  },
};

const OF_THE_WHOLE = METRICS.filter((name) => limitsOf(name).function === undefined);

const limits: Schema = {
  description: 'What may rise, and by how much per request.',
  type: 'object',
  default: {},
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(METRICS.map((name) => [name, metric(name)])),
    functions: list('Other limits for some functions; a later rule wins.', {
      type: 'object',
      required: ['match'],
      additionalProperties: false,
      properties: {
        match: {
          description: 'The names of the functions; `*` stands for any characters.',
          type: 'string',
          format: 'glob',
          examples: ['example.com/shop/pricing.*'],
        },
        ...Object.fromEntries(FUNCTION_METRICS.map((name) => [name, limit(`The limit of ${name}.`)])),
        ...Object.fromEntries(
          OF_THE_WHOLE.map((name) => [name, refused(`${wholeOnly(name)}: write limits.${name}.total`)]),
        ),
      },
    }),
    ignore: list('Functions that are never judged; `*` stands for any characters.', {
      type: 'string',
      format: 'narrow-glob',
    }),
    waivers: list(
      'Accepted findings, each with an end and a reason. One that a pull request adds counts once it is merged.',
      {
        type: 'object',
        required: ['function', 'metric', 'up-to', 'until', 'reason'],
        additionalProperties: false,
        properties: {
          function: {
            description: 'The name of the function; `*` stands for any characters.',
            type: 'string',
            format: 'glob',
            examples: ['main.hash'],
          },
          metric: { description: 'What may rise.', type: 'string', enum: FUNCTION_METRICS, examples: ['instructions'] },
          'up-to': {
            description: 'By how much.',
            type: 'string',
            format: 'limit',
            pattern: LIMIT_PATTERN,
            examples: ['+12%'],
          },
          until: {
            description: 'The last day on which it holds.',
            type: 'string',
            format: 'date',
            examples: ['2026-12-31'],
          },
          reason: {
            description: 'Why it is accepted.',
            type: 'string',
            format: 'text',
            examples: ['stronger hash, #412'],
          },
        },
      },
    ),
  },
};

const scenarios = map(
  'Several loads in place of one, by name: each has what stands under `load`, with `requests` or a `command` of its own, and `limits`; and each is measured, judged and reported by itself. What a scenario leaves out is as in `load` and `limits`. Its headers, `limits.functions`, `limits.ignore` and `limits.waivers` are added to those.',
  'scenario-name',
  {
    description: 'One load of the service.',
    type: 'object',
    additionalProperties: false,
    properties: { ...own(load).properties, limits: own(limits) },
  },
);

const baseline: Schema = {
  description: 'What the head is compared with, and where its measured figures are kept.',
  type: 'object',
  default: {},
  additionalProperties: false,
  properties: {
    branch: {
      description: 'The branch that changes go to. Without it: the default branch of the repository, or `main`.',
      type: 'string',
      format: 'branch',
      examples: ['main'],
    },
    store: {
      description:
        'Where `perf-gate save` keeps what it measured, so that a run need not measure its base: a `git` branch, a `directory` (with the cache of the CI), an `s3` bucket, or any program (`exec`). Without it the base is measured in every run.',
      type: 'string',
      enum: STORES,
    },
    remote: {
      description: '`git`: the remote that holds the data branch, or its URL.',
      type: 'string',
      format: 'remote',
      default: 'origin',
    },
    'data-branch': {
      description: '`git`: the branch for the figures alone; it has one commit, which is replaced.',
      type: 'string',
      format: 'branch',
      default: 'perf-gate-baselines',
    },
    'token-env': {
      description:
        '`git`: the environment variable that holds a token for an https remote. Without it: the credentials that git has.',
      type: 'string',
      format: 'env-name',
      examples: ['GITHUB_TOKEN'],
    },
    path: {
      description: '`directory`: where it is, absolute or relative to the directory of this file.',
      type: 'string',
      format: 'text',
      examples: ['.cache/perf-gate'],
    },
    bucket: { description: '`s3`: the bucket.', type: 'string', format: 'bucket', examples: ['acme-ci'] },
    prefix: {
      description: '`s3`: what the names of the objects begin with.',
      type: 'string',
      format: 'object-prefix',
      default: 'perf-gate',
    },
    region: {
      description: '`s3`: the region. Without it: `AWS_REGION`, `AWS_DEFAULT_REGION`, `us-east-1`.',
      type: 'string',
      format: 'region',
      examples: ['eu-central-1'],
    },
    endpoint: {
      description: '`s3`: the URL of a server other than AWS. Without it: `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`.',
      type: 'string',
      format: 'http-url',
      examples: ['https://storage.example.com'],
    },
    command: {
      description:
        '`exec`: a shell command that is given `list SERVICE`, `read KEY`, `write KEY` or `remove KEY`; see docs/baselines.md.',
      type: 'string',
      format: 'text',
      examples: ['./scripts/baselines.sh'],
    },
    'max-distance': {
      description:
        'How many commits before the base may stand in for it, where they build to the very same program. 0: the base alone.',
      type: 'integer',
      minimum: 0,
      maximum: 1000,
      default: 20,
    },
    keep: {
      description: 'Commits of the service that stay in the store.',
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      default: 30,
    },
  },
};

/** The schema of perf-gate.yml, draft 2020-12. */
export const CONFIG_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/perf-gate/schema/perf-gate.schema.json',
  title: 'perf-gate.yml',
  description: 'What perf-gate measures, and what it allows.',
  type: 'object',
  required: ['service'],
  additionalProperties: false,
  properties: {
    service,
    load,
    limits,
    scenarios,
    baseline,
    budget: duration(
      'The most time that the cpu instrument may spend, on each scenario where there are several.',
      '2m',
    ),
    'on-inconclusive': {
      description:
        'What the gate does where noise leaves open whether a limit is exceeded, where a limit guards nothing, or where what is required was not judged.',
      type: 'string',
      enum: ['pass', 'fail'],
      default: 'pass',
    },
    'on-config-change': {
      description:
        "Whose rules count where a pull request changes this file: `base` the stricter of both on the load of the base, and no pass on another load or build; `fail` the same, and whatever is loosened or measured otherwise fails; `note` the pull request's own, told. The base's file says it.",
      type: 'string',
      enum: ON_CONFIG_CHANGE,
      default: 'base',
    },
    instruments: {
      description: 'What is measured.',
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', enum: INSTRUMENTS },
      default: INSTRUMENTS,
    },
    require: {
      description:
        'Instruments without which there is no pass: where one of them cannot be used and a limit hangs on it, the verdict is inconclusive. Without it: in CI all of them, elsewhere none. `[]`: none anywhere.',
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', enum: INSTRUMENTS },
    },
  },
};

/** The same keys for one scenario: what it does not say has no default, but is as for all of them. */
function own({ default: _, ...schema }: Schema): Schema {
  if (schema.properties === undefined) return schema;
  const properties = Object.entries(schema.properties).map(([key, child]) => [key, own(child)]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

function list(description: string, items: Schema): Schema {
  return { description, type: 'array', default: [], items };
}

function map(description: string, key: FormatName, value: Schema): Schema {
  return { description, type: 'object', default: {}, propertyNames: { format: key }, additionalProperties: value };
}

function headers(description: string): Schema {
  return map(description, 'header-name', { type: 'string', format: 'header-value' });
}

function duration(description: string, standard: string): Schema {
  return { description, type: 'string', format: 'duration', pattern: DURATION_PATTERN, default: standard };
}

/** Up to ten million, so that a slip of the finger does not run for a day. */
function count(description: string, minimum: number, standard: number): Schema {
  return { description, type: 'integer', minimum, maximum: 10_000_000, default: standard };
}

/** Its limits, and what holds where nothing is written. */
function metric(name: MetricName): Schema {
  const { about, total, function: one, collection, floor: least, counted } = limitsOf(name);
  const standard = (what: typeof total) => limit(what.about, what.limit);
  return {
    description: about,
    type: ['object', 'string'],
    format: 'off',
    default: {},
    additionalProperties: false,
    properties: {
      total: standard(total),
      function: one === undefined ? refused(`${wholeOnly(name)}: only a total can have a limit`) : standard(one),
      ...(collection === undefined ? {} : { collection: standard(collection) }),
      floor: floor(counted, typeof least === 'object' ? [...least] : least),
    },
  };
}

function wholeOnly(name: MetricName): string {
  return `${metricOf(name).instrument} is counted for the whole service, not per function`;
}

/** Without a default inside a rule, where absence means that the rule says nothing of this metric. */
function limit(description: string, standard?: string): Schema {
  const form: Schema = { description, type: 'string', format: 'limit-or-off', pattern: `${LIMIT_PATTERN}|^off$` };
  return standard === undefined ? form : { ...form, default: standard };
}

function floor(unit: string, standard: WrittenFloor): Schema {
  const part: Schema = { type: ['number', 'string'], minimum: 0, format: 'floor', pattern: SHARE_PATTERN };
  return {
    description: `A smaller rise is never a finding: ${unit}, a share of the total, or a list of both, of which the larger counts.`,
    ...part,
    type: ['number', 'string', 'array'],
    minItems: 1,
    items: part,
    default: standard,
  };
}

function refused(reason: string): Schema {
  return { description: reason, not: {} };
}

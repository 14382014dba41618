/**
 * What a flag is, as data: parser, help and completion are all made from it. Here are those that several commands have.
 * Nothing of the program is loaded for it, so that --help stays fast.
 */

/** What stands in a value, for completion; a list of words is the only one that is checked as well. */
export type Wants = 'file' | 'directory' | 'commit' | 'key' | readonly string[];

export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly about: string;
  /** What its value is called: FILE. With `=` in front where a value may begin with a dash. */
  readonly value?: string;
  readonly default?: string;
  readonly multiple?: true;
  readonly wants?: Wants;
  /** The key of the config that it sets. */
  readonly sets?: string;
  /** Its value is several, with commas between them. */
  readonly isList?: true;
}

export type Flags = Readonly<Record<string, Flag>>;

/** Something that is given without a flag; in brackets: it may be left out. */
export interface Argument {
  readonly name: string;
  readonly wants?: Wants;
}

export const CONFIG = {
  type: 'string',
  value: 'FILE',
  about: 'the config; perf-gate.yml, searched upwards, where it is not given',
  wants: 'file',
} as const satisfies Flag;

export const OUTPUT = {
  type: 'string',
  value: 'DIR',
  about: 'where the run directory goes',
  default: 'perf-gate-out',
  wants: 'directory',
} as const satisfies Flag;

/** The names of report/formats.ts, which would load all of them. */
export const FORMAT = {
  type: 'string',
  value: 'FORMAT',
  about: 'text, markdown, json or junit',
  default: 'text',
  wants: ['text', 'markdown', 'json', 'junit'],
} as const satisfies Flag;

export const TEXT_OR_JSON = { ...FORMAT, about: 'text or json', wants: ['text', 'json'] } as const satisfies Flag;

export const FOREIGN_CODE = {
  type: 'boolean',
  about: 'in a job of GitHub Actions: also a commit that is neither of its event nor on a branch of its repository',
} as const satisfies Flag;

export const PROGRESS = {
  quiet: { type: 'boolean', about: 'nothing but the result and errors' },
  verbose: { type: 'boolean', about: 'also the commands that are run, and what is decided on the way' },
} as const satisfies Flags;

const SET = {
  type: 'string',
  value: 'KEY=VALUE',
  about: 'any key by its path, its value as in the file: limits.instructions.total=+1%; as often as you like',
  multiple: true,
  wants: 'key',
} as const satisfies Flag;

/** Any key of the config for this once, and those that are set most by flags of their own. */
export const SETTINGS = {
  set: SET,
  package: { type: 'string', value: 'DIR', about: 'the main package', wants: 'directory', sets: 'service.package' },
  branch: { type: 'string', value: 'NAME', about: 'the branch that changes go to', sets: 'baseline.branch' },
  instruments: {
    type: 'string',
    value: 'A,B',
    about: 'what is measured: instructions, allocs, io, cpu',
    wants: ['instructions', 'allocs', 'io', 'cpu'],
    sets: 'instruments',
    isList: true,
  },
  budget: { type: 'string', value: 'TIME', about: 'the most that the cpu instrument may spend: 30s', sets: 'budget' },
  count: { type: 'string', value: 'N', about: 'requests that the exact instruments count', sets: 'load.count' },
  warmup: { type: 'string', value: 'N', about: 'requests before anything is counted', sets: 'load.warmup' },
  connections: { type: 'string', value: 'N', about: 'connections while time is measured', sets: 'load.connections' },
  'on-inconclusive': {
    type: 'string',
    value: 'WHAT',
    about: 'pass or fail, where noise leaves a limit open or a limit guards nothing',
    wants: ['pass', 'fail'],
    sets: 'on-inconclusive',
  },
} as const satisfies Flags;

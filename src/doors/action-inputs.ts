/**
 * The inputs and outputs of the GitHub Action. Inputs are called as the flags are. action.yml and the table of
 * docs/github.md are held to this list by a test.
 */
import { UserError } from '../base/errors.ts';
import { listed, plainText } from '../base/text.ts';

export const INPUTS = {
  command: {
    default: 'run',
    description:
      '`run` measures and judges; `save` measures a commit of the main branch and stores it as a baseline; `publish` shows reports that other jobs have made.',
  },
  config: {
    default: '',
    description: 'The config, relative to working-directory. Without it: perf-gate.yml, searched upwards.',
  },
  base: {
    default: '',
    description:
      'The commit to compare with. Without it: what the pull request is merged onto; for a push, what was there before.',
  },
  head: { default: '', description: 'The commit to measure. Without it: the one that is checked out.' },
  'accept-config': {
    default: 'false',
    description:
      "Judge by the pull request's own perf-gate.yml, also where it allows more or measures less than that of the base: for a job that somebody starts by hand, or for a label.",
  },
  'working-directory': { default: '.', description: 'Where perf-gate is run, relative to the workspace.' },
  output: {
    default: 'perf-gate-out',
    description:
      'The run directory, relative to working-directory: `run` writes it, `publish` reads it, or all that lie directly in it.',
  },
  comment: { default: 'true', description: 'Comment on the pull request: one comment, kept up to date.' },
  summary: { default: 'true', description: "Show the report in the job's summary." },
  key: {
    default: '',
    description:
      'Tells comments on one pull request apart where config and service do not: give each job of a matrix its own. Without it: working-directory.',
  },
  token: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, which the runner fills in
    default: '${{ github.token }}',
    description:
      'Writes the comment; needs `pull-requests: write`. Not in the environment of the service and its build.',
  },
  'allow-foreign-code': {
    default: 'false',
    description:
      'Outside of pull_request: also measure a commit that is neither of the event nor on a branch of the repository, such as that of a fork. Only for a job without any right or secret that its code must not have.',
  },
  'install-valgrind': {
    default: 'true',
    description:
      'Install valgrind where it is missing. Only on Linux runners that GitHub hosts, and only if sudo asks nothing.',
  },
} as const satisfies Readonly<Record<string, { readonly default: string; readonly description: string }>>;

export const OUTPUTS = {
  verdict: '`pass`, `fail`, `inconclusive`, or `invalid` where there are no figures; of several scenarios the worst.',
  findings: 'How many figures are over their limit, of the whole service and of functions.',
  report:
    'The path of the report in Markdown; of a service with scenarios the run directory, which has a directory for each.',
  'report-json': 'The path of the report in JSON (schema/report.schema.json); of a service with scenarios as `report`.',
  'baseline-source':
    '`stored` or `measured`: where the figures of the base come from; empty where nothing was measured.',
  'comment-url': 'The address of the comment.',
} as const;

const COMMANDS = ['run', 'save', 'publish'] as const;

export interface Inputs {
  readonly command: (typeof COMMANDS)[number];
  readonly config: string | undefined;
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly acceptConfig: boolean;
  readonly workingDirectory: string;
  readonly output: string;
  readonly comment: boolean;
  readonly summary: boolean;
  readonly key: string;
  readonly token: string | undefined;
  readonly allowForeignCode: boolean;
  readonly installValgrind: boolean;
}

/** The inputs as `getInput` of @actions/core gives them: '' for what is not there. */
export function readInputs(getInput: (name: string) => string): Inputs {
  const text = (name: keyof typeof INPUTS) => getInput(name) || INPUTS[name].default;
  const orNone = (name: keyof typeof INPUTS) => getInput(name) || undefined;
  const workingDirectory = text('working-directory');
  return {
    command: oneOf('command', COMMANDS, text('command')),
    config: orNone('config'),
    base: orNone('base'),
    head: orNone('head'),
    acceptConfig: yes('accept-config', text('accept-config')),
    workingDirectory,
    output: text('output'),
    comment: yes('comment', text('comment')),
    summary: yes('summary', text('summary')),
    key: orNone('key') ?? (workingDirectory === '.' ? '' : workingDirectory),
    // Without the runner nobody has filled its default in.
    token: orNone('token'),
    allowForeignCode: yes('allow-foreign-code', text('allow-foreign-code')),
    installValgrind: yes('install-valgrind', text('install-valgrind')),
  };
}

function oneOf<Word extends string>(name: string, words: readonly Word[], given: string): Word {
  const word = words.find((known) => known === given);
  if (word !== undefined) return word;
  throw new UserError(`the input ${name} is ${listed(words, 'or')}, not "${plainText(given)}"`);
}

const yes = (name: string, given: string) => oneOf(name, ['true', 'false'], given.toLowerCase()) === 'true';

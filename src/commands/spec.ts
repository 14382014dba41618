/**
 * Every command as data: what it is for and what it accepts. Parser, help, completion and docs/reference.md are made
 * from it; nothing of the program is loaded for it.
 */
import {
  type Argument,
  CONFIG,
  type Flags,
  FOREIGN_CODE,
  FORMAT,
  OUTPUT,
  PROGRESS,
  SETTINGS,
  TEXT_OR_JSON,
} from './flag.ts';

export interface Spec {
  readonly summary: string;
  /** How it is called, where that does not follow from its name and its arguments. */
  readonly calls?: readonly string[];
  /** A paragraph, in lines of at most 120 characters. */
  readonly about: string;
  readonly takes?: readonly Argument[];
  /** What it does, by its first argument. */
  readonly actions?: Readonly<Record<string, Action>>;
  readonly flags: Flags;
  /** At least one, each with what it is for where that is not plain. */
  readonly examples: readonly (readonly [line: string, purpose?: string])[];
}

export interface Action {
  readonly about: string;
  readonly takes: readonly Argument[];
  /** Those of the command that it has. */
  readonly flags: readonly string[];
}

const COMMIT: Argument = { name: 'COMMIT', wants: 'commit' };

export const commands = {
  run: {
    summary: 'measure head against base and judge it',
    calls: ['perf-gate [run] [flags]'],
    about: `Builds the head (the work tree as it is) and the base (the merge base with the main branch), puts the same load on
both, and says which function and line costs more per request. The report is written to the standard output, the
profiles to the output directory.`,
    flags: {
      base: { type: 'string', value: 'REF', about: 'compare with this commit', wants: 'commit' },
      head: {
        type: 'string',
        value: 'REF',
        about: 'measure this commit in place of the work tree',
        wants: 'commit',
      },
      quick: {
        type: 'boolean',
        about: 'a look within seconds, before a push: instructions and allocations of few requests, and no CPU time',
      },
      'accept-config': {
        type: 'boolean',
        about: "judge by head's own perf-gate.yml, also where it allows more or measures less than that of the base",
      },
      config: CONFIG,
      scenario: { type: 'string', value: 'NAME', about: 'measure this scenario alone, where the config names several' },
      output: OUTPUT,
      format: FORMAT,
      'allow-foreign-code': FOREIGN_CODE,
      ...PROGRESS,
      ...SETTINGS,
    },
    examples: [
      ['perf-gate', 'what will my change cost?'],
      ['perf-gate --quick', 'the same within seconds'],
      ['perf-gate run --base v1.4.0', 'against a release'],
      ['perf-gate run --base HEAD~1 --head HEAD', 'the last commit alone'],
      ['perf-gate run --count 1000 --set limits.instructions.total=+1%', 'more requests, and a stricter limit'],
    ],
  },
  init: {
    summary: 'write a perf-gate.yml that runs: finds out how the service is started and what it answers',
    about: `Reads the source of the Go service in this repository, builds it from a private checkout, starts it, tries its GET
requests, or the methods of a gRPC server that read, and writes perf-gate.yml with those that it answers. Your files are
left alone; nothing is asked.`,
    flags: {
      package: {
        type: 'string',
        value: 'DIR',
        about: 'the main package, where there are several: ./cmd/orders',
        wants: 'directory',
      },
      request: {
        type: 'string',
        value: 'REQUEST',
        about: "one more request, as under load.requests: 'GET /orders?limit=10'",
        multiple: true,
      },
      arg: {
        type: 'string',
        value: '=ARG',
        about: 'one more argument of the service; {port} stands for its port',
        multiple: true,
      },
      env: {
        type: 'string',
        value: 'NAME=VALUE',
        about:
          'one more environment variable of the service, likewise; all this is written into the file, so leave secrets in your own environment, which the service inherits',
        multiple: true,
      },
      setup: {
        type: 'string',
        value: 'COMMAND',
        about: "a shell command to run before the build: 'go generate ./...'",
        multiple: true,
      },
      hook: {
        type: 'boolean',
        about:
          'a git hook that runs perf-gate --quick before each push; without it, once: PERF_GATE_SKIP=1 git push, or git push --no-verify',
      },
      force: { type: 'boolean', about: 'write perf-gate.yml anew' },
      ...PROGRESS,
    },
    examples: [
      ['perf-gate init'],
      ['perf-gate init --package ./cmd/api --env DATABASE_URL=postgres://localhost/shop_{side}'],
      [
        "perf-gate init --arg=-listen --arg=127.0.0.1:{port} --request '{ method: POST, path: /orders, body: { sku: a-1 } }'",
      ],
      ['perf-gate init --hook'],
    ],
  },
  doctor: {
    summary: 'look at all that a run needs, try the service, and say what to do about what is missing',
    about: `Looks at the repository, the config and the machine, builds the service from a private checkout, starts it, sends each
request once and tries every instrument on it: what works here, and the smallest change that it will see. Below whatever
is not well stands what to do about it. Your files are left alone. Exit code 0: a run can work; 2: put your files or
flags right first; 3: a run cannot work here.`,
    flags: {
      'no-service': { type: 'boolean', about: 'look only: nothing is built or started' },
      config: CONFIG,
      output: { ...OUTPUT, about: 'the run directory that is looked at' },
      format: TEXT_OR_JSON,
      ...PROGRESS,
      ...SETTINGS,
    },
    examples: [
      ['perf-gate doctor', 'can a run work here, and how well?'],
      ['perf-gate doctor --no-service', 'a quick look, without a build'],
    ],
  },
  compare: {
    summary: 'judge two measured sides again, without measuring',
    about: `BASE and HEAD are directories of measured sides, for example perf-gate-out/base and perf-gate-out/head. Where both are of
one run whose commit changed its own config, what held of its base's holds again; a limit that is set is set in both.`,
    takes: [
      { name: 'BASE', wants: 'directory' },
      { name: 'HEAD', wants: 'directory' },
    ],
    flags: {
      config: {
        ...CONFIG,
        about: `the config with the limits; perf-gate.yml, searched upwards, where it is not given`,
      },
      scenario: {
        type: 'string',
        value: 'NAME',
        about: 'by the limits of this scenario, not of the one that was measured',
      },
      format: FORMAT,
      set: SETTINGS.set,
      'on-inconclusive': SETTINGS['on-inconclusive'],
    },
    examples: [
      ['perf-gate compare perf-gate-out/base perf-gate-out/head'],
      ['perf-gate compare perf-gate-out/base perf-gate-out/head --set limits.objects.total=+5%', 'what if?'],
    ],
  },
  save: {
    summary: 'measure a commit of the base branch and keep it, so that runs need not measure their base',
    about: `Measures the commit that is checked out and keeps its figures and profiles in the store that perf-gate.yml names
(baseline.store). For the job that runs when something was merged. What is there already is not measured again.`,
    flags: {
      force: { type: 'boolean', about: 'also a commit that is not on the base branch, and one that is there already' },
      config: CONFIG,
      'allow-foreign-code': FOREIGN_CODE,
      ...PROGRESS,
      ...SETTINGS,
    },
    examples: [
      ['perf-gate save'],
      ['perf-gate save --set baseline.store=directory --set baseline.path=.cache/perf-gate', 'into a directory'],
    ],
  },
  baseline: {
    summary: 'look into the store: list, show, fetch, prune',
    calls: [
      'perf-gate baseline list',
      'perf-gate baseline show COMMIT',
      'perf-gate baseline fetch COMMIT DIR',
      'perf-gate baseline prune [--keep N]',
    ],
    about: `What perf-gate save has kept of this service. COMMIT is a branch, a tag, or the beginning of a commit's id.`,
    actions: {
      list: { about: 'every commit that is kept, the newest first', takes: [], flags: ['config', 'set'] },
      show: { about: 'what was measured of a commit, and how', takes: [COMMIT], flags: ['config', 'set'] },
      fetch: {
        about: 'its profiles as plain files: go tool pprof -top DIR/instructions.pb.gz',
        takes: [COMMIT, { name: 'DIR', wants: 'directory' }],
        flags: ['config', 'set'],
      },
      prune: { about: 'removes all but the newest commits', takes: [], flags: ['keep', 'config', 'set'] },
    },
    flags: {
      keep: { type: 'string', value: 'N', about: 'commits that stay (default: baseline.keep of the config)' },
      config: CONFIG,
      set: SETTINGS.set,
    },
    examples: [
      ['perf-gate baseline show main', 'what does a request cost on main?'],
      ['perf-gate baseline fetch v1.4.0 profiles', 'its profiles, for go tool pprof'],
      ['perf-gate baseline prune --keep 10'],
    ],
  },
  publish: {
    summary: 'show the report of a run on its pull request, in CI',
    about: `In a job of GitHub Actions or CircleCI: writes the report that perf-gate run left behind as a comment on the pull request
(one comment, kept up to date) and, on GitHub, into the summary of the job. The token is read from GITHUB_TOKEN; without
one there is no comment. What cannot be delivered is told, and the exit code is 0 all the same: the verdict is that of run.`,
    flags: {
      output: { ...OUTPUT, about: 'the run directory, or a directory of run directories, as one comment' },
      key: {
        type: 'string',
        value: 'KEY',
        about: 'tells comments on one pull request apart where the service does not',
      },
    },
    examples: [
      ['perf-gate publish'],
      ['perf-gate publish --output artifacts --key linux-arm64', 'several runs, a comment of their own'],
    ],
  },
  report: {
    summary: 'print the report of a run again, in any format, without measuring',
    about: `DIR is a run directory, or a directory of run directories (default: perf-gate-out). The exit code is 0 when the report was
printed, whatever its verdict; that of run is the one that fails a job.`,
    takes: [{ name: '[DIR]', wants: 'directory' }],
    flags: { format: { ...FORMAT, about: `${FORMAT.about}; several reports are one document` } },
    examples: [
      ['perf-gate report'],
      ['perf-gate report --format junit > perf-gate.xml'],
      ['perf-gate report artifacts/perf-gate-out --format markdown'],
    ],
  },
  explain: {
    summary: 'all that was measured of one function: its costs, callers, callees and lines',
    about: `FUNCTION is a function's name or a part of it: Items, digest.Items, (*Store).Find. Shows per request, of base and head, what
the function costs, who calls it and whom it calls, its lines and how often they ran, where it allocates, and why it was
judged as it was. DIR is a run directory, or the directory of one measured side (default: perf-gate-out).`,
    takes: [{ name: 'FUNCTION' }, { name: '[DIR]', wants: 'directory' }],
    flags: {
      format: TEXT_OR_JSON,
      limit: { type: 'string', value: 'N', about: 'callers, callees and lines to show of each', default: '10' },
      config: {
        ...CONFIG,
        about: 'the config with the limits; perf-gate.yml, searched upwards, where it is not given',
      },
    },
    examples: [
      ['perf-gate explain Items'],
      ["perf-gate explain 'digest.(*Digest).Sum' perf-gate-out"],
      ['perf-gate explain encode perf-gate-out/head --limit 30'],
    ],
  },
  top: {
    summary: 'the table by function of one profile, as go tool pprof -top shows it',
    about: 'PROFILE is a file in the format of pprof, such as those that a run leaves in its directory.',
    takes: [{ name: 'PROFILE', wants: 'file' }],
    flags: {
      type: {
        type: 'string',
        value: 'TYPE',
        about: "the sample type: cpu, alloc_space, instructions (default: the profile's own default)",
      },
      sort: {
        type: 'string',
        value: 'COLUMN',
        about: 'flat or cum',
        default: 'flat',
        wants: ['flat', 'cum'] as const,
      },
      limit: { type: 'string', value: 'N', about: 'rows (default: all)' },
    },
    examples: [
      ['perf-gate top perf-gate-out/head/instructions.pb.gz --limit 20', 'where do the instructions go?'],
      ['perf-gate top perf-gate-out/head/allocs.pb.gz --type alloc_objects --sort cum', 'and the objects?'],
    ],
  },
  demo: {
    summary: 'see it work: a small service, one slower function, the whole gate',
    about: `Copies an example service into a temporary git repository, makes one of its functions slower in a second commit and runs
the gate. Exit code 0 when the gate fails that commit and names the function and the line.`,
    flags: {
      keep: { type: 'boolean', about: 'leave the repository and the run directory for a look' },
      ...PROGRESS,
    },
    examples: [['perf-gate demo'], ['perf-gate demo --keep', 'and look around afterwards']],
  },
  schema: {
    summary: 'print the JSON Schema of perf-gate.yml, or of report.json',
    about: 'For editors, which then complete and check perf-gate.yml, and for whoever reads report.json.',
    flags: { report: { type: 'boolean', about: 'that of report.json' } },
    examples: [['perf-gate schema > perf-gate.schema.json'], ['perf-gate schema --report | jq .properties.verdict']],
  },
  completion: {
    summary: 'print what makes a shell complete commands, flags and values',
    about: 'SHELL is bash, zsh or fish.',
    takes: [{ name: 'SHELL', wants: ['bash', 'zsh', 'fish'] }],
    flags: {},
    examples: [
      ['echo \'eval "$(perf-gate completion bash)"\' >> ~/.bashrc'],
      ['echo \'eval "$(perf-gate completion zsh)"\' >> ~/.zshrc', 'after compinit'],
      ['perf-gate completion fish > ~/.config/fish/completions/perf-gate.fish'],
    ],
  },
  help: {
    summary: 'tell what perf-gate can do, or how one command is used',
    about: 'perf-gate COMMAND --help says the same.',
    takes: [{ name: '[COMMAND]' }],
    flags: {},
    examples: [['perf-gate help'], ['perf-gate help run']],
  },
} satisfies Record<string, Spec>;

export type CommandName = keyof typeof commands;

/** All of them, as they are declared. */
export const entries: readonly (readonly [CommandName, Spec])[] = Object.entries(commands) as [CommandName, Spec][];

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

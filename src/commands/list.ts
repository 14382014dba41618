/** Every command: what it is for, how it is used, and where it is. A command's modules are loaded when it is called. */
import type { ExitCode } from '../errors.ts';
import type { World } from '../world.ts';

export type Command = (args: readonly string[], world: World) => Promise<ExitCode>;

interface Entry {
  readonly summary: string;
  readonly usage: string;
  load(): Promise<Command>;
}

export const commands = {
  run: {
    summary: 'measure head against base and judge it',
    usage: `usage: perf-gate [run] [flags]

Builds the head (the work tree as it is) and the base (the merge base with the main branch), puts the same load on
both, and says which function and line costs more per request. The report is written to the standard output, the
profiles to the output directory.

  --base REF        compare with this commit
  --head REF        measure this commit in place of the work tree
  --config FILE     the config; perf-gate.yml, searched upwards, where it is not given
  --output DIR      where the run directory goes (default: perf-gate-out)
  --format FORMAT   text, markdown, json or junit (default: text)

  perf-gate                                 what will my change cost?
  perf-gate run --base v1.4.0               against a release
  perf-gate run --base HEAD~1 --head HEAD   the last commit alone`,
    load: async () => (await import('./run.ts')).run,
  },
  init: {
    summary: 'write a perf-gate.yml that runs: finds out how the service is started and what it answers',
    usage: `usage: perf-gate init [flags]

Reads the source of the Go service in this repository, builds it from a private checkout, starts it, tries its GET
requests and writes perf-gate.yml with those that it answers. Your files are left alone; nothing is asked.

  --package DIR     the main package, where there are several: ./cmd/orders
  --request REQUEST one more request, as under load.requests: 'GET /orders?limit=10'
  --arg=ARG         one more argument of the service; {port} stands for its port
  --env NAME=VALUE  one more environment variable of the service, likewise; all this is written into the file, so leave
                    secrets in your own environment, which the service inherits
  --setup COMMAND   a shell command to run before the build: 'go generate ./...'
  --hook            a git hook that runs perf-gate before each push; without it, once: PERF_GATE_SKIP=1 git push, or
                    git push --no-verify
  --force           write perf-gate.yml anew

  perf-gate init
  perf-gate init --package ./cmd/api --env DATABASE_URL=postgres://localhost/shop_{side}
  perf-gate init --arg=-listen --arg=127.0.0.1:{port} --request '{ method: POST, path: /orders, body: { sku: a-1 } }'
  perf-gate init --hook`,
    load: async () => (await import('./init.ts')).init,
  },
  compare: {
    summary: 'judge two measured sides again, without measuring',
    usage: `usage: perf-gate compare BASE HEAD [flags]

BASE and HEAD are directories of measured sides, for example perf-gate-out/base and perf-gate-out/head.

  --config FILE     the config with the limits; perf-gate.yml, searched upwards, where it is not given
  --format FORMAT   text, markdown, json or junit (default: text)`,
    load: async () => (await import('./compare.ts')).compare,
  },
  save: {
    summary: 'measure a commit of the base branch and keep it, so that runs need not measure their base',
    usage: `usage: perf-gate save [flags]

Measures the commit that is checked out and keeps its figures and profiles in the store that perf-gate.yml names
(baseline.store). For the job that runs when something was merged. What is there already is not measured again.

  --force           also a commit that is not on the base branch, and one that is there already
  --config FILE     the config; perf-gate.yml, searched upwards, where it is not given`,
    load: async () => (await import('./save.ts')).save,
  },
  baseline: {
    summary: 'look into the store: list, show, fetch, prune',
    usage: `usage: perf-gate baseline list
       perf-gate baseline show COMMIT
       perf-gate baseline fetch COMMIT DIR
       perf-gate baseline prune [--keep N]

What perf-gate save has kept of this service. COMMIT is a branch, a tag, or the beginning of a commit's id.

  list              every commit that is kept, the newest first
  show              what was measured of a commit, and how
  fetch             its profiles as plain files: go tool pprof -top DIR/instructions.pb.gz
  prune             removes all but the newest commits

  --keep N          commits that stay (default: baseline.keep of the config)
  --config FILE     the config; perf-gate.yml, searched upwards, where it is not given`,
    load: async () => (await import('./baseline.ts')).baseline,
  },
  publish: {
    summary: 'show the report of a run on its pull request, in CI',
    usage: `usage: perf-gate publish [flags]

In a job of GitHub Actions or CircleCI: writes the report that perf-gate run left behind as a comment on the pull request
(one comment, kept up to date) and, on GitHub, into the summary of the job. The token is read from GITHUB_TOKEN; without
one there is no comment. What cannot be delivered is told, and the exit code is 0 all the same: the verdict is that of run.

  --output DIR      the run directory, or a directory of run directories, as one comment (default: perf-gate-out)
  --key KEY         tells comments on one pull request apart where the service alone does not`,
    load: async () => (await import('./publish.ts')).publishCommand,
  },
  top: {
    summary: 'the table by function of one profile, as go tool pprof -top shows it',
    usage: `usage: perf-gate top PROFILE [flags]

  --type TYPE       the sample type: cpu, alloc_space, instructions (default: the profile's own default)
  --sort flat|cum   (default: flat)
  --limit N         rows (default: all)`,
    load: async () => (await import('./top.ts')).top,
  },
  demo: {
    summary: 'see it work: a small service, one slower function, the whole gate',
    usage: `usage: perf-gate demo [flags]

Copies an example service into a temporary git repository, makes one of its functions slower in a second commit and runs
the gate. Exit code 0 when the gate fails that commit and names the function and the line.

  --keep            leave the repository and the run directory for a look`,
    load: async () => (await import('./demo.ts')).demo,
  },
} satisfies Record<string, Entry>;

export const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

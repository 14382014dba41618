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
  --format FORMAT   text, markdown or json (default: text)

  perf-gate                                 what will my change cost?
  perf-gate run --base v1.4.0               against a release
  perf-gate run --base HEAD~1 --head HEAD   the last commit alone`,
    load: async () => (await import('./run.ts')).run,
  },
  compare: {
    summary: 'judge two measured sides again, without measuring',
    usage: `usage: perf-gate compare BASE HEAD [flags]

BASE and HEAD are directories of measured sides, for example perf-gate-out/base and perf-gate-out/head.

  --config FILE     the config with the limits; perf-gate.yml, searched upwards, where it is not given
  --format FORMAT   text, markdown or json (default: text)`,
    load: async () => (await import('./compare.ts')).compare,
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

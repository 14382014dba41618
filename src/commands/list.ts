/** Where each command is. Its modules are loaded when it is called. */
import type { ExitCode } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { GivenTo } from './given.ts';
import type { CommandName } from './spec.ts';

/** Runs with the flags that were read for it. */
export type Command<Name extends CommandName> = (given: GivenTo<Name>, world: World) => Promise<ExitCode>;

export const loaders: { readonly [Name in CommandName]: () => Promise<Command<Name>> } = {
  run: async () => (await import('./run.ts')).run,
  init: async () => (await import('./init.ts')).init,
  doctor: async () => (await import('./doctor.ts')).doctor,
  compare: async () => (await import('./compare.ts')).compare,
  save: async () => (await import('./save.ts')).save,
  baseline: async () => (await import('./baseline.ts')).baseline,
  publish: async () => (await import('./publish.ts')).publish,
  report: async () => (await import('./report.ts')).report,
  explain: async () => (await import('./explain.ts')).explain,
  top: async () => (await import('./top.ts')).top,
  demo: async () => (await import('./demo.ts')).demo,
  schema: async () => (await import('./schema.ts')).schema,
  completion: async () => (await import('./completion.ts')).completion,
  help: async () => (await import('./help.ts')).help,
};

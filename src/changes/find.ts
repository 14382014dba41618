/**
 * Which functions a commit changes: builds the Go program in go/changes with the service's own Go, so that whatever that
 * Go can compile can be parsed, and asks it.
 */
import assembly from '../../go/changes/assembly.go';
import c from '../../go/changes/c.go';
import changes from '../../go/changes/changes.go';
import compare from '../../go/changes/compare.go';
import mentions from '../../go/changes/mentions.go';
import output from '../../go/changes/output.go';
import packages from '../../go/changes/packages.go';
import source from '../../go/changes/source.go';
import tokens from '../../go/changes/tokens.go';
import { type Changes, parseChanges } from './changes.ts';
import type { Environment } from './go-command.ts';
import { askGoProgram, type GoProgram } from './go-program.ts';
import type { GoPackage } from './list.ts';

/** A test compares its files with the folder. */
export const CHANGES_PROGRAM: GoProgram = {
  name: 'changes',
  files: {
    'assembly.go': assembly,
    'c.go': c,
    'changes.go': changes,
    'compare.go': compare,
    'mentions.go': mentions,
    'output.go': output,
    'packages.go': packages,
    'source.go': source,
    'tokens.go': tokens,
  },
};

export interface FindChangesOptions {
  /** `go` if undefined. */
  readonly goCommand?: string;
  /** With GOTOOLCHAIN, where the service's go.mod asks for another Go than the command's own. */
  readonly env: Environment;
  /** What listPackages says of each side. */
  readonly base: readonly GoPackage[];
  readonly head: readonly GoPackage[];
  /** The Go versions differ, so the standard library may have changed too. */
  readonly hasOtherGo?: boolean;
  readonly temporaryDirectory: string;
  readonly signal?: AbortSignal | undefined;
}

/** The functions that differ between two lists of packages whose files are on disk. */
export async function findChanges(options: FindChangesOptions): Promise<Changes> {
  const { base, head, hasOtherGo } = options;
  const input = { base: { packages: base }, head: { packages: head }, standard: hasOtherGo === true };
  return parseChanges(await askGoProgram(CHANGES_PROGRAM, input, options));
}

/**
 * The errors that a person can repair. Everything else that is thrown is a bug of ours and is printed with its stack.
 */

/** Exit codes of the program; the README's table is checked against this list. */
export const EXIT = {
  pass: 0,
  fail: 1,
  usage: 2,
  invalid: 3,
  inconclusive: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * What somebody who catches an error decides by. `no-git`: git itself could not be started. `never-opened`: a service did
 * not open its port or socket.
 */
export type ErrorCode = 'no-git' | 'never-opened';

export interface UserErrorOptions {
  /** Where it matters to anybody; nothing is decided by the wording of a message. */
  readonly code?: ErrorCode;
  /** What to do about it, one sentence. */
  readonly hint?: string;
  /** Where it is: `perf-gate.yml:9:3`. */
  readonly at?: string;
  /** Material to show below the message, for example the end of a compiler's output. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** Wrong use or configuration: nothing was measured (exit code 2). */
export class UserError extends Error {
  readonly exitCode: ExitCode = EXIT.usage;
  readonly hint: string | undefined;
  readonly at: string | undefined;
  readonly detail: string | undefined;
  readonly code: ErrorCode | undefined;

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.at = options.at;
    this.detail = options.detail;
    this.code = options.code;
  }
}

/** The service could not be built, started, loaded or measured: there is no verdict (exit code 3). */
export class MeasurementError extends UserError {
  override readonly exitCode: ExitCode = EXIT.invalid;
}

/** The person or the CI system asked us to stop (exit code 130). */
export class Interrupted extends UserError {
  override readonly exitCode: ExitCode = EXIT.interrupted;
}

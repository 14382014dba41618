/** What both doors do: save memory, listen for signals and for what nobody caught, and hand the process down as a World. */
import { setFlagsFromString } from 'node:v8';
import { EXIT, type ExitCode, Interrupted, MeasurementError } from '../base/errors.ts';
import { tell } from '../base/tell.ts';
import { processWorld, type World } from '../base/world.ts';

/** So long the run has to clean up after an error that nobody caught: what waits for an answer may wait for ever. */
const CLEANING_UP_MS = 20_000;

/**
 * Goes through the door: `act` is given the World of this process, and what it returns is the exit code. The World's
 * signal is aborted by the first of these signals; the second ends the process at once. Whatever fails and is caught
 * nowhere is no verdict: the exit code for a finding is given for nothing else.
 */
export async function throughDoor(
  signals: readonly NodeJS.Signals[],
  act: (world: World) => Promise<ExitCode>,
): Promise<void> {
  // The gate shares its machine with what it measures, and V8 lets garbage grow to four times what is in use.
  setFlagsFromString('--heap-growing-percent=20');
  const stop = new AbortController();
  for (const name of signals) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(EXIT.interrupted);
      stop.abort(new Interrupted(`interrupted (${name})`));
    });
  }
  const world = processWorld(stop.signal);
  let code: ExitCode | undefined;
  let isFaulty = false;
  // A finding stays one; a pass that did not reach its reader is none.
  const settle = () => {
    process.exitCode = code === undefined || (isFaulty && code === EXIT.pass) ? EXIT.invalid : code;
  };
  const fault = (error: unknown) => {
    isFaulty = true;
    settle();
    if (code !== undefined) tell(error, world);
    else if (stop.signal.aborted) process.exit(tell(error, world));
    else {
      stop.abort(error);
      setTimeout(() => process.exit(tell(error, world)), CLEANING_UP_MS).unref();
    }
  };
  process.on('uncaughtException', fault); // rejections that nobody handles are raised as such
  hearBrokenOutputs((error) => {
    isFaulty = true;
    settle();
    tell(unwritten(error), world);
  });
  try {
    code = await act(world);
  } catch (error) {
    code = tell(error, world);
  }
  settle();
}

/** A reader that has gone away (`perf-gate | head`, a terminal that was closed) is no reason to fail, or to clean up less. */
function hearBrokenOutputs(hear: (error: NodeJS.ErrnoException) => void): void {
  let isTold = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isTold || error.code === 'EPIPE' || error.code === 'EIO') return;
    isTold = true;
    hear(error);
  });
  process.stderr.on('error', () => undefined); // there is nowhere left to say it
}

const unwritten = (cause: NodeJS.ErrnoException) =>
  new MeasurementError(`the standard output could not be written: ${cause.message}`, {
    hint: 'is the disk full that it goes to? The report of a run lies in --output as well (perf-gate report)',
    cause,
  });

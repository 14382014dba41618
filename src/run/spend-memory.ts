/**
 * For commands that measure nothing, or only what does not feel it: the door makes the program lean, since it shares its
 * machine with services.
 */
import { setFlagsFromString } from 'node:v8';

/** Lets garbage grow as V8 has it by itself, which takes half the time. */
export const spendMemory = () => setFlagsFromString('--heap-growing-percent=0');

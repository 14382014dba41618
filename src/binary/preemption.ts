/**
 * Keeps the Go scheduler from taking a goroutine off its thread because a clock says so. Counted code runs so slowly that
 * any request of some work would be interrupted, every time elsewhere. The one function that asks a goroutine to yield is
 * best effort by its own account ("purely best-effort", runtime/proc.go), so that it may as well always fail.
 */
import type { Elf } from './elf.ts';
import type { GoFunction } from './go-functions.ts';

const ASKS_TO_YIELD = 'runtime.preemptone';

/** `return false`. */
const RETURN_FALSE: Readonly<Record<Elf['machine'], readonly number[] | undefined>> = {
  amd64: [0x31, 0xc0, 0xc3], // xorl %eax, %eax; ret
  arm64: [0x00, 0x00, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6], // movz w0, #0; ret
  other: undefined,
};

/** Writes into `copy`, which begins with the bytes of `elf`; leaves it as it is where there is no such function. */
export function withoutPreemption(copy: Uint8Array, elf: Elf, functions: readonly GoFunction[]): Uint8Array {
  const code = RETURN_FALSE[elf.machine];
  const found = functions.find(({ name }) => name === ASKS_TO_YIELD);
  if (code === undefined || found === undefined || found.end - found.start < code.length) return copy;
  const segment = elf.segments.find(
    ({ address, fileSize, isExecutable }) => isExecutable && found.start >= address && found.end <= address + fileSize,
  );
  if (segment !== undefined) copy.set(code, segment.offset + found.start - segment.address);
  return copy;
}

/**
 * The copy of an executable that valgrind runs: with symbols of our own (`symbols.ts`), and with other machine code in two
 * functions, the one that takes goroutines off their threads and the one through which the agent speaks to valgrind.
 */
import type { Elf } from './elf.ts';
import type { GoFunction } from './go-functions.ts';
import { withGoSymbols } from './symbols.ts';

type Code = Readonly<Record<Elf['machine'], readonly number[] | undefined>>;

/**
 * `return false`: keeps the Go scheduler from taking a goroutine off its thread because a clock says so. Counted code runs
 * so slowly that any request of some work would be interrupted, every time elsewhere. The one function that asks a
 * goroutine to yield is best effort by its own account ("purely best-effort", runtime/proc.go), so it may as well fail.
 */
const NEVER_YIELD: Code = {
  amd64: [0x31, 0xc0, 0xc3], // xorl %eax, %eax; ret
  arm64: [0x00, 0x00, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6], // movz w0, #0; ret
  other: undefined,
};

/**
 * A client request: instructions without effect that valgrind takes for a word to itself (valgrind.h, "The following
 * defines the magic code sequences"). Go's calling convention has the address of the words and the answer in the first
 * integer register (cmd/compile/abi-internal.md).
 */
const ASK_VALGRIND: Code = {
  amd64: [
    ...[0x31, 0xd2], // xorl %edx, %edx: the answer where nobody listens
    ...[0x48, 0xc1, 0xc7, 0x03, 0x48, 0xc1, 0xc7, 0x0d], // rolq $3, %rdi; rolq $13, %rdi
    ...[0x48, 0xc1, 0xc7, 0x3d, 0x48, 0xc1, 0xc7, 0x33], // rolq $61, %rdi; rolq $51, %rdi
    ...[0x48, 0x87, 0xdb], // xchgq %rbx, %rbx: the words are at %rax, the answer comes in %rdx
    ...[0x48, 0x89, 0xd0, 0xc3], // movq %rdx, %rax; ret
  ],
  arm64: [
    ...[0xe4, 0x03, 0x00, 0xaa, 0x03, 0x00, 0x80, 0xd2], // mov x4, x0: the words; mov x3, #0: where nobody listens
    ...[0x8c, 0x0d, 0xcc, 0x93, 0x8c, 0x35, 0xcc, 0x93], // ror x12, x12, #3; ror x12, x12, #13
    ...[0x8c, 0xcd, 0xcc, 0x93, 0x8c, 0xf5, 0xcc, 0x93], // ror x12, x12, #51; ror x12, x12, #61
    ...[0x4a, 0x01, 0x0a, 0xaa], // orr x10, x10, x10: the answer comes in x3
    ...[0xe0, 0x03, 0x03, 0xaa, 0xc0, 0x03, 0x5f, 0xd6], // mov x0, x3; ret
  ],
  other: undefined,
};

const REPLACED: Readonly<Record<string, Code>> = {
  'runtime.preemptone': NEVER_YIELD,
  'main.perfGateAskValgrind': ASK_VALGRIND,
};

/** The bytes of the copy. A function that is not there, or too short, is left as it is. */
export function countedCopy(elf: Elf, functions: readonly GoFunction[]): Uint8Array {
  const copy = withGoSymbols(elf, functions);
  for (const { name, start, end } of functions) {
    const code = Object.hasOwn(REPLACED, name) ? REPLACED[name]?.[elf.machine] : undefined;
    if (code === undefined || end - start < code.length) continue;
    const segment = elf.segments.find(
      ({ address, fileSize, isExecutable }) => isExecutable && start >= address && end <= address + fileSize,
    );
    if (segment !== undefined) copy.set(code, segment.offset + start - segment.address);
  }
  return copy;
}

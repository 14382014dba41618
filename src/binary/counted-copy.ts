/**
 * The copy of an executable that valgrind runs: with symbols of our own (`symbols.ts`), and with other machine code in a few
 * functions, so that nothing in it depends on time or chance and the agent can speak to valgrind.
 */
import { type Edit, editFunctions, type Machine } from './edit-functions.ts';
import type { Elf } from './elf.ts';
import type { GoFunction } from './go-functions.ts';
import { int32 } from './instructions.ts';
import { withGoSymbols } from './symbols.ts';

/**
 * `return false`: keeps the Go scheduler from taking a goroutine off its thread because a clock says so. Counted code runs
 * so slowly that any request of some work would be interrupted, every time elsewhere. The one function that asks a
 * goroutine to yield is best effort by its own account ("purely best-effort", runtime/proc.go), so it may as well fail.
 */
const NEVER_YIELD: Partial<Record<Machine, readonly number[]>> = {
  amd64: [0x31, 0xc0, 0xc3], // xorl %eax, %eax; ret
  arm64: [0x00, 0x00, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6], // movz w0, #0; ret
};

/**
 * A client request: instructions without effect that valgrind takes for a word to itself (valgrind.h, "The following
 * defines the magic code sequences"). Go's calling convention has the address of the words and the answer in the first
 * integer register (cmd/compile/abi-internal.md).
 */
const ASK_VALGRIND: Partial<Record<Machine, readonly number[]>> = {
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
};

/**
 * `cheaprand()&1023 != 0` becomes never true (runtime/iface.go, since Go 1.22): a type switch or assertion that misses its
 * cache asks the runtime, which fills the cache only once in 1024 times. Which of a service's switches are slow is then a
 * matter of chance in every process; here all caches are filled at once, as they are in a service that has run for long.
 */
const ALWAYS_FILL: Partial<Record<Machine, Edit>> = {
  // testl $1023, %eax (or f7 c0+r for another register): of the immediate nothing is left.
  amd64: (code) => {
    for (let at = 1; at + 4 <= code.length; at++) {
      const isTest = code[at - 1] === 0xa9 || (code[at - 2] === 0xf7 && (code[at - 1]! & 0xf8) === 0xc0);
      if (isTest && int32(code, at) === 1023) code.fill(0, at, at + 4);
    }
  },
  // tst wN, #1023: N becomes 31, the register that is always zero.
  arm64: (code) => {
    for (let at = 0; at + 4 <= code.length; at += 4) {
      if ((int32(code, at) & ~(31 << 5)) === TST_1023) code.set([0xff, 0x27, 0x00, 0x72], at);
    }
  },
};
const TST_1023 = 0x7200241f;

const replacedBy =
  (codes: Partial<Record<Machine, readonly number[]>>) =>
  (machine: Machine): Edit | undefined => {
    const code = codes[machine];
    return code && ((old) => old.length >= code.length && old.set(code));
  };

const EDITS: Readonly<Record<string, (machine: Machine) => Edit | undefined>> = {
  'runtime.preemptone': replacedBy(NEVER_YIELD),
  'runtime.interfaceSwitch': (machine) => ALWAYS_FILL[machine],
  'runtime.typeAssert': (machine) => ALWAYS_FILL[machine],
  'main.perfGateAskValgrind': replacedBy(ASK_VALGRIND),
};

/** The bytes of the copy. */
export function countedCopy(elf: Elf, functions: readonly GoFunction[]): Uint8Array {
  const copy = withGoSymbols(elf, functions);
  editFunctions(copy, elf, functions, (name) => (Object.hasOwn(EDITS, name) ? EDITS[name]?.(elf.machine) : undefined));
  return copy;
}

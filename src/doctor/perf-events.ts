/** Perf events of the kernel: told because people ask. No instrument needs them. */
import { type Finding, ok } from './finding.ts';
import type { ReadText } from './system-text.ts';

export function judgePerfEvents(read: ReadText): Finding {
  const paranoid = read('/proc/sys/kernel/perf_event_paranoid')?.trim();
  // seccomp(2): 0 off, 1 strict, 2 a filter.
  const isFiltered = /^Seccomp:\s*2$/m.test(read('/proc/self/status') ?? '');
  const setting = paranoid === undefined ? 'this kernel has none' : `kernel.perf_event_paranoid is ${paranoid}`;
  return ok(
    'perf events',
    `not needed: no instrument uses them (${setting}${isFiltered ? ', a seccomp filter is on' : ''})`,
  );
}

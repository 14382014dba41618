/** Memory: what is left of the machine's and of the container's. */
import type { World } from '../base/world.ts';
import type { CgroupLimits } from './cgroup.ts';
import { type Finding, ok, warning } from './finding.ts';
import { formatSize } from './size.ts';

/** perf-gate itself takes 0.3 GB (docs/measuring.md); a small build, two services and valgrind take the rest. */
const WANTED_BYTES = 1.5e9;

export interface MemoryFacts {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly group: CgroupLimits['memory'];
}

export function memoryFacts({ memory }: World, { memory: group }: CgroupLimits): MemoryFacts {
  return { totalBytes: memory.totalBytes, freeBytes: memory.freeBytes(), group };
}

export function judgeMemory({ totalBytes, freeBytes, group }: MemoryFacts): Finding {
  const isLimited = group !== undefined && group.limitBytes < totalBytes;
  const free = isLimited ? Math.min(freeBytes, group.freeBytes) : freeBytes;
  const of = isLimited ? `${formatSize(group.limitBytes)} (${group.file})` : formatSize(totalBytes);
  const text = `${formatSize(free)} free of ${of}`;
  if (free >= WANTED_BYTES) return ok('memory', text);
  return warning(
    'memory',
    `${text}; a run of a small service wants ${formatSize(WANTED_BYTES)}, a large one more`,
    isLimited && group.freeBytes <= freeBytes
      ? 'raise the limit: docker run --memory 4g, resources.limits.memory of a pod, a larger runner'
      : 'end other programs, or use a machine with more; too little shows as "was ended by SIGKILL"',
  );
}

/**
 * What the control groups of this process allow it (cgroups(7)): a container's share of the machine. Version 2, version
 * 1 and both at once. The tightest limit on the way up counts. Pure.
 */
import { type Mount, parseMounts } from './mounts.ts';
import type { ReadText } from './system-text.ts';

export interface CgroupLimits {
  /** In cores; undefined: no quota. */
  readonly cpu: { readonly cores: number; readonly file: string } | undefined;
  /** `freeBytes`: what is left of it, memory that can be taken back at once not counted. */
  readonly memory: { readonly limitBytes: number; readonly freeBytes: number; readonly file: string } | undefined;
}

export function readCgroupLimits(read: ReadText): CgroupLimits {
  const mounts = parseMounts(read('/proc/self/mountinfo') ?? '');
  const groups = parseGroups(read('/proc/self/cgroup') ?? '');
  const directories = (controller: string) =>
    groups.flatMap((group) => {
      const isOurs = group.controllers.length === 0 || group.controllers.includes(controller);
      return isOurs ? directoriesOf(group, mounts, controller) : [];
    });
  return {
    cpu: tightest(
      directories('cpu').flatMap((directory) => cpuLimit(directory, read)),
      ({ cores }) => cores,
    ),
    memory: tightest(
      directories('memory').flatMap((directory) => memoryLimit(directory, read)),
      ({ limitBytes }) => limitBytes,
    ),
  };
}

interface Group {
  /** None for version 2. */
  readonly controllers: readonly string[];
  readonly path: string;
}

/** `4:memory:/docker/3f2a`, `0::/user.slice`. */
function parseGroups(text: string): Group[] {
  return text.split('\n').flatMap((line) => {
    const [, , controllers, path] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) return [];
    return [{ controllers: controllers === '' ? [] : controllers.split(','), path }];
  });
}

/** The group's directory and those above it, as far as they can be seen from here. */
function directoriesOf({ controllers, path }: Group, mounts: readonly Mount[], controller: string): string[] {
  const mount = mounts.findLast(({ type, superOptions }) =>
    controllers.length === 0 ? type === 'cgroup2' : type === 'cgroup' && superOptions.includes(controller),
  );
  if (mount === undefined) return [];
  // A container sees its own group as the root, while the path may still be that of the host.
  const below = mount.root !== '/' && path.startsWith(mount.root) ? path.slice(mount.root.length) : path;
  const parts = below.split('/').filter((part) => part !== '' && part !== '..');
  return [...parts.map((_, i) => `${mount.point}/${parts.slice(0, parts.length - i).join('/')}`), mount.point];
}

function cpuLimit(directory: string, read: ReadText) {
  const [quota, period] = read(`${directory}/cpu.max`)?.split(/\s+/).map(Number) ?? [
    number(read(`${directory}/cpu.cfs_quota_us`)),
    number(read(`${directory}/cpu.cfs_period_us`)),
  ];
  // `max` and -1 stand for none.
  if (quota === undefined || period === undefined || !(quota > 0 && period > 0)) return [];
  const isNew = read(`${directory}/cpu.max`) !== undefined;
  return [{ cores: quota / period, file: `${directory}/${isNew ? 'cpu.max' : 'cpu.cfs_quota_us'}` }];
}

/** Version 1 writes the largest number of pages where there is none. */
const NO_LIMIT_BYTES = 2 ** 60;

function memoryLimit(directory: string, read: ReadText) {
  for (const [limit, usage, reclaimable] of [
    ['memory.max', 'memory.current', /^inactive_file (\d+)$/m],
    ['memory.limit_in_bytes', 'memory.usage_in_bytes', /^total_inactive_file (\d+)$/m],
  ] as const) {
    const limitBytes = number(read(`${directory}/${limit}`));
    if (limitBytes === undefined || limitBytes >= NO_LIMIT_BYTES) continue;
    const usedBytes = number(read(`${directory}/${usage}`)) ?? 0;
    const reclaimableBytes = Number(reclaimable.exec(read(`${directory}/memory.stat`) ?? '')?.[1] ?? 0);
    const freeBytes = Math.max(0, limitBytes - Math.max(0, usedBytes - reclaimableBytes));
    return [{ limitBytes, freeBytes, file: `${directory}/${limit}` }];
  }
  return [];
}

function number(text: string | undefined): number | undefined {
  const value = /^\s*(-?\d+)\s*$/.exec(text ?? '')?.[1];
  return value === undefined ? undefined : Number(value);
}

function tightest<Limit>(limits: readonly Limit[], amount: (limit: Limit) => number): Limit | undefined {
  return limits.toSorted((a, b) => amount(a) - amount(b))[0];
}

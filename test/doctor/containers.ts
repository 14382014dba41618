/** What the kernel says in a few machines and containers, as it was written there; names shortened. */
import type { ReadText } from '../../src/doctor/system-text.ts';

export type Recorded = Readonly<Record<string, string>>;

export const readerOf =
  (recorded: Recorded): ReadText =>
  (path) =>
    recorded[path];

const V1_MOUNT = (controllers: string, root: string) =>
  `35 31 0:32 ${root} /sys/fs/cgroup/${controllers} ro,nosuid,nodev,noexec,relatime master:18 - cgroup cgroup rw,${controllers}`;

/** A virtual machine with version 1 and no container: nothing is limited. */
export const PLAIN_V1: Recorded = {
  '/proc/self/mountinfo': [
    '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard',
    V1_MOUNT('cpu', '/'),
    V1_MOUNT('memory', '/'),
    '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
  ].join('\n'),
  '/proc/self/cgroup': '4:memory:/agents/97291\n1:cpu:/\n0::/\n',
  '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
  '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
  '/sys/fs/cgroup/memory/agents/97291/memory.limit_in_bytes': '9223372036854771712\n',
};

/** docker run --cpus 1.5 --memory 2g, version 1: the paths are the host's, the mounts show the container's own. */
export const DOCKER_V1: Recorded = {
  '/proc/self/mountinfo': [
    '1 0 0:50 / / rw,relatime - overlay overlay rw',
    V1_MOUNT('cpu,cpuacct', '/docker/3f2a91c0'),
    V1_MOUNT('memory', '/docker/3f2a91c0'),
  ].join('\n'),
  '/proc/self/cgroup': '6:memory:/docker/3f2a91c0\n4:cpu,cpuacct:/docker/3f2a91c0\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '150000\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  '/sys/fs/cgroup/memory/memory.limit_in_bytes': '2147483648\n',
  '/sys/fs/cgroup/memory/memory.usage_in_bytes': '1610612736\n',
  '/sys/fs/cgroup/memory/memory.stat': 'cache 1073741824\ninactive_file 5\ntotal_inactive_file 1073741824\n',
};

/** docker run --cpus 0.5 --memory 1g, version 2 with a name space of its own. */
export const DOCKER_V2: Recorded = {
  '/proc/self/mountinfo':
    '560 559 0:29 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate,memory_recursiveprot\n',
  '/proc/self/cgroup': '0::/\n',
  '/sys/fs/cgroup/cpu.max': '50000 100000\n',
  '/sys/fs/cgroup/memory.max': '1073741824\n',
  '/sys/fs/cgroup/memory.current': '268435456\n',
  '/sys/fs/cgroup/memory.stat': 'anon 200000000\ninactive_file 68435456\n',
};

/** A user's session under systemd: what the slice above it may use holds for it too. */
export const SLICE_V2: Recorded = {
  '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n',
  '/proc/self/cgroup': '0::/user.slice/user-1000.slice/session-2.scope\n',
  '/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope/cpu.max': 'max 100000\n',
  '/sys/fs/cgroup/user.slice/user-1000.slice/cpu.max': '300000 100000\n',
  '/sys/fs/cgroup/user.slice/cpu.max': '600000 100000\n',
  '/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope/memory.max': 'max\n',
};

/** A CI runner in a container, version 1, that puts each job into a group of its own. */
export const JOB_IN_DOCKER_V1: Recorded = {
  ...DOCKER_V1,
  '/proc/self/cgroup': '6:memory:/docker/3f2a91c0/job\n4:cpu,cpuacct:/docker/3f2a91c0\n',
  '/sys/fs/cgroup/memory/job/memory.limit_in_bytes': '1073741824\n',
};

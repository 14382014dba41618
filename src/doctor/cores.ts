/** Cores: how many there are for a run, by affinity and by quota, and whether programs can be pinned to them. */

import type { World } from '../base/world.ts';
import { allowedCores, hasTaskset, parseCores } from '../process/affinity.ts';
import type { CgroupLimits } from './cgroup.ts';
import { type Finding, ok, warning } from './finding.ts';
import type { ReadText } from './system-text.ts';

export interface CoreFacts {
  /** That this process may use. */
  readonly allowed: number;
  /** Of the machine; undefined where it does not say. */
  readonly online: number | undefined;
  readonly quota: CgroupLimits['cpu'];
  readonly canPin: boolean;
}

export function coreFacts({ cores, env }: World, read: ReadText, { cpu }: CgroupLimits): CoreFacts {
  const online = read('/sys/devices/system/cpu/online');
  return {
    allowed: allowedCores(cores).length,
    online: online === undefined ? undefined : parseCores(online.trim()).length,
    quota: cpu,
    canPin: hasTaskset(env),
  };
}

export function judgeCores({ allowed, online, quota, canPin }: CoreFacts): Finding {
  const of = online !== undefined && online > allowed ? ` of ${online} (affinity)` : '';
  const text = `${allowed === 1 ? 'one core' : `${allowed} cores`}${of}`;
  if (quota !== undefined && quota.cores < allowed) {
    const cores = Number(quota.cores.toFixed(2));
    return warning(
      'cores',
      `${text}, with a quota of ${cores} (${quota.file}): who uses more is held up, which times show and counts do not`,
      `raise the quota to ${allowed}: docker run --cpus ${allowed}, resources.limits.cpu of a pod, a larger runner`,
    );
  }
  if (allowed === 1) {
    return warning(
      'cores',
      `${text}: the service and the load share it, so times tell less and a run takes about twice as long`,
      of === '' ? 'use a machine with two cores' : 'allow it two cores: taskset -c 0,1, docker run --cpuset-cpus 0,1',
    );
  }
  if (!canPin) {
    return warning(
      'cores',
      `${text}, but there is no taskset to pin the service to one of them`,
      'install it: apt-get install util-linux, dnf install util-linux, apk add util-linux',
    );
  }
  return ok('cores', `${text}${quota === undefined ? ', no quota' : `, a quota of ${Number(quota.cores.toFixed(2))}`}`);
}

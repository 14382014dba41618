/** What the doctor makes of a machine: the kernel's own words, recorded, in; a line and a remedy out. */
import { describe, expect, test } from '@jest/globals';
import { judgeActivity } from '../../src/doctor/activity.ts';
import { readCgroupLimits } from '../../src/doctor/cgroup.ts';
import { judgeCores } from '../../src/doctor/cores.ts';
import { judgeDisk, type Place } from '../../src/doctor/disk.ts';
import { judgeMemory } from '../../src/doctor/memory.ts';
import { mountOf, parseMounts } from '../../src/doctor/mounts.ts';
import { judgePerfEvents } from '../../src/doctor/perf-events.ts';
import { judgeValgrind } from '../../src/doctor/valgrind.ts';
import { DOCKER_V1, DOCKER_V2, JOB_IN_DOCKER_V1, PLAIN_V1, readerOf, SLICE_V2 } from './containers.ts';

describe('control groups', () => {
  test('a machine without a container has no limits, although it has the files for them', () => {
    expect(readCgroupLimits(readerOf(PLAIN_V1))).toEqual({ cpu: undefined, memory: undefined });
  });

  test('a system without /proc has none', () => {
    expect(readCgroupLimits(() => undefined)).toEqual({ cpu: undefined, memory: undefined });
  });

  test('version 1 in a container: 1.5 cores; of 2 GiB half is file cache, which can be had back', () => {
    const { cpu, memory } = readCgroupLimits(readerOf(DOCKER_V1));
    expect(cpu).toEqual({ cores: 1.5, file: '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us' });
    expect(memory).toEqual({
      limitBytes: 2 * 2 ** 30,
      freeBytes: 1.5 * 2 ** 30,
      file: '/sys/fs/cgroup/memory/memory.limit_in_bytes',
    });
  });

  test('a group of its own within the container', () => {
    const { memory } = readCgroupLimits(readerOf(JOB_IN_DOCKER_V1));
    expect(memory).toMatchObject({ limitBytes: 2 ** 30, file: '/sys/fs/cgroup/memory/job/memory.limit_in_bytes' });
  });

  test('version 2 in a container: half a core and 1 GiB', () => {
    const { cpu, memory } = readCgroupLimits(readerOf(DOCKER_V2));
    expect(cpu).toEqual({ cores: 0.5, file: '/sys/fs/cgroup/cpu.max' });
    expect(memory).toMatchObject({ limitBytes: 2 ** 30, freeBytes: 2 ** 30 - 200_000_000 });
  });

  test('of the limits on the way up the tightest holds', () => {
    expect(readCgroupLimits(readerOf(SLICE_V2)).cpu).toEqual({
      cores: 3,
      file: '/sys/fs/cgroup/user.slice/user-1000.slice/cpu.max',
    });
  });
});

describe('cores', () => {
  const TWO = { allowed: 2, online: 2, quota: undefined, canPin: true };

  test('two without a quota are enough', () => {
    expect(judgeCores(TWO)).toEqual({ name: 'cores', level: 'ok', text: '2 cores, no quota' });
  });

  test('a quota below them holds processes up, which only times show', () => {
    const { level, text, remedy } = judgeCores({ ...TWO, quota: { cores: 1.5, file: '/sys/fs/cgroup/cpu.max' } });
    expect(level).toBe('warning');
    expect(text).toBe(
      '2 cores, with a quota of 1.5 (/sys/fs/cgroup/cpu.max): who uses more is held up, which times show and counts do not',
    );
    expect(remedy).toContain('docker run --cpus 2');
  });

  test('a quota that is no less than the cores is told and no more', () => {
    const quota = { cores: 4, file: '/sys/fs/cgroup/cpu.max' };
    expect(judgeCores({ ...TWO, quota })).toMatchObject({ level: 'ok', text: '2 cores, a quota of 4' });
  });

  test('one by affinity: the remedy is to allow a second one', () => {
    const { level, text, remedy } = judgeCores({ ...TWO, allowed: 1, online: 8 });
    expect(level).toBe('warning');
    expect(text).toMatch(/^one core of 8 \(affinity\): the service and the load share it/);
    expect(remedy).toContain('taskset -c 0,1');
  });

  test('without taskset nothing can be pinned', () => {
    expect(judgeCores({ ...TWO, canPin: false })).toMatchObject({
      level: 'warning',
      remedy: expect.stringContaining('util-linux'),
    });
  });
});

describe('memory', () => {
  test('what the container has left counts where that is less', () => {
    const { memory: group } = readCgroupLimits(readerOf(DOCKER_V2));
    const { level, text, remedy } = judgeMemory({ totalBytes: 16e9, freeBytes: 12e9, group });
    expect(level).toBe('warning');
    expect(text).toMatch(/^874 MB free of 1\.1 GB \(\/sys\/fs\/cgroup\/memory\.max\); .* wants 1\.5 GB/);
    expect(remedy).toContain('docker run --memory');
  });

  test('a machine that others have filled', () => {
    const { level, remedy } = judgeMemory({ totalBytes: 16e9, freeBytes: 0.4e9, group: undefined });
    expect([level, remedy]).toEqual(['warning', expect.stringContaining('end other programs')]);
  });

  test('enough', () => {
    const finding = judgeMemory({ totalBytes: 7.8e9, freeBytes: 6.1e9, group: undefined });
    expect(finding).toMatchObject({ level: 'ok', text: '6.1 GB free of 7.8 GB' });
  });
});

describe('what else goes on', () => {
  const CALM = {
    stat: [
      'cpu  1000 0 500 9000 10 0 5 20 300 0\ncpu0 500 0 250 4500 5 0 3 10 150 0\ncpu1 500 0 250 4500 5 0 2 10 150 0\n',
      'cpu  1004 0 502 9093 10 0 5 21 304 0\ncpu0 502 0 251 4546 5 0 3 10 152 0\ncpu1 502 0 251 4547 5 0 2 11 152 0\n',
    ],
    loadavg: '0.30 0.41 0.38 1/211 4711\n',
    pressure: 'some avg10=1.20 avg60=0.80 avg300=0.50 total=123\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
  } as const;

  test('a calm machine; time of guests is in user time already and counts once', () => {
    expect(judgeActivity(CALM)).toEqual({
      name: 'activity',
      level: 'ok',
      text: 'steal 1 %, load 0.3 on 2 cores, a core waited for in 1.2 % of the last 10 s',
    });
  });

  test('a host that gives the time to others', () => {
    const stolen = CALM.stat[1].replace('9093 10 0 5 21', '9073 10 0 5 41');
    const { level, text, remedy } = judgeActivity({ ...CALM, stat: [CALM.stat[0], stolen] });
    expect(level).toBe('warning');
    expect(text).toMatch(/^steal 21 %, .*times say little; counts do not change by it$/);
    expect(remedy).toContain('a runner of its own');
  });

  test.each([
    ['by its load', { loadavg: '3.10 2.00 1.00 5/211 4711\n' }],
    ['by those who wait', { pressure: 'some avg10=46.69 avg60=18.68 avg300=11.37 total=1\n' }],
  ])('a busy machine, %s', (_, change) => {
    expect(judgeActivity({ ...CALM, ...change })).toMatchObject({
      level: 'warning',
      remedy: expect.stringContaining('top shows it'),
    });
  });

  test('an old kernel tells no pressure', () => {
    expect(judgeActivity({ ...CALM, pressure: undefined })).toMatchObject({
      level: 'ok',
      text: 'steal 1 %, load 0.3 on 2 cores',
    });
  });

  test('another system tells nothing', () => {
    expect(judgeActivity(undefined).level).toBe('untried');
  });
});

describe('room on the disk', () => {
  const place = (changes: Partial<Place> = {}): Place => ({
    path: '/tmp',
    isThere: true,
    freeBytes: 20e9,
    mayWrite: true,
    isNoExec: false,
    device: 1,
    ...changes,
  });
  const judge = (temporary: Place, output: Place) =>
    judgeDisk({ temporary, output, checkoutBytes: 50e6, platform: 'linux' });

  test('two checkouts, builds and results on one disk', () => {
    expect(judge(place(), place({ path: '/home/me/shop' }))).toMatchObject({
      level: 'ok',
      text: '20 GB free in /tmp; a run wants about 1.2 GB',
    });
  });

  test('a small file system for temporary files, as containers have it', () => {
    const { level, text, remedy } = judge(place({ freeBytes: 64e6 }), place({ path: '/home/me/shop', device: 2 }));
    expect([level, text]).toEqual(['warning', '64 MB free in /tmp; a run wants about 1.1 GB']);
    expect(remedy).toContain('TMPDIR=DIR perf-gate');
  });

  test('no room for the results', () => {
    const { level, text } = judge(place(), place({ path: '/home/me/shop', device: 2, freeBytes: 20e6 }));
    expect([level, text]).toEqual(['warning', '20 MB free in /home/me/shop; the results want about 100 MB']);
  });

  test.each([
    ['is not there', { isThere: false }, 'there is no directory /tmp for temporary files'],
    ['may not be written to', { mayWrite: false }, 'temporary files cannot be written to /tmp'],
    [
      'starts no programs',
      { isNoExec: true },
      '/tmp is mounted noexec: a service that is built there cannot be started',
    ],
    [
      'has a long path',
      { path: `/${'a'.repeat(70)}` },
      /^the path of the temporary directory is too long for a socket/,
    ],
  ])('a temporary directory that %s: no run can work', (_, change, text) => {
    expect(judge(place(change), place())).toMatchObject({
      level: 'error',
      fault: 'here',
      text: typeof text === 'string' ? text : expect.stringMatching(text),
    });
  });

  test('which file system a path is in: the longest that holds it, and of two the one on top', () => {
    const mounts = parseMounts(
      [
        '1 0 8:1 / / rw,relatime - ext4 /dev/sda1 rw',
        '2 1 0:40 / /tmp rw,nosuid,nodev,noexec,relatime shared:5 - tmpfs tmpfs rw,size=1g',
        '3 1 0:41 / /tmp/with\\040space rw - tmpfs tmpfs rw',
        '4 1 0:42 / /tmp/with\\040space ro - tmpfs tmpfs ro',
      ].join('\n'),
    );
    expect(mountOf('/tmpfile', mounts)?.point).toBe('/');
    expect(mountOf('/tmp/perf-gate-1', mounts)?.options).toContain('noexec');
    expect(mountOf('/tmp/with space/a', mounts)?.options).toEqual(['ro']);
  });
});

describe('perf events are a fact and no alarm', () => {
  test('a container with a seccomp filter on a strict kernel', () => {
    const read = readerOf({
      '/proc/sys/kernel/perf_event_paranoid': '4\n',
      '/proc/self/status': 'Name:\tnode\nNoNewPrivs:\t0\nSeccomp:\t2\nSeccomp_filters:\t1\n',
    });
    expect(judgePerfEvents(read)).toEqual({
      name: 'perf events',
      level: 'ok',
      text: 'not needed: no instrument uses them (kernel.perf_event_paranoid is 4, a seccomp filter is on)',
    });
  });

  test('a kernel without them', () => {
    expect(judgePerfEvents(() => undefined).text).toContain('this kernel has none');
  });
});

describe('valgrind', () => {
  const MISSING = { missing: 'valgrind is not installed', hint: 'apt-get install valgrind' };

  test.each([
    ['3.19.0', '3.19.0'],
    ['3.24.0', '3.24.0'],
    ['3.16.1', '3.16.1, older than what measuring was tried with (3.19 to 3.24): the service will tell'],
  ])('%s', (version, text) => {
    expect(judgeValgrind({ version }, undefined)).toEqual({ name: 'valgrind', level: 'ok', text });
  });

  test('without it a run is possible, though less is judged', () => {
    expect(judgeValgrind(MISSING, ['instructions', 'allocs'])).toEqual({
      name: 'valgrind',
      level: 'warning',
      text: 'valgrind is not installed, so instructions cannot be counted',
      remedy: 'apt-get install valgrind',
    });
  });

  test('with nothing else to measure, none is', () => {
    expect(judgeValgrind(MISSING, ['instructions'])).toMatchObject({ level: 'error', fault: 'here' });
  });

  test('a config that does without does not miss it', () => {
    expect(judgeValgrind(MISSING, ['allocs']).level).toBe('ok');
  });
});

import { describe, expect, test } from '@jest/globals';
import { ProfileBuilder, type ProfileHeader } from '../../src/profile/builder.ts';
import { mergeProfiles, subtract } from '../../src/profile/merge.ts';
import { ProfileError } from '../../src/profile/profile.ts';
import { stacksOf } from '../../src/profile/stacks.ts';
import { tableOf } from '../../src/profile/table.ts';

const OBJECTS = { type: 'alloc_objects', unit: 'count' };
const SPACE = { type: 'alloc_space', unit: 'bytes' };

const heap = (
  header: Partial<ProfileHeader>,
  ...samples: [fn: string, address: number, objects: number, space: number, size?: number][]
) => {
  const builder = new ProfileBuilder({
    sampleTypes: [OBJECTS, SPACE],
    periodType: { type: 'space', unit: 'bytes' },
    period: 1,
    ...header,
  });
  builder.mapping('/srv/app', 'id', { start: 0x1000, limit: 0x2000 });
  for (const [fn, address, objects, space, size = 16] of samples) {
    const frames = [{ fn, file: `${fn}.go`, line: 1 }];
    builder.add([{ address, frames }], [objects, space], [{ key: 'bytes', number: size, unit: 'bytes' }]);
  }
  return builder.build();
};
const rows = (profile: Parameters<typeof tableOf>[0], type: string) =>
  Object.fromEntries(tableOf(profile, { type }).rows.map(({ name, flat }) => [name, flat]));

describe('subtract', () => {
  test('is per stack and label; what did not change is gone', () => {
    const before = heap({}, ['f', 0x1010, 5, 80], ['g', 0x1020, 7, 112]);
    const after = heap({}, ['g', 0x1020, 7, 112], ['f', 0x1010, 9, 144], ['f', 0x1010, 2, 64, 32]);
    const difference = subtract(after, before);
    expect(difference.samples.count).toBe(2);
    expect(rows(difference, 'alloc_objects')).toEqual({ f: 6 });
    expect(rows(difference, 'alloc_space')).toEqual({ f: 128 });
    expect(difference.negative).toEqual([0, 0]);
    expect(difference.samples.labelSets[difference.samples.labels[1]!]).toEqual([
      { key: 'bytes', number: 32, unit: 'bytes' },
    ]);
  });

  test('keeps negative samples and reports their sum by type', () => {
    const difference = subtract(heap({}, ['f', 0x1010, 1, 64]), heap({}, ['f', 0x1010, 3, 16], ['g', 0x1020, 4, 8]));
    expect(rows(difference, 'alloc_objects')).toEqual({ f: -2, g: -4 });
    expect(difference.negative).toEqual([-6, -8]);
    expect(tableOf(difference, { type: 'alloc_objects' }).total).toBe(6);
  });

  test('lasts from one snapshot to the other, and not at all when they have no time', () => {
    expect(subtract(heap({ timeNanos: 5e9 }), heap({ timeNanos: 2e9 }))).toMatchObject({
      timeNanos: 2e9,
      durationNanos: 3e9,
    });
    expect(subtract(heap({ timeNanos: 5e9 }), heap({}))).toMatchObject({ timeNanos: 0, durationNanos: 0 });
  });
});

describe('mergeProfiles', () => {
  test('adds samples of one stack; earliest time, summed duration, largest period, distinct comments, first default', () => {
    const cpu = (header: Partial<ProfileHeader>) =>
      heap({ periodType: { type: 'cpu', unit: 'nanoseconds' }, ...header }, ['f', 0x1010, 1, 10]);
    const merged = mergeProfiles(
      [
        cpu({ timeNanos: 0, durationNanos: 1e9, period: 3, comments: ['a'] }),
        cpu({ timeNanos: 9e9, durationNanos: 2e9, period: 7, comments: ['b', 'a'], defaultType: 'alloc_space' }),
        cpu({ timeNanos: 5e9, durationNanos: 4e9, period: 5, comments: ['c'], defaultType: 'alloc_objects' }),
      ],
      'all',
    );
    expect(merged).toMatchObject({
      label: 'all',
      timeNanos: 5e9,
      durationNanos: 7e9,
      period: 7,
      comments: ['a', 'b', 'c'],
    });
    expect(merged.defaultSampleType).toBe('alloc_space');
    expect(merged.samples.count).toBe(1);
    expect(stacksOf(merged, 'alloc_space', ({ name, line }) => `${name}:${line}`)).toEqual([
      { frames: ['f:1'], value: 30 },
    ]);
  });

  test('takes an address relative to where its file was mapped', () => {
    const elsewhere = (start: number, fn = 'f') =>
      new ProfileBuilder({ sampleTypes: [OBJECTS] })
        .mapping('/srv/app', 'id', { start, limit: start + 0x1000 })
        .add([{ address: start + 0x10, frames: [{ fn, file: 'f.go', line: 1 }] }], [1])
        .build();
    const merged = mergeProfiles([elsewhere(0x5000), elsewhere(0x9000), elsewhere(0x9000, 'other layout')], 'all');
    expect(merged.mappings).toHaveLength(1);
    expect(merged.locations.map(({ address }) => address)).toEqual([0x5010n, 0x5010n]);
    expect(rows(merged, 'alloc_objects')).toEqual({ f: 2, 'other layout': 1 });
  });

  test.each([
    [
      'other types',
      heap({ sampleTypes: [SPACE, OBJECTS] }),
      'one holds space/bytes alloc_space/bytes alloc_objects/count',
    ],
    ['another period type', heap({ periodType: { type: 'cpu', unit: 'ns' } }), 'one holds cpu/ns'],
    ['another rate of memory samples', heap({ period: 512 }), 'sampled every 512 bytes in one, every 1 in the other'],
  ])('refuses %s', (_, other, message) => {
    expect(() => mergeProfiles([heap({}), other], 'all')).toThrow(ProfileError);
    expect(() => subtract(heap({}), other)).toThrow(message);
  });
});

import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emptyTableToken, Profile as Message, type ProfileInput, StringTable } from 'pprof-format';
import { decodeProfile } from '../../src/profile/decode.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import { type Profile, ProfileError } from '../../src/profile/profile.ts';
import { compilerProfile, isAccepted, recordProfiles, Scratch } from './real-go.ts';
import { T0 } from './t0.ts';

const scratch = new Scratch();
afterAll(() => scratch[Symbol.dispose]());

/** As Go's runtime writes it: unpacked pairs of values, string table last. */
let real: Uint8Array;
let realRaw: Uint8Array;
beforeAll(() => {
  real = readFileSync(recordProfiles(scratch, 'decode', 100, 0).cpu);
  realRaw = gunzipSync(real);
});

const utf8 = (text: string) => new TextEncoder().encode(text);
const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** The message of the ProfileError that decoding ends with; fails when it does not. */
function refusal(bytes: Uint8Array): string {
  try {
    decodeProfile(bytes, 'base cpu');
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
  throw new Error('decoded without complaint');
}

const isRefused = (bytes: Uint8Array) => {
  try {
    return refusal(bytes) !== '';
  } catch {
    return false;
  }
};

/** A small valid profile as protobuf, with one thing changed. */
function small(change: (message: Message) => void = () => undefined): Uint8Array {
  const stringTable = new StringTable();
  const [cpu, ns, f, g, file] = ['cpu', 'nanoseconds', 'main.f', 'main.g', 'main.go'].map((text) =>
    stringTable.dedup(text),
  );
  const input: ProfileInput = {
    stringTable,
    sampleType: [{ type: cpu!, unit: ns! }],
    sample: [{ locationId: [1, 2], value: [10] }],
    mapping: [{ id: 1, filename: file! }],
    location: [
      { id: 1, mappingId: 1, address: 16, line: [{ functionId: 1, line: 5 }] },
      { id: 2, mappingId: 1, address: 32, line: [{ functionId: 2, line: 6 }] },
    ],
    function: [
      { id: 1, name: f!, systemName: f!, filename: file! },
      { id: 2, name: g!, systemName: g!, filename: file! },
    ],
  };
  const message = new Message(input);
  change(message);
  return message.encode();
}

const stackNames = (profile: Profile, sample = 0) =>
  [...profile.samples.stacks.subarray(profile.samples.starts[sample], profile.samples.starts[sample + 1])].flatMap(
    (location) => profile.locations[location]!.lines.map(({ fn }) => profile.functions[fn]!.name),
  );

describe('what is accepted', () => {
  test('gzip or bare protobuf, with the same result', () => {
    expect(decodeProfile(realRaw, 'x')).toEqual(decodeProfile(real, 'x'));
    expect(decodeProfile(encodeProfile(T0), 'T0')).toEqual(T0);
  });

  test("pprof-format's decoder agrees on a real profile", () => {
    const reference = Message.decode(realRaw);
    const profile = decodeProfile(real, 'x');
    expect(profile.samples.count).toBe(reference.sample.length);
    expect([...profile.samples.values]).toEqual(reference.sample.flatMap(({ value }) => value.map(Number)));
    const names = reference.function.map(({ name }) => reference.stringTable.strings[Number(name)]);
    expect(profile.functions.map(({ name }) => name)).toEqual(names);
    expect(profile.locations.map(({ address }) => address)).toEqual(
      reference.location.map(({ address }) => BigInt(address)),
    );
  });

  test('packed and unpacked runs of one field in turn', () => {
    // sample { location_id: 2 (unpacked), location_id: [1, 2] (packed), location_id: 1 (unpacked), value: 10 }
    const sample = [0x12, 10, 0x08, 2, 0x0a, 2, 1, 2, 0x08, 1, 0x10, 10];
    const bytes = concat(
      small((message) => message.sample.splice(0)),
      new Uint8Array(sample),
    );
    expect(stackNames(decodeProfile(bytes, 'x'))).toEqual(['main.g', 'main.f', 'main.g', 'main.f']);
    expect(isAccepted(scratch, bytes)).toBe(true);
  });

  test('ids of 64 bits, in any order, and over-long spellings of them', () => {
    const huge = 2n ** 64n - 5n;
    const bytes = small((message) => {
      message.location[0]!.id = huge;
      message.location.reverse();
      message.function[1]!.id = 2n ** 53n + 1n;
      message.location[0]!.line[0]!.functionId = 2n ** 53n + 1n;
      message.sample[0]!.locationId = [huge, 2];
    });
    expect(stackNames(decodeProfile(bytes, 'x'))).toEqual(['main.f', 'main.g']);
    // sample { location_id: 1 written in five bytes, value: 10 }
    const overlong = [0x12, 8, 0x08, 0x81, 0x80, 0x80, 0x80, 0x00, 0x10, 10];
    expect(stackNames(decodeProfile(concat(small(), new Uint8Array(overlong)), 'x'), 1)).toEqual(['main.f']);
  });

  test.each([-1, -5, -(2 ** 40), 2 ** 28 - 1, 2 ** 28, 268_435_457, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1])(
    'the value %p, and adds it up as a number',
    (value) => {
      const profile = decodeProfile(
        small((message) => {
          message.sample[0]!.value = [value];
        }),
        'x',
      );
      expect([...profile.samples.values]).toEqual([value]);
    },
  );

  test('a missing mapping, locations without lines, samples without locations, as pprof does', () => {
    const bytes = small((message) => {
      message.location[0]!.mappingId = 77;
      message.location[1]!.line = [];
      message.sample.push(new Message({ sample: [{ value: [3] }] }).sample[0]!);
    });
    const profile = decodeProfile(bytes, 'x');
    expect(profile.locations.map(({ mapping }) => mapping)).toEqual([-1, 0]);
    expect([stackNames(profile), stackNames(profile, 1)]).toEqual([['main.f'], []]);
    expect(isAccepted(scratch, bytes)).toBe(true);
  });

  test('labels: text before number, neither is none, any order is one set', () => {
    const bytes = small((message) => {
      const [route, shop, size, unit] = ['route', '/shop', 'bytes', 'B'].map((text) => message.stringTable.dedup(text));
      const labels = [
        { key: route!, str: shop!, num: 7 },
        { key: size!, num: -48 },
        { key: size!, numUnit: unit! },
        { key: size! },
      ];
      const { label } = new Message({ sample: [{ label: labels }] }).sample[0]!;
      message.sample[0]!.label = label;
      message.sample.push(new Message({ sample: [{ value: [1], label: label.toReversed() }] }).sample[0]!);
    });
    const { labels, labelSets } = decodeProfile(bytes, 'x').samples;
    expect([...labels]).toEqual([1, 1]);
    expect(labelSets).toEqual([
      [],
      [
        { key: 'bytes', number: -48, unit: '' },
        { key: 'bytes', number: 0, unit: 'B' },
        { key: 'route', text: '/shop' },
      ],
    ]);
  });

  test('fields that came later are skipped', () => {
    const unknownInProfile = new Uint8Array([0x12, 6, 0x08, 1, 0x10, 10, 0x38, 1]); // sample { …, field 7: 1 }
    expect(decodeProfile(concat(small(), unknownInProfile), 'x').samples.count).toBe(2);
  });
});

describe('what is refused, in a sentence with the name of the file', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), 'the profile is empty (0 bytes)'],
    ['gzip of nothing', () => gzipSync(''), 'the profile is empty (nothing inside the gzip)'],
    ['HTML', () => utf8('\n<!doctype html>\n<title>502 Bad Gateway</title>'), 'this is HTML, not a profile'],
    ['HTML, gzipped', () => gzipSync('<html>'), 'this is HTML, not a profile'],
    ['JSON', () => utf8('{"error": "no route"}'), 'this is JSON, not a profile'],
    [
      'text',
      () => utf8('Could not enable CPU profiling: cpu profiling already in use\n'),
      'this is text, not a profile',
    ],
    ['UTF-8 text', () => utf8('Fehler: Gerät nicht verfügbar'), 'this is text, not a profile'],
    ['heap?debug=1', () => utf8('heap profile: 1: 2 [3: 4] @ heap/1048576\n'), "this is a profile in Go's text format"],
    [
      'goroutine?debug=1',
      () => utf8('goroutine profile: total 4\n1 @ 0x1 0x2\n'),
      "this is a profile in Go's text format",
    ],
    ['goroutine?debug=2', () => utf8('goroutine 1 [running]:\nmain.main()\n'), "this is a profile in Go's text format"],
    ['mutex?debug=1', () => utf8('--- mutex:\ncycles/second=1\n'), "this is a profile in Go's text format"],
    [
      "gperftools' binary format",
      () => new Uint8Array(new BigUint64Array([0n, 3n, 0n, 10_000n, 0n, 1n, 1n, 5n]).buffer),
      'not a whole, valid profile',
    ],
    ['gzip twice', () => gzipSync(real), 'gzipped twice, not a profile'],
    ['two gzip files end to end', () => concat(real, real), 'it is several profiles in one (concatenated)'],
    ['a gzip file and something else', () => concat(real, utf8('tail')), 'its gzip stream is damaged'],
    ['two protobufs end to end', () => concat(realRaw, realRaw), 'it is several profiles in one (concatenated)'],
    ['two protobufs end to end, without headers', () => concat(small(), small()), 'two mappings have the id 1'],
    ['an executable', () => readFileSync(process.execPath).subarray(0, 4096), 'not a whole, valid profile'],
    [
      'fields of other formats',
      () => concat(small(), new Uint8Array([0x82, 0x01, 0x01, 0x00])),
      'an unsupported producer',
    ],
    ['fixed-width numbers', () => concat(small(), new Uint8Array([0x7d, 1, 2, 3, 4])), 'an unsupported producer'],
  ])('%s', (_, bytes, message) => {
    expect(refusal(bytes())).toContain(`base cpu: ${message.startsWith('it ') ? 'not a whole, valid profile: ' : ''}`);
    expect(refusal(bytes())).toContain(message);
  });

  test('the start of a text goes into the detail, and the hint says what to do', () => {
    const decode = (text: string) => () => decodeProfile(utf8(text), 'x');
    expect(decode('404 page not found\n')).toThrow(expect.objectContaining({ detail: '404 page not found' }));
    expect(decode('heap profile: 0: 0')).toThrow(expect.objectContaining({ hint: expect.stringContaining('?debug=') }));
  });

  test('a file that inflates beyond all measure', () => {
    const zeros = gzipSync(Buffer.alloc(16 << 20));
    const bomb = concat(...Array.from({ length: 17 }, () => zeros));
    expect(bomb.length).toBeLessThan(400_000);
    expect(refusal(bomb)).toContain('larger than 256 MB, not a profile');
  });

  test('an OpenTelemetry profile, which is protobuf too', () => {
    // ProfilesData { resource_profiles { resource {}, scope_profiles { profiles { … } } } }
    const profiles = [0x12, 6, 0x0a, 0, 0x12, 2, 0x08, 1];
    const bytes = new Uint8Array([0x0a, profiles.length + 2, 0x0a, 0, ...profiles]);
    expect(refusal(bytes)).toContain('not a whole, valid profile');
    // Sample types, but none with a name: what is left of a message that happens to have the same shape.
    const nameless = small((message) => {
      message.sampleType = new Message({ sampleType: [{ unit: 2 }] }).sampleType;
    });
    expect(refusal(nameless)).toContain('it names no type of sample');
  });

  test.each<[string, (message: Message) => void, string]>([
    [
      'samples without types',
      (m) => {
        m.sampleType = [];
      },
      'it names no type of sample',
    ],
    [
      'a value too few',
      (m) => {
        m.sample[0]!.value = [];
      },
      'a sample has 0 values for 1 types',
    ],
    [
      'a value too many',
      (m) => {
        m.sample[0]!.value = [1, 2];
      },
      'a sample has 2 values for 1 types',
    ],
    [
      'a location that is missing',
      (m) => {
        m.sample[0]!.locationId = [1, 3];
      },
      'location 3, which is missing',
    ],
    [
      'location 0',
      (m) => {
        m.sample[0]!.locationId = [0, 1];
      },
      'location 0, which is missing',
    ],
    [
      'a function that is missing',
      (m) => {
        m.location[0]!.line[0]!.functionId = 9;
      },
      'function 9, which is missing',
    ],
    [
      'function 0',
      (m) => {
        m.location[0]!.line[0]!.functionId = 0;
      },
      'function 0, which is missing',
    ],
    [
      'a function with id 0',
      (m) => {
        m.function[0]!.id = 0;
      },
      'a function has the id 0',
    ],
    [
      'a location with id 0',
      (m) => {
        m.location[0]!.id = 0;
      },
      'a location has the id 0',
    ],
    [
      'a mapping with id 0',
      (m) => {
        m.mapping[0]!.id = 0;
      },
      'a mapping has the id 0',
    ],
    [
      'two functions of one id',
      (m) => {
        m.function[1]!.id = 1;
      },
      'two functions have the id 1',
    ],
    [
      'two locations of one id',
      (m) => {
        m.location[1]!.id = 1;
      },
      'two locations have the id 1',
    ],
    [
      'two mappings of one id',
      (m) => {
        m.mapping.push(m.mapping[0]!);
      },
      'two mappings have the id 1',
    ],
    [
      'a name beyond the string table',
      (m) => {
        m.function[0]!.name = 99;
      },
      'text number 99 of 6 is missing',
    ],
    [
      'a negative name',
      (m) => {
        m.function[0]!.name = -1;
      },
      'is missing',
    ],
    [
      'no empty string first',
      (m) => {
        m.stringTable = stringsWithoutEmpty();
      },
      'its string table does not begin with',
    ],
  ])('%s, which pprof refuses as well', (_, change, message) => {
    expect(refusal(small(change))).toContain(message);
    expect(isAccepted(scratch, small(change))).toBe(false);
  });

  test.each<[string, number[]]>([
    ['a list that breaks off inside its last number', [0x12, 6, 0x10, 10, 0x0a, 2, 1, 0x82]],
    ['a number that runs out of its message', [0x12, 6, 0x10, 10, 0x08, 1, 0x08, 0x82]],
    ['a length that runs out of its message', [0x12, 4, 0x08, 1, 0x12, 2]],
    ['a number of eleven bytes', [0x12, 14, 0x08, 1, 0x10, ...Array<number>(10).fill(0x80), 0]],
    ['text where a number belongs', [0x5a, 2, 0x0a, 0]],
    ['a number where a message belongs', [0x10, 1]],
    ['a group, which nobody writes', [0x13, 0x14]],
  ])('%s, which pprof refuses as well', (_, tail) => {
    // What follows is a field of the profile that could be taken for the rest: default_sample_type 1.
    const bytes = concat(small(), new Uint8Array([...tail, 0x70, 1]));
    expect(refusal(bytes)).toContain('not a whole, valid profile: ');
    expect(isAccepted(scratch, bytes)).toBe(false);
  });

  test.each([2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n])('a value that cannot be added up exactly: %p', (value) => {
    expect(
      refusal(
        small((message) => {
          message.sample[0]!.value = [value];
        }),
      ),
    ).toContain('a value is beyond 2^53');
  });
});

describe('damage', () => {
  test('cut off at any byte', () => {
    const file = encodeProfile(T0);
    for (let length = 0; length < file.length; length++) expect(isRefused(file.subarray(0, length))).toBe(true);
    for (let length = 0; length < real.length; length += 7) expect(isRefused(real.subarray(0, length))).toBe(true);
    expect(refusal(real.subarray(0, real.length - 1))).toContain('the file is cut off');
  });

  test("Go's protobuf, not gzipped, cut off at any byte: none gives a smaller profile", () => {
    const decoded: number[] = [];
    for (let length = 0; length < realRaw.length; length++)
      if (!isRefused(realRaw.subarray(0, length))) decoded.push(length);
    expect(decoded).toEqual([]);
    // The same of a large file, at some places only.
    const large = gunzipSync(readFileSync(compilerProfile()));
    for (let i = 1; i < 60; i++) expect(isRefused(large.subarray(0, Math.floor((large.length * i) / 60)))).toBe(true);
  });

  test('any bit of a gzip file flipped: refused, or a bit of the header that means nothing', () => {
    const file = encodeProfile(T0);
    let harmless = 0;
    for (let bit = 0; bit < file.length * 8; bit++) {
      const flipped = file.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      if (isRefused(flipped)) continue;
      harmless++;
      expect(bit >> 3).toBeLessThan(10);
      expect(decodeProfile(flipped, 'T0')).toEqual(T0);
    }
    expect(harmless).toBeLessThan(80);
  });

  test('any bit of bare protobuf flipped: refused or decoded, never another kind of error', () => {
    const raw = small();
    for (let bit = 0; bit < raw.length * 8; bit++) {
      const flipped = raw.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      try {
        decodeProfile(flipped, 'x');
      } catch (error) {
        expect(error).toBeInstanceOf(ProfileError);
      }
    }
  });
});

/** The strings of small(), without the empty one that must come first. */
function stringsWithoutEmpty(): StringTable {
  const table = new StringTable(emptyTableToken);
  for (const text of ['x', 'cpu', 'nanoseconds', 'main.f', 'main.g', 'main.go']) table.dedup(text);
  return table;
}

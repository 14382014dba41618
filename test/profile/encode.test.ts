import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BuilderLocation, ProfileBuilder } from '../../src/profile/builder.ts';
import { decodeProfile } from '../../src/profile/decode.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import type { Label } from '../../src/profile/profile.ts';
import { stacksOf } from '../../src/profile/stacks.ts';
import { tableOf } from '../../src/profile/table.ts';
import { isAccepted, pprof, pprofExecutable, pprofTable, Scratch } from './real-go.ts';
import { T0 } from './t0.ts';

const scratch = new Scratch();
afterAll(() => scratch[Symbol.dispose]());

const INSTRUCTIONS = { type: 'instructions', unit: 'count' };
const CALLS = { type: 'calls', unit: 'count' };

const frame = fc.record({
  fn: fc.constantFrom('main.main', 'main.F', 'main.F.func1', 'a/b%2ego.(*T).M', 'sum[go.shape.int]', 'Ünïcode·1', ''),
  file: fc.constantFrom('main.go', '/a b/c.go', ''),
  line: fc.integer({ min: 0, max: 1 << 20 }),
  startLine: fc.integer({ min: 0, max: 99 }),
});
const address = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const location: fc.Arbitrary<BuilderLocation> = fc.record({ address, frames: fc.array(frame, { maxLength: 3 }) });
const value = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.constantFrom(0, 1, 2 ** 28 - 1, 2 ** 28, -(2 ** 28), 2 ** 32),
);
const label: fc.Arbitrary<Label> = fc.oneof(
  fc.record({ key: fc.constantFrom('route', 'k', ''), text: fc.constantFrom('/shop', 'é', '') }),
  fc.record({ key: fc.constantFrom('bytes', 'n'), number: value, unit: fc.constantFrom('', 'bytes') }),
);
const sample = fc.record({
  stack: fc.array(location, { maxLength: 6 }),
  values: fc.tuple(value, value),
  labels: fc.array(label, { maxLength: 3 }),
});
const profile = fc
  .record({
    samples: fc.array(sample, { maxLength: 12 }),
    period: fc.nat(),
    timeNanos: fc.constantFrom(0, 1, 1_763_700_000_123_000_000),
    durationNanos: fc.nat(),
    comments: fc.array(fc.constantFrom('perf-gate', '', '# hidden'), { maxLength: 4 }),
    periodType: fc.constantFrom(undefined, INSTRUCTIONS, { type: 'x', unit: '' }),
    defaultType: fc.constantFrom('', 'calls'),
  })
  .map(({ samples, periodType, ...header }) => {
    const builder = new ProfileBuilder({
      sampleTypes: [CALLS, INSTRUCTIONS],
      ...header,
      ...(periodType && { periodType }),
    });
    builder
      .mapping('/srv/app', 'abc', { start: 0, limit: 2n ** 40n })
      .mapping('/lib/c.so', '', { start: 2n ** 40n, limit: 2n ** 63n });
    for (const { stack, values, labels } of samples) builder.add(stack, values, labels);
    return builder.build();
  });

describe('encodeProfile', () => {
  test('what is decoded again is what was encoded', () => {
    fc.assert(
      fc.property(profile, (built) => {
        const again = decodeProfile(encodeProfile(built), 'built');
        expect(again).toEqual(built);
        for (const type of ['calls', 'instructions']) {
          expect(tableOf(again, { type })).toEqual(tableOf(built, { type }));
          expect(stacksOf(again, type, (frame) => frame)).toEqual(stacksOf(built, type, (frame) => frame));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('whatever it is, `go tool pprof` opens it', () => {
    fc.assert(
      fc.property(profile, (built) => {
        expect(isAccepted(scratch, encodeProfile(built))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('… and counts as we do, recursion, inlining and repeated samples included', () => {
    const frame = fc.record({
      fn: fc.constantFrom('A', 'B', 'C', 'D.func1'),
      file: fc.constantFrom('a.go', 'b.go'),
      line: fc.nat(3),
    });
    const location = fc.record({ address: fc.nat(5), frames: fc.array(frame, { minLength: 1, maxLength: 3 }) });
    const sample = fc.tuple(fc.array(location, { maxLength: 5 }), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 30 }), (samples) => {
        const builder = new ProfileBuilder({ sampleTypes: [INSTRUCTIONS] }).mapping('/srv/app', 'abc');
        for (const [stack, value] of samples) builder.add(stack, [value]);
        const built = builder.build();
        const file = scratch.file('random.pb.gz', encodeProfile(built));
        const { rows } = tableOf(built, { type: 'instructions' });
        const ours = new Map(rows.map(({ name, flat, cum }) => [name, { flat, cum }]));
        expect(ours).toEqual(pprofTable(scratch, 'instructions', 'count', [file]));
      }),
      { numRuns: 40 },
    );
  });

  test('the same input gives the same bytes, without time or system in them', () => {
    const bytes = encodeProfile(T0);
    expect(encodeProfile(decodeProfile(bytes, 'T0'))).toEqual(bytes);
    expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  });

  test('an empty period type is not written: it would damage the file', () => {
    const empty = { ...T0, periodType: { type: '', unit: '' }, period: 10_000_000 };
    expect(decodeProfile(encodeProfile(empty), 'x')).toMatchObject({ periodType: undefined, period: 10_000_000 });
  });

  test('a value that is no whole number is a bug of ours and is not written', () => {
    const broken = { ...T0, samples: { ...T0.samples, values: T0.samples.values.map(() => 0.5) } };
    expect(() => encodeProfile(broken)).toThrow('0.5 is no whole number');
  });
});

describe('ProfileBuilder', () => {
  const builder = () => new ProfileBuilder({ sampleTypes: [INSTRUCTIONS] });

  test('rounds values, and refuses what cannot be one', () => {
    const built = builder().add([], [1.5]).add([], [-2.4]).build();
    expect([...built.samples.values]).toEqual([2, -2]);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => builder().add([], [bad])).toThrow('cannot be a value');
    expect(() => builder().add([], [1, 2])).toThrow('2 values for 1 sample types');
    expect(() => new ProfileBuilder({ sampleTypes: [] })).toThrow('a profile needs sample types');
  });

  test('files, functions and locations are kept once', () => {
    const frames = [{ fn: 'f', file: 'f.go', line: 3, startLine: 1 }];
    const built = builder()
      .add([{ address: 8, frames }], [1])
      .add([{ address: 8, frames }], [1])
      .add([{ address: 9, frames }], [1])
      .build();
    expect([built.functions.length, built.locations.length, built.samples.count]).toEqual([1, 2, 3]);
  });

  test('what was built before does not change when more is added', () => {
    const open = builder().add([{ frames: [{ fn: 'f', file: '', line: 1 }] }], [1]);
    const before = open.build();
    open.add([{ frames: [{ fn: 'g', file: '', line: 1 }] }], [1]);
    expect([before.functions.length, before.samples.count]).toEqual([1, 1]);
  });
});

describe('go tool pprof on an instruction profile of ours', () => {
  const source = scratch.file(
    'main.go',
    new TextEncoder().encode('package main\n\nfunc hash() {\n\tloop()\n}\n\nfunc main() {\n\thash()\n}\n'),
  );
  const record = (turns: number) => {
    const at = (
      fn: string,
      line: number,
      startLine: number,
      ...inlined: { fn: string; file: string; line: number }[]
    ) => ({
      frames: [...inlined, { fn, file: source, line, startLine }],
    });
    const main = at('main.main', 8, 7);
    const built = new ProfileBuilder({
      sampleTypes: [CALLS, INSTRUCTIONS],
      defaultType: 'instructions',
      periodType: INSTRUCTIONS,
      period: 1,
    })
      .mapping('/srv/orders', '')
      .add([at('main.hash', 4, 3), main], [turns, turns * 100])
      .add([at('main.hash', 3, 3, { fn: 'main.tiny', file: source, line: 5 }), main], [0, 7])
      .build();
    return scratch.file(`${turns}.pb.gz`, encodeProfile(built));
  };
  const base = record(400);
  const head = record(440);

  test('-top shows the default type', () => {
    const text = pprof(['-top', head]);
    expect(text).toContain('Type: instructions');
    expect(text).toMatch(/44000 +100% +100% +44007 +100% +main\.hash/);
  });

  test('-diff_base', () => {
    expect(pprofTable(scratch, 'instructions', 'count', [`-diff_base=${base}`, head])).toEqual(
      new Map([
        ['main.hash', { flat: 4_000, cum: 4_000 }],
        ['main.main', { flat: 0, cum: 4_000 }],
      ]),
    );
  });

  test('-list shows the source with counts at its lines', () => {
    const text = pprof(['-list=main.hash', head]);
    expect(text).toMatch(/44000 +44007 \(flat, cum\)/);
    expect(text).toMatch(/44000 +44000 +4:\s+loop\(\)/);
  });

  test('-traces, -raw and -proto', () => {
    expect(pprof(['-traces', head])).toContain('main.tiny');
    expect(pprof(['-raw', head])).toContain('calls/count instructions/count[dflt]');
    const output = `${scratch.path}/again.pb.gz`;
    pprof(['-proto', `-output=${output}`, head]);
    expect(pprofTable(scratch, 'instructions', 'count', [output])).toEqual(
      pprofTable(scratch, 'instructions', 'count', [head]),
    );
  });

  test('-http serves it', async () => {
    const port = await freePort();
    const server = spawn(pprofExecutable(), ['-no_browser', `-http=127.0.0.1:${port}`, head], {
      stdio: 'ignore',
    });
    try {
      const page = await untilServed(`http://127.0.0.1:${port}/top`);
      expect(page).toContain('main.hash');
      expect(await (await fetch(`http://127.0.0.1:${port}/flamegraph`)).text()).toContain('main.tiny');
    } finally {
      server.kill();
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilServed(url: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

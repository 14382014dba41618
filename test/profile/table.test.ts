import { afterAll, describe, expect, test } from '@jest/globals';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import { gateKey } from '../../src/profile/names.ts';
import { ProfileError } from '../../src/profile/profile.ts';
import { type FunctionTable, tableOf } from '../../src/profile/table.ts';
import { pprof, pprofTop, Scratch } from './real-go.ts';
import { T0, T0_ROWS, T0_TOTAL } from './t0.ts';

const scratch = new Scratch();
afterAll(() => scratch[Symbol.dispose]());

const figures = ({ rows }: FunctionTable) =>
  Object.fromEntries(rows.map(({ name, flat, cum }) => [name, { flat, cum }]));
const cpu = { sampleTypes: [{ type: 'cpu', unit: 'nanoseconds' }] };
const at = (...names: string[]) => names.map((fn) => ({ frames: [{ fn, file: `${fn}.go`, line: 1 }] }));

describe('T0', () => {
  test('has the flat, cum and total that go tool pprof gives it', () => {
    const table = tableOf(T0, { type: 'cpu' });
    expect(figures(table)).toEqual(T0_ROWS);
    expect(table.total).toBe(T0_TOTAL);
    expect(table.dropped).toBe(0);
  });

  test('has the figures that `go tool pprof -top` prints', () => {
    const file = scratch.file('t0.pb.gz', encodeProfile(T0));
    expect(Object.fromEntries(pprofTop('ns', [file]))).toEqual(T0_ROWS);
    expect(pprof(['-top', '-unit=ns', '-trim=false', '-symbolize=none', file])).toContain(`of ${T0_TOTAL}ns total`);
  });

  test('is, without inlining and with -show, the profile that go tool pprof makes', () => {
    const file = scratch.file('t0.pb.gz', encodeProfile(T0));
    const plain = pprofTop('ns', ['-noinlines', file]);
    expect([plain.get('A')!.flat, plain.get('B')!.cum, plain.has('C')]).toEqual([105, 1_010, false]);
    expect(pprofTop('ns', ['-show=^A$', file]).get('A')!.flat).toBe(1_111_105);
  });

  test('lists the files of a function and the largest flat first', () => {
    const { rows } = tableOf(T0, { type: 'cpu' });
    expect(rows.map(({ name }) => name)).toEqual(['<unknown>', '[libc.so.6]', '[app]', 'dup', 'B', 'C', 'A']);
    expect(rows.find(({ name }) => name === 'dup')!.files).toEqual(['one.go', 'two.go']);
    expect(rows.find(({ name }) => name === '[app]')!.files).toEqual([]);
  });
});

describe('tableOf', () => {
  test('names the types there are when it is asked for another', () => {
    expect(() => tableOf(T0, { type: 'alloc_space' })).toThrow(ProfileError);
    expect(() => tableOf(T0, { type: 'alloc_space' })).toThrow(
      "T0: no values of type 'alloc_space'; it has cpu/nanoseconds",
    );
  });

  test('takes the column by name, wherever it stands', () => {
    const types = [{ type: 'samples', unit: 'count' }, ...cpu.sampleTypes, { type: 'other', unit: 'count' }];
    const profile = new ProfileBuilder({ sampleTypes: types }).add(at('f'), [1, 20, 300]).build();
    expect(['samples', 'cpu', 'other'].map((type) => tableOf(profile, { type }).total)).toEqual([1, 20, 300]);
  });

  test('forms cum under the key, not by adding up names: closures of one function that call each other count once', () => {
    const profile = new ProfileBuilder(cpu)
      .add(at('m.F.func2', 'm.F.func1', 'm.F', 'main.main'), [80])
      .add(at('m.F.func1', 'm.F', 'main.main'), [1_000])
      .build();
    expect(figures(tableOf(profile, { type: 'cpu', key: gateKey }))).toEqual({
      'm.F.func*': { flat: 1_080, cum: 1_080 },
      'm.F': { flat: 0, cum: 1_080 },
      'main.main': { flat: 0, cum: 1_080 },
    });
  });

  test("leaves the agent's own samples out of rows and total, and says how much that was", () => {
    const inlined = { frames: ['user.F', 'main.perfGateServe'].map((fn) => ({ fn, file: '', line: 1 })) };
    const profile = new ProfileBuilder(cpu)
      .add(at('user.F', 'main.main'), [1])
      .add(at('user.F', 'main.perfGateSnapshot', 'main.main'), [20])
      .add([inlined], [-300])
      .build();
    const seen: string[] = [];
    const drop = (name: string) => {
      seen.push(name);
      return name.startsWith('main.perfGate');
    };
    const table = tableOf(profile, { type: 'cpu', drop, key: (name) => `<${name}>` });
    expect(table.dropped).toBe(320);
    expect(table.total).toBe(1);
    expect(figures(table)).toEqual({ '<user.F>': { flat: 1, cum: 1 }, '<main.main>': { flat: 0, cum: 1 } });
    expect(seen).toContain('main.perfGateServe');
  });

  test('takes the base alone as the total of a saved diff, as pprof does', () => {
    const base = [{ key: 'pprof::base', text: 'true' }];
    const profile = new ProfileBuilder(cpu).add(at('f'), [70]).add(at('f'), [-30], base).build();
    expect(tableOf(profile, { type: 'cpu' })).toMatchObject({ total: 30, rows: [{ name: 'f', flat: 40, cum: 40 }] });
    const file = scratch.file('diff.pb.gz', encodeProfile(profile));
    expect(pprof(['-top', '-unit=ns', file])).toContain('40ns, 133.33% of 30ns total');
  });

  test('has no rows for functions that cancel', () => {
    const profile = new ProfileBuilder(cpu).add(at('f'), [3]).add(at('f'), [-3]).add(at('g'), [0]).build();
    expect(tableOf(profile, { type: 'cpu' })).toMatchObject({ rows: [], total: 6 });
  });
});

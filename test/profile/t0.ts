/**
 * One profile with every case in which flat, cum and total are easily got wrong. Values are powers of ten,
 * so a sum says which samples are in it.
 */
import { type BuilderLocation, ProfileBuilder } from '../../src/profile/builder.ts';

const at = (address: number, ...frames: [fn: string, line: number, file?: string][]): BuilderLocation => ({
  address,
  frames: frames.map(([fn, line, file = 'app.go']) => ({ fn, file, line, startLine: 1 })),
});

const A = at(0x1010, ['A', 10]);
const A_AGAIN = at(0x1020, ['A', 11]);
const B = at(0x1030, ['B', 20]);
const C_IN_B_IN_A = at(0x1040, ['C', 30], ['B', 21], ['A', 12]);

/** Stacks leaf first. */
export const T0 = new ProfileBuilder({
  sampleTypes: [{ type: 'cpu', unit: 'nanoseconds' }],
  periodType: { type: 'cpu', unit: 'nanoseconds' },
  period: 1,
  label: 'T0',
})
  .mapping('/srv/bin/app', 'abc', { start: 0x1000, limit: 0x2000 })
  .mapping('/lib/libc.so.6', '', { start: 0x3000, limit: 0x4000, isSymbolized: false })
  .add([A, B, A_AGAIN, A], [10])
  .add([C_IN_B_IN_A], [100])
  .add([B, C_IN_B_IN_A], [1_000])
  .add([at(0x1050, ['dup', 1, 'one.go']), A], [10_000])
  .add([at(0x1060, ['dup', 1, 'two.go']), A], [100_000])
  .add([at(0x1070), A], [1_000_000])
  .add([at(0x3010)], [10_000_000])
  .add([at(0x9000)], [100_000_000])
  .add([], [1_000_000_000])
  .add([A], [-5])
  .build();

/** What `go tool pprof` says of it. */
export const T0_TOTAL = 1_111_111_115;
export const T0_ROWS = {
  A: { flat: 5, cum: 1_111_105 },
  B: { flat: 1_000, cum: 1_110 },
  C: { flat: 100, cum: 1_100 },
  dup: { flat: 110_000, cum: 110_000 },
  '[app]': { flat: 1_000_000, cum: 1_000_000 },
  '[libc.so.6]': { flat: 10_000_000, cum: 10_000_000 },
  '<unknown>': { flat: 100_000_000, cum: 100_000_000 },
};

/** Head over base from rounds; the figures are NumPy's: np.expm1(log(head/base).mean()), log(head/base).std(ddof=1). */
import { expect, test } from '@jest/globals';
import { estimateOf } from '../../src/measure/estimate.ts';
import type { CpuRound } from '../../src/measure/manifest.ts';

/** Rounds of which a request took so much CPU time. */
const rounds = (...perRequest: number[]) =>
  perRequest.map((ns) => ({ requests: 10, userNs: 10 * ns, systemNs: 1000 / ns }) as CpuRound);

const [base, head] = [rounds(100, 200, 100, 150), rounds(103, 210, 99, 153)];

test.each([
  [2, 0.039951921965626296, 0.013598626430662132],
  [3, 0.023027338215592198, 0.030002593068996157],
  [4, 0.02226966235086103, 0.024541789525795936],
])('of %d rounds', (count, change, sd) => {
  expect(estimateOf(base.slice(0, count), head.slice(0, count))).toEqual({
    change: expect.closeTo(change, 12),
    sd: expect.closeTo(sd, 12),
    rounds: count,
  });
});

test('of another figure of the rounds', () => {
  const { change } = estimateOf(base, head, ({ systemNs }) => systemNs)!;
  expect(change).toBeCloseTo(1 / (1 + 0.02226966235086103) - 1, 12);
});

test('one round has a change and no spread; none has nothing', () => {
  expect(estimateOf(rounds(100), rounds(103))).toEqual({ change: expect.closeTo(0.03, 12), sd: undefined, rounds: 1 });
  expect(estimateOf([], [])).toBeUndefined();
  // A round in which the kernel's clock saw nothing of the service.
  expect(estimateOf(rounds(0), rounds(103))).toBeUndefined();
});

import { expect, test } from '@jest/globals';
import type { Subject } from '../../src/measure/bench.ts';
import { inTurn } from '../../src/measure/turns.ts';

const subject = (side: Subject['side']): Subject => ({ side, binary: '', directory: '', output: '' });

function withResolvers() {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('one side takes turns, also behind one that failed, and the other side does not wait', async () => {
  const [base, head] = [subject('base'), subject('head')];
  const events: string[] = [];
  const { promise: held, resolve: release } = withResolvers();
  const first = inTurn(base, async () => {
    events.push('first begins');
    await held;
    events.push('first ends');
    throw new Error('not ready');
  });
  const second = inTurn(base, async () => {
    events.push('second');
    return 2;
  });
  expect(await inTurn(head, async () => events.push('other'))).toBe(2);
  release();
  await expect(first).rejects.toThrow('not ready');
  expect(await second).toBe(2);
  expect(events).toEqual(['first begins', 'other', 'first ends', 'second']);
});

/** When a base that was measured elsewhere is not relied upon. */
import { describe, expect, test } from '@jest/globals';
import { compareClosely } from '../../src/compare/compare.ts';
import { doubtOf } from '../../src/compare/doubt.ts';
import { changedIn, limits, type SideText, side } from './sides.ts';

const doubt = (base: SideText, head: SideText, ...changed: string[]) => {
  const sides = { base: side('base', base), head: side('head', head) };
  const compared = compareClosely({
    ...sides,
    changes: changedIn(...changed),
    limits: limits('{}'),
    today: '2026-11-21',
  });
  return doubtOf(compared, ['instructions', 'allocs'])?.text.replace(/^the base was measured in this run: /, '');
};

/** A request: the standard library around a handler. */
const request = (read: number, write: number, handler: number, runtime = 100) => ({
  instructions: [
    `http.serve;http.readRequest ${read}`,
    `http.serve;http.finishRequest ${write}`,
    `http.serve;main.handler ${handler}`,
    `http.serve;main.handler;json.encode ${handler}`,
    `http.serve;runtime.schedule ${runtime}`,
  ],
});

describe('a stored base', () => {
  test('is relied upon where unchanged code executed the same', () => {
    expect(doubt(request(1000, 500, 2000), request(1000, 500, 9000), 'main.handler')).toBeUndefined();
  });

  test('also where a longer answer took longer to send', () => {
    expect(doubt(request(1000, 500, 2000), request(1000, 990, 2000), 'main.handler')).toBeUndefined();
  });

  test('also where the runtime did something else meanwhile', () => {
    expect(doubt(request(1000, 500, 2000, 100), request(1000, 500, 2000, 9000), 'main.handler')).toBeUndefined();
  });

  test('is not where most of the unchanged code differs', () => {
    expect(doubt(request(1000, 500, 2000), request(1002, 501, 2000), 'main.handler')).toBe(
      'code that did not change differs from what was stored of it, by 0.2 % of its instructions',
    );
    expect(doubt(request(1002, 501, 2000), request(1000, 500, 2000), 'main.handler')).toMatch(/0\.2 %/);
  });

  test('is not where nothing unchanged was executed', () => {
    const all = ['http.serve', 'http.readRequest', 'http.finishRequest', 'main.handler', 'json.encode'];
    expect(doubt(request(1000, 500, 2000), request(1000, 500, 2000), ...all)).toBe(
      'nothing unchanged was executed on both sides that could show that its instructions compare',
    );
  });

  test('is judged by its allocations too', () => {
    const objects = (read: number) => ({
      objects: [`http.serve;http.readRequest ${read}`, 'http.serve;main.handler 9'],
    });
    expect(doubt(objects(7), objects(7), 'main.handler')).toBeUndefined();
    expect(doubt(objects(7), objects(8), 'main.handler')).toMatch(/by 14\.3 % of its objects$/);
  });

  test('is not doubted for what was not stored', () => {
    const sides = { base: side('base', request(1, 1, 1)), head: side('head', request(2, 2, 2)) };
    const compared = compareClosely({ ...sides, changes: changedIn(), limits: limits('{}'), today: '2026-11-21' });
    expect(doubtOf(compared, ['allocs', 'io'])).toBeUndefined();
  });
});

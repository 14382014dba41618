import { describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { checkLoad } from '../../src/load/check.ts';
import type { LoadFailure, LoadResult } from '../../src/load/result.ts';

const notFound: LoadFailure = {
  request: 'list',
  line: 'GET /orders',
  expected: '200',
  status: 404,
  bodyStart: '404 page "not found"',
};

function result(changes: Partial<LoadResult>): LoadResult {
  return {
    mode: 'count',
    requests: 1000,
    failed: 0,
    byStatus: {},
    latencyMs: undefined,
    durationMs: 2000,
    bytesReceived: 0,
    generatorCpuShare: 0.3,
    stoppedEarly: false,
    ...changes,
  };
}

function problem(changes: Partial<LoadResult>, tolerated = 0): string {
  try {
    checkLoad(result(changes), { tolerated, label: 'head' });
  } catch (error) {
    if (error instanceof MeasurementError) return `${error.message} | ${error.detail ?? ''}`;
    throw error;
  }
  return 'none';
}

describe('a load that measured nothing is an error', () => {
  test.each([
    [
      'failures',
      { requests: 970, failed: 30, firstFailure: notFound },
      '3.0 % of the requests to head failed (30 of 1000) | ' +
        'the first: GET /orders answered 404, expected 200: "404 page \\"not found\\""',
    ],
    [
      'a single one of a million',
      { requests: 999_999, failed: 1, firstFailure: { ...notFound, bodyStart: '' } },
      '0.0001 % of the requests to head failed (1 of 1000000) | ' +
        'the first: GET /orders answered 404, expected 200, no body',
    ],
    [
      'no response',
      {
        requests: 0,
        failed: 1,
        firstFailure: { request: 'list', line: 'GET /orders', expected: '2xx', error: 'the connection was refused' },
      },
      '100 % of the requests to head failed (1 of 1) | the first: GET /orders: the connection was refused',
    ],
    [
      'half a response',
      {
        requests: 0,
        failed: 1,
        firstFailure: { request: 'list', line: 'GET /orders', expected: '2xx', status: 200, error: 'reset' },
      },
      '100 % of the requests to head failed (1 of 1) | the first: GET /orders answered 200: reset',
    ],
    ['no request at all', { requests: 0 }, 'not one request to head succeeded | '],
    ['an empty window', { requests: 0, mode: 'window' }, 'not one request to head succeeded within 2.0 s | '],
  ] as const)('%s', (_, changes, expected) => {
    expect(problem(changes)).toBe(expected);
  });

  test('some failures may be tolerated, one more not', () => {
    expect(problem({ requests: 990, failed: 10, firstFailure: notFound }, 0.01)).toBe('none');
    expect(problem({ requests: 989, failed: 11, firstFailure: notFound }, 0.01)).toMatch(
      /^1\.1 % of the requests to head failed \(11 of 1000\), tolerated are 1\.0 %/,
    );
  });

  test('a tolerance excuses neither that all failed nor that the load was given up', () => {
    expect(problem({ requests: 0, failed: 10, firstFailure: notFound }, 1)).toMatch(
      /^not one request to head succeeded \| GET \/orders answered 404/,
    );
    expect(problem({ requests: 9950, failed: 50, stoppedEarly: true, firstFailure: notFound }, 0.5)).toMatch(
      /^0\.5 % of the requests to head failed \(50 of 10000\), the last of them all in a row, so it was given up/,
    );
  });
});

describe('a busy generator', () => {
  test('is a warning in a window', () => {
    expect(checkLoad(result({ mode: 'window', generatorCpuShare: 0.8 }), { tolerated: 0, label: 'base' })).toEqual([
      { code: 'generator-bottleneck', cpuShare: 0.8 },
    ]);
  });

  test('is none where it is not busy, or where no time is measured', () => {
    expect(checkLoad(result({ mode: 'window', generatorCpuShare: 0.7 }), { tolerated: 0, label: 'base' })).toEqual([]);
    expect(checkLoad(result({ generatorCpuShare: 0.99 }), { tolerated: 0, label: 'base' })).toEqual([]);
  });
});

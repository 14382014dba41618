/** What a person is told beside the file: what the load hardly shows, and what of the source was not understood. */
import { expect, test } from '@jest/globals';
import type { Candidate } from '../../src/init/candidates.ts';
import { nothingAnswers } from '../../src/init/nothing-answers.ts';
import { type Outcome, tellUnclear, tellWritten } from '../../src/init/told.ts';
import type { Answered } from '../../src/init/try-requests.ts';

const PLACE = { file: 'api/routes.go', line: 12 };

function answered(path: string, bytes: number, role: Candidate['role'] = 'load'): Answered {
  const candidate: Candidate = { pattern: path, parts: [{ literal: path }], role, place: PLACE };
  return { candidate, path, status: 200, ms: 1, bytes, learntFrom: undefined };
}

const LAUNCH = { args: ['-addr', '127.0.0.1:{port}'], env: {}, files: {}, way: undefined };

function tell(kept: readonly Answered[], changes: Partial<Outcome> = {}): string {
  return tellWritten({
    file: 'perf-gate.yml',
    isFoundFromHere: true,
    plan: {
      package: '.',
      directory: undefined,
      setup: [],
      inject: [],
      ...LAUNCH,
      ready: undefined,
      protocol: undefined,
      calls: [],
      givenRequests: [],
      kept,
      spare: [],
      leftOut: [],
      branch: 'main',
      schema: 'x',
    },
    launch: LAUNCH,
    others: [],
    isGuess: false,
    leftOutModules: [],
    notInjected: [],
    unclear: [],
    isOutputIgnored: true,
    ...changes,
  });
}

test.each([
  ['/a', 0, 'load', /^ {4}! every answer is empty, so that little is measured; give requests/m],
  ['/', 200, 'load', /^ {4}! only the landing page is asked for; give requests/m],
  ['/healthz', 2, 'ready', /^ {4}! only a health check is asked for; give requests/m],
  ['/metrics', 900, 'metrics', /^ {4}! only figures about the service are asked for; give requests/m],
] as const)('a load of %s alone, with %i bytes, is warned of', (path, bytes, role, warning) => {
  expect(tell([answered(path, bytes, role)])).toMatch(warning);
  expect(tell([answered(path, bytes, role), answered('/orders', 10)])).not.toMatch(/^ {4}!/m);
});

test('routes that were not understood are counted, with their places', () => {
  expect(tellUnclear([])).toEqual([]);
  expect(tellUnclear([PLACE])).toEqual([
    '1 route is registered under a path that the source does not tell, and may be missing:',
    '  api/routes.go:12',
  ]);
  const many = Array.from({ length: 11 }, (_, i) => ({ file: '\u001b[2Jevil.go', line: i + 1 }));
  const told = tellUnclear(many).join('\n');
  expect(told).toMatch(/^11 routes are registered under paths/);
  expect(told).toMatch(/:8 and 3 more$/);
  expect(told).not.toContain('\u001b');
  expect(tell([answered('/', 1)], { unclear: [PLACE] })).toContain('\n  1 route is registered');
});

test('a listener that only redirects is told as one, and a gRPC server as what it is', () => {
  const left = (request: string, reason: string) => ({ request, reason, place: PLACE });
  const asked = [
    left('GET /a', 'redirects to https://127.0.0.1:8443/a'),
    left('GET /b', 'redirects to https://127.0.0.1:8443/b'),
    left('POST /c', 'not tried: it may change something, or needs a body'),
  ];
  expect(nothingAnswers(asked, [], undefined).message).toBe(
    'what listens on the port that it was given does nothing but redirect to https://127.0.0.1:8443',
  );
  expect(nothingAnswers([...asked, left('GET /d', 'answered 404')], [], undefined).message).toMatch(/^no request was/);
  expect(nothingAnswers([left('GET /a', 'redirects to /b')], [], undefined).message).toMatch(/^no request was/);
  expect(nothingAnswers([], [], undefined).detail).toBe('no route was found in the source');
  expect(nothingAnswers([], [PLACE], undefined).detail).toContain('api/routes.go:12');
  expect(nothingAnswers([], [], PLACE).message).toMatch(/^it is a gRPC server \(api\/routes\.go:12\)/);
});

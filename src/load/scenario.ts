/**
 * What is sent: the requests of a scenario and the fixed order in which they go out. Knows no network.
 */
import { UserError } from '../errors.ts';

/** The statuses that count as success. */
export type Expectation = readonly number[] | '2xx';

export interface RequestSpec {
  readonly name: string;
  readonly method: string;
  /** With the query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly expect: Expectation;
  /** How many of the requests are this one, against the weights of the others: a whole number, at least 1. */
  readonly weight: number;
}

export interface Scenario {
  readonly requests: readonly RequestSpec[];
}

/** A request as the config says it: all but the path has a default. */
export type RequestInput = Pick<RequestSpec, 'path'> & Partial<RequestSpec>;

const LONGEST_DECK = 10_000;

/** A scenario that can be sent; throws a UserError that names the request that cannot. */
export function makeScenario(inputs: readonly RequestInput[]): Scenario {
  if (inputs.length === 0) throw new UserError('the load has no requests', { hint: 'add one under load.requests' });
  const scenario = { requests: inputs.map(withDefaults) };
  for (const request of scenario.requests) checkRequest(request);
  const length = deckLength(scenario);
  if (length > LONGEST_DECK) {
    throw new UserError(`the weights of the requests repeat only after ${length} requests, at most ${LONGEST_DECK}`, {
      hint: 'use rounder weights',
    });
  }
  return scenario;
}

/** Requests after which the order repeats: a multiple of it has the exact proportions of the weights. */
export function deckLength({ requests }: Scenario): number {
  const divisor = requests.reduce((d, { weight }) => greatestCommonDivisor(d, weight), 0);
  return requests.reduce((sum, { weight }) => sum + weight, 0) / divisor;
}

/**
 * The order, once through: each request as often as its weight says and spread evenly (smooth weighted round robin as
 * in nginx, upstream_round_robin.c), so that a part of the deck is as near to the proportions as it can be.
 */
export function sequence(scenario: Scenario): readonly RequestSpec[] {
  const { requests } = scenario;
  const total = requests.reduce((sum, { weight }) => sum + weight, 0);
  const credit = requests.map(() => 0);
  return Array.from({ length: deckLength(scenario) }, () => {
    let best = 0;
    for (let i = 0; i < requests.length; i++) {
      credit[i]! += requests[i]!.weight;
      if (credit[i]! > credit[best]!) best = i;
    }
    credit[best]! -= total;
    return requests[best]!;
  });
}

export function isExpected(expect: Expectation, status: number): boolean {
  return expect === '2xx' ? status >= 200 && status < 300 : expect.includes(status);
}

/** '2xx', '200', '200 or 404'. */
export function formatExpectation(expect: Expectation): string {
  return expect === '2xx' ? expect : expect.join(' or ');
}

function withDefaults(input: RequestInput): RequestSpec {
  const method = input.method ?? 'GET';
  return { name: `${method} ${input.path}`, headers: {}, expect: '2xx', weight: 1, ...input, method };
}

function checkRequest({ name, path, weight, expect }: RequestSpec): void {
  const problem = (what: string) => new UserError(`request '${name}': ${what}`);
  if (!/^\/[!-~]*$/.test(path)) throw problem(`the path must begin with / and be percent-encoded, not '${path}'`);
  if (!Number.isInteger(weight) || weight < 1) throw problem(`the weight must be a whole number from 1, not ${weight}`);
  if (expect.length === 0) throw problem('no status is expected, so it could never succeed');
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

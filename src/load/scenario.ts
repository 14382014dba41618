/**
 * What is sent: the requests of a scenario and the fixed order in which they go out. Knows no network.
 */

import { UserError } from '../base/errors.ts';
import { type AnswerConfig, type CaptureConfig, NO_EXPECTATIONS } from '../config/config.ts';
import { faultOfMessages, grpcKindOf } from './grpc.ts';

/** The statuses that count as success. */
export type Expectation = readonly number[] | '2xx';

/** One request. */
export interface StepSpec {
  readonly name: string;
  readonly method: string;
  /** With the query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Whether captured values are put into the body as JSON. */
  readonly isJson: boolean;
  readonly expect: Expectation;
  /** What is expected of the answer besides its status. */
  readonly answer: AnswerConfig;
  /** What its response has for the requests behind it, by the name that they know it by. */
  readonly capture: Readonly<Record<string, CaptureConfig>>;
}

export interface RequestSpec extends StepSpec {
  /** How often it comes, against the weights of the others: a whole number, at least 1. */
  readonly weight: number;
  /** Sent behind it each time, in order and over the same connection. */
  readonly steps: readonly StepSpec[];
}

export interface Scenario {
  readonly requests: readonly RequestSpec[];
}

/** A request as the config says it: all but the path has a default. */
export type StepInput = Pick<StepSpec, 'path'> & Partial<StepSpec>;
export type RequestInput = StepInput & { readonly weight?: number; readonly steps?: readonly StepInput[] };

const LONGEST_DECK = 10_000;

/** A scenario that can be sent; throws a UserError that names the request that cannot. */
export function makeScenario(inputs: readonly RequestInput[]): Scenario {
  if (inputs.length === 0) throw new UserError('the load has no requests', { hint: 'add one under load.requests' });
  const scenario = { requests: inputs.map(requestOf) };
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
  const sent = requests.reduce((sum, { weight, steps }) => sum + weight * (1 + steps.length), 0);
  return sent / divisorOf(requests);
}

const divisorOf = (requests: readonly RequestSpec[]) =>
  requests.reduce((d, { weight }) => greatestCommonDivisor(d, weight), 0);

/**
 * The order, once through: each request as often as its weight says and spread evenly (smooth weighted round robin as
 * in nginx, upstream_round_robin.c), so that a part of the deck is as near to the proportions as it can be.
 */
export function deckOf({ requests }: Scenario): readonly RequestSpec[] {
  const total = requests.reduce((sum, { weight }) => sum + weight, 0);
  const credit = requests.map(() => 0);
  return Array.from({ length: total / divisorOf(requests) }, () => {
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

function requestOf({ weight = 1, steps = [], ...first }: RequestInput): RequestSpec {
  return { ...stepOf(first), weight, steps: steps.map(stepOf) };
}

function stepOf(input: StepInput): StepSpec {
  const method = input.method ?? 'GET';
  const name = `${method} ${input.path}`;
  const standard = { name, headers: {}, expect: '2xx', answer: NO_EXPECTATIONS, capture: {}, isJson: false } as const;
  return { ...standard, ...input, method };
}

function checkRequest(request: RequestSpec): void {
  const { name, weight, steps } = request;
  if (!Number.isInteger(weight) || weight < 1)
    throw new UserError(`request '${name}': the weight must be a whole number from 1, not ${weight}`);
  checkStep(request, /^\/[!-~]*$/);
  for (const step of steps) checkStep(step, /^(\/|\{\w+\})[!-~]*$/);
}

function checkStep(step: StepSpec, legal: RegExp): void {
  const { name, path, expect } = step;
  const problem = (what: string) => new UserError(`request '${name}': ${what}`);
  if (!legal.test(path)) throw problem(`the path must begin with / and be percent-encoded, not '${path}'`);
  if (expect.length === 0) throw problem('no status is expected, so it could never succeed');
  checkMessages(step);
}

/** The content type of a request; undefined: it says none. */
export function contentTypeOf({ headers }: Pick<StepSpec, 'headers'>): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}

/** A body that is no message would be answered with an error, or with one of a proxy. */
function checkMessages({ name, headers, body }: StepSpec): void {
  const kind = grpcKindOf(contentTypeOf({ headers }));
  if (body === undefined || kind === undefined || kind === 'text') return;
  // What is put in has a length of its own.
  if (typeof body === 'string' && /\{\w+\}/.test(body)) return;
  const fault = faultOfMessages(typeof body === 'string' ? Buffer.from(body) : body);
  if (fault === undefined) return;
  throw new UserError(`request '${name}': its body is no message of gRPC: ${fault}`, {
    hint: 'a message is a byte 0, its length in 4 bytes and then protobuf; a text is sent as UTF-8, so put other bytes into a body-file',
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

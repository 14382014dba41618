/** The requests of a scenario as undici wants them, made once; those that hold captured values, each time anew. */
import type { Dispatcher } from 'undici';
import { type AnswerCheck, answerCheckOf } from './answer.ts';
import { type Capture, captureOf, type Place, templateOf, type Values } from './capture.ts';
import { grpcKindOf } from './grpc.ts';
import { contentTypeOf, deckOf, isExpected, type RequestSpec, type Scenario, type StepSpec } from './scenario.ts';

export interface PreparedRequest {
  readonly spec: StepSpec;
  readonly captures: readonly { readonly name: string; readonly capture: Capture }[];
  options(values: Values): Dispatcher.DispatchOptions;
  isExpected(status: number): boolean;
  readonly check: AnswerCheck;
}

/** Requests that are sent one behind the other, over the same connection. */
export type Sequence = readonly PreparedRequest[];

/** The deck, once through. */
export function prepareDeck(scenario: Scenario): Sequence[] {
  const prepared = new Map(scenario.requests.map((request) => [request, prepareSequence(request)]));
  return deckOf(scenario).map((request) => prepared.get(request)!);
}

function prepareSequence(request: RequestSpec): Sequence {
  const captured = new Set<string>();
  return [request, ...request.steps].map((step) => {
    const prepared = prepare(step, new Set(captured));
    for (const name of Object.keys(step.capture)) captured.add(name);
    return prepared;
  });
}

function prepare(spec: StepSpec, names: ReadonlySet<string>): PreparedRequest {
  return {
    spec,
    captures: Object.entries(spec.capture).map(([name, written]) => ({ name, capture: captureOf(written) })),
    options: optionsOf(spec, names),
    isExpected: (status) => isExpected(spec.expect, status),
    check: answerCheckOf(spec.answer, contentTypeOf(spec)),
  };
}

function optionsOf(spec: StepSpec, names: ReadonlySet<string>): PreparedRequest['options'] {
  const { method, body } = spec;
  const template = (text: string, place: Place) => templateOf(text, names, place);
  const path = template(spec.path, 'path');
  // gRPC's clients have to say that they understand trailers, and some servers refuse a call without.
  const own = grpcKindOf(contentTypeOf(spec)) === 'grpc' ? { ...spec.headers, te: 'trailers' } : spec.headers;
  const headers = Object.entries(own).map(([name, value]) => [name, template(value, 'header')] as const);
  const sent = typeof body === 'string' ? template(body, spec.isJson ? 'json' : 'text') : body;
  const make = (values: Values): Dispatcher.DispatchOptions => {
    const filled = (text: ReturnType<typeof template>) => (typeof text === 'string' ? text : text(values));
    return {
      method,
      path: filled(path),
      headers: headers.flatMap(([name, value]) => [name, filled(value)]),
      body: sent === undefined ? null : Buffer.from(sent instanceof Uint8Array ? sent : filled(sent)),
      // A DELETE with a body would otherwise cost a connection each.
      reset: false,
    };
  };
  if ([path, sent, ...headers.map(([, value]) => value)].some((part) => typeof part === 'function')) return make;
  const always = make(new Map());
  return () => always;
}

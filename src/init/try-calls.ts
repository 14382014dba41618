/** Calls methods of a gRPC service that runs, with an empty message, and keeps those that it answers well. */
import { redact } from '../base/redact.ts';
import { plainText } from '../base/text.ts';
import type { RpcAnswer } from './ask-grpc.ts';
import type { LeftOut } from './candidates.ts';
import type { AnsweredCall, Call } from './grpc.ts';

/** A running service. */
export interface RpcTrial {
  call(path: string): Promise<RpcAnswer>;
  /** Whether it has ended by itself; then it is started again. */
  restartIfEnded(): Promise<boolean>;
}

export interface TriedCalls {
  /** The health check alone where no other method was answered. */
  readonly kept: readonly AnsweredCall[];
  readonly leftOut: readonly LeftOut[];
}

const MOST_KEPT = 10;
const STEADY_TRIES = 5;

export async function tryCalls(calls: readonly Call[], trial: RpcTrial): Promise<TriedCalls> {
  const answered: AnsweredCall[] = [];
  const leftOut: LeftOut[] = [];
  for (const call of calls) {
    const result = await attempt(call, trial);
    if (typeof result !== 'string') answered.push(result);
    else leftOut.push(leftOutOf(call, redact(plainText(result)).replace(/\s+/g, ' ').slice(0, 120)));
  }
  const [health] = answered.filter(({ isHealth }) => isHealth);
  const others = answered.filter(({ isHealth }) => !isHealth);
  if (others.length === 0) return { kept: health === undefined ? [] : [health], leftOut };
  const aside = health === undefined ? [] : [leftOutOf(health, 'it answers, but a health check is no load')];
  const tooMany = others.slice(MOST_KEPT).map((one) => leftOutOf(one, 'it would do as well'));
  return { kept: others.slice(0, MOST_KEPT), leftOut: [...leftOut, ...aside, ...tooMany] };
}

const leftOutOf = ({ path, place }: Call, reason: string): LeftOut => ({ request: `POST ${path}`, reason, place });

async function attempt(call: Call, trial: RpcTrial): Promise<AnsweredCall | string> {
  let best = { ms: Number.POSITIVE_INFINITY, bytes: 0 };
  for (let i = 0; i < STEADY_TRIES; i++) {
    const answer = await trial.call(call.path);
    if (await trial.restartIfEnded()) return 'the service ended when it was called';
    if (answer.kind === 'failed') return answer.reason;
    if (answer.ms < best.ms) best = { ms: answer.ms, bytes: answer.bytes };
  }
  return { ...call, ...best };
}

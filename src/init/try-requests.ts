/**
 * Tries requests on a service that runs and keeps those that it answers well: with success every time, soon, and of a size
 * that can be asked for thousands of times. It knows the service only as something that answers, and may end.
 */
import { redact } from '../base/redact.ts';
import { plainText } from '../base/text.ts';
import type { Answer } from './ask.ts';
import { type Candidate, compareReadiness, type LeftOut, USUAL_PATHS } from './candidates.ts';
import { type Learnt, learn, learntValues } from './learn.ts';
import { fillPath, isParameter, plausibleValues } from './path-pattern.ts';

/** A running service. */
export interface Trial {
  ask(path: string): Promise<Answer>;
  /** Whether it has ended by itself; then it is started again. */
  restartIfEnded(): Promise<boolean>;
  monotonicMs(): number;
}

/** A request that was answered with a 2xx status every time. */
export interface Answered {
  readonly candidate: Candidate;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly bytes: number;
  /** Where the values of its parameters are from; undefined where they are guesses, or there are none. */
  readonly learntFrom: string | undefined;
}

export interface Tried {
  /** For the load, in the order of trying; none where nothing was answered well. */
  readonly kept: readonly Answered[];
  /** They would do as well. */
  readonly spare: readonly Answered[];
  readonly ready: Answered | undefined;
  readonly leftOut: readonly LeftOut[];
}

const MOST_KEPT = 10;
const STEADY_TRIES = 10;
const SLOW_MS = 500;
const BUDGET_MS = 90_000;
/** Values that are tried for the parameters of one path. */
const MOST_VALUES = 4;

export async function tryRequests(candidates: readonly Candidate[], trial: Trial): Promise<Tried> {
  const tried = new Trying(trial);
  for (const candidate of candidates) await tried.one(candidate);
  await tried.usual();
  return choose(tried.answered, tried.leftOut);
}

class Trying {
  readonly answered: Answered[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #trial: Trial;
  readonly #learnt: Learnt[] = [];
  readonly #endMs: number;

  constructor(trial: Trial) {
    this.#trial = trial;
    this.#endMs = trial.monotonicMs() + BUDGET_MS;
  }

  async one(candidate: Candidate): Promise<void> {
    const isOver = this.#trial.monotonicMs() > this.#endMs;
    const result = isOver ? 'not tried: those before it took too long' : await this.#attempt(candidate);
    if (typeof result !== 'string') this.answered.push(result);
    else if (candidate.place !== undefined) {
      this.leftOut.push({ request: `GET ${candidate.pattern}`, reason: result, place: candidate.place });
    }
  }

  /** Paths that are not in the source, where those that are do not do; unless everything is answered alike. */
  async usual(): Promise<void> {
    const has = (role: Candidate['role']) => this.answered.some(({ candidate }) => candidate.role === role);
    const wanted = USUAL_PATHS.filter(({ role }) => !has(role));
    if (wanted.length === 0) return;
    const nonsense = await this.#trial.ask('/perf-gate-asks-for-what-is-not-there');
    const answersAll = isSuccess(nonsense);
    for (const candidate of wanted) {
      if (has(candidate.role) || (answersAll && candidate.role === 'ready')) continue;
      await this.one(candidate);
    }
  }

  /** The answer, or the reason why it is left out. */
  async #attempt(candidate: Candidate): Promise<Answered | string> {
    const paths = this.#paths(candidate).filter(({ path }) => !this.#isAsked(path));
    if (paths.length === 0) return 'it asks for the same as a request before it';
    const failed: { readonly path: string; readonly answer: Answer }[] = [];
    for (const { path, learntFrom } of paths) {
      for (const spelling of new Set([path, otherSpelling(path)])) {
        if (spelling !== path && this.#isAsked(spelling)) break;
        const answer = await this.#trial.ask(spelling);
        if (await this.#trial.restartIfEnded()) return 'the service ended when it was asked';
        if (isSuccess(answer)) return this.#steady(candidate, spelling, answer, learntFrom);
        if (spelling === path) failed.push({ path, answer });
        if (!isAboutSpelling(answer)) break;
      }
      const { answer } = failed.at(-1)!;
      if (!mayBeTheValue(answer)) break;
    }
    return failed.length === 0 ? 'it was never tried' : reasonOf(failed);
  }

  /** Whether a request of the load would be sent twice. */
  #isAsked(path: string): boolean {
    return this.answered.some((one) => one.path === path);
  }

  #paths({ parts }: Candidate): { path: string; learntFrom: string | undefined }[] {
    const values: { readonly all: readonly string[]; readonly learnt: number }[] = [];
    let before = '';
    for (const part of parts) {
      if (!isParameter(part)) {
        before += part.literal;
        continue;
      }
      const learnt = learntValues(this.#learnt, part.name, before);
      const all = [...new Set([...learnt, ...plausibleValues(part)])];
      values.push({ all, learnt: learnt.length });
      before += all[0]!;
    }
    const tries = Math.min(MOST_VALUES, Math.max(1, ...values.map(({ all }) => all.length)));
    return Array.from({ length: tries }, (_, i) => ({
      path: fillPath(
        parts,
        values.map(({ all }) => all[Math.min(i, all.length - 1)]!),
      ),
      learntFrom: values.length > 0 && values.every(({ learnt }) => i < learnt) ? 'its answers' : undefined,
    }));
  }

  /** Again and again: what fails now and then, or takes long, is no load. */
  async #steady(
    candidate: Candidate,
    path: string,
    first: Extract<Answer, { kind: 'answered' }>,
    learntFrom: string | undefined,
  ): Promise<Answered | string> {
    let ms = first.ms;
    let failures = 0;
    let last: Answer = first;
    for (let i = 1; i < STEADY_TRIES; i++) {
      const answer = await this.#trial.ask(path);
      if (await this.#trial.restartIfEnded()) return 'the service ended when it was asked again';
      if (isSuccess(answer)) ms = Math.min(ms, answer.ms);
      else {
        failures++;
        last = answer;
      }
      if (i === 1 && ms > SLOW_MS) return `takes ${(ms / 1000).toFixed(1)} s: too long to be asked thousands of times`;
    }
    if (failures > 0) {
      return `${last.kind === 'none' ? last.reason : `answered ${last.status}`} in ${failures} of ${STEADY_TRIES} tries`;
    }
    if (/json/.test(first.contentType)) this.#learnt.push(learn(path, first.body.toString('utf8')));
    return { candidate, path, status: first.status, ms, bytes: first.bytes, learntFrom };
  }
}

const isSuccess = (answer: Answer): answer is Extract<Answer, { kind: 'answered' }> =>
  answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;

/** With a slash at its end or without. */
const otherSpelling = (path: string) => (path.endsWith('/') ? path.slice(0, -1) || '/' : `${path}/`);

const isAboutSpelling = (answer: Answer) =>
  answer.kind === 'answered' && [301, 302, 307, 308, 404].includes(answer.status);

/** Whether another value could be answered better. */
const mayBeTheValue = (answer: Answer) =>
  answer.kind === 'none' ? !answer.isTimeout : [400, 404, 406, 410, 422, 500].includes(answer.status);

function choose(answered: readonly Answered[], leftOut: readonly LeftOut[]): Tried {
  const of = (role: Candidate['role']) => answered.filter(({ candidate }) => candidate.role === role);
  const [ready, ...otherReady] = of('ready').toSorted((a, b) => compareReadiness(a.path, b.path));
  const load = of('load');
  // A landing page alone says little: what stands beside it may be what the service is there for.
  const isThin = load.every(({ path }) => path === '/');
  const wanted = isThin ? [...load, ...of('aside')] : load;
  // What answers with nothing at all may have had nothing to do.
  const ordered = [...wanted.filter(({ bytes }) => bytes > 0), ...wanted.filter(({ bytes }) => bytes === 0)];
  const metrics = of('metrics');
  // Better than nothing.
  const all = ordered.length > 0 ? ordered : metrics.length > 0 ? metrics : ready === undefined ? [] : [ready];
  const aside = (reason: string) => (one: Answered) => leftOutOf(one, reason);
  return {
    kept: all.slice(0, MOST_KEPT),
    spare: all.slice(MOST_KEPT),
    ready,
    leftOut: [
      ...leftOut,
      ...(isThin ? [] : of('aside').map(aside('it answers, but is hardly what the service is there for'))),
      ...(ordered.length === 0 ? [] : metrics.map(aside('it answers, but figures about the service are no load'))),
      ...otherReady.map(aside('it answers, but a health check is no load')),
    ],
  };
}

const leftOutOf = ({ candidate, path }: Answered, reason: string): LeftOut => ({
  request: `GET ${path}`,
  reason,
  place: candidate.place,
});

function reasonOf(failed: readonly { readonly path: string; readonly answer: Answer }[]): string {
  const { answer } = failed[0]!;
  if (answer.kind === 'none') return answer.reason;
  const { status, location } = answer;
  const others = failed.length > 2 ? ` and ${failed.length - 1} others` : ` and ${failed.at(-1)!.path}`;
  const to = failed.length > 1 ? ` to ${failed[0]!.path}${others}` : '';
  const said = beginningOf(answer);
  switch (status) {
    case 401:
    case 403:
    case 407:
      return `answered ${status}: it wants credentials (load.headers)`;
    case 404:
    case 410:
      return `answered ${status}${to}`;
    case 405:
      return 'answered 405: it is not for GET';
    case 426:
      return 'answered 426: it wants another protocol';
    default:
      if (location !== '') return `redirects to ${shortened(location)}`;
      return `answered ${status}${to}${said === '' ? '' : `: ${said}`}`;
  }
}

const LONGEST = 70;

/** The first words of an answer in plain text, or the message in JSON. */
function beginningOf({ body, contentType }: Extract<Answer, { kind: 'answered' }>): string {
  const text = body.toString('utf8', 0, 10_000);
  if (/json/.test(contentType)) return shortened(messageIn(text) ?? text);
  return /^text\/plain/.test(contentType) ? shortened(text) : '';
}

const MESSAGE_KEYS = ['detail', 'message', 'error_description', 'error', 'title', 'msg'];

function messageIn(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = value as Record<string, unknown>;
    return MESSAGE_KEYS.map((key) => fields[key]).find(
      (text): text is string => typeof text === 'string' && text !== '',
    );
  } catch {
    return undefined; // it says that it is JSON, and is not
  }
}

function shortened(text: string): string {
  const line = redact(plainText(text)).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

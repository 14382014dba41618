/**
 * Whether a run of load measured anything: failed requests are no measurement.
 */
import { MeasurementError, type UserErrorOptions } from '../base/errors.ts';
import type { LoadFailure, LoadResult } from './result.ts';

/** Requests failed, more than are tolerated. */
export class FailedRequests extends MeasurementError {
  /** The first of them and what came of it; undefined where nobody told. */
  readonly first: string | undefined;
  /** That one got no whole answer: its connection broke, or its time was over. */
  readonly isBroken: boolean;

  constructor(
    message: string,
    options: UserErrorOptions,
    { first, isBroken }: Pick<FailedRequests, 'first' | 'isBroken'>,
  ) {
    super(message, options);
    this.first = first;
    this.isBroken = isBroken;
  }
}

/** The generator itself needed so much CPU that it may have held the service back. */
export interface GeneratorBottleneck {
  readonly code: 'generator-bottleneck';
  readonly cpuShare: number;
}

export type LoadWarning = GeneratorBottleneck;

export interface LoadCheck {
  /** The share of requests that may fail, 0 to 1. */
  readonly tolerated: number;
  /** For messages: 'base', 'head'. */
  readonly label: string;
  /** The last lines of the service's log, to be shown with a failure. */
  readonly log?: () => string;
  /** Who sent the load where that was no part of perf-gate, and the last that it said. */
  readonly tool?: { readonly name: string; readonly lastWords: string } | undefined;
}

// Of one core; the generator is one thread, and near 1 the service waits for it.
const BUSY_GENERATOR = 0.7;

/** What is to be said of the run; throws a MeasurementError where it cannot be used. */
export function checkLoad(result: LoadResult, check: LoadCheck): LoadWarning[] {
  const { tolerated, label } = check;
  const { requests, failed, stoppedEarly, firstFailure } = result;
  const attempted = requests + failed;
  const share = attempted === 0 ? 0 : failed / attempted;
  if (stoppedEarly || share > tolerated) throw tooManyFailures(result, check, share);
  if (requests === 0) {
    const when = result.mode === 'window' ? ` within ${(result.durationMs / 1000).toPrecision(2)} s` : '';
    const { tool } = check;
    if (tool !== undefined) {
      throw new MeasurementError(`${tool.name} sent not one request to ${label}`, {
        hint: 'see that load.command sends some, and to the right address',
        detail: said(tool),
      });
    }
    throw new MeasurementError(`not one request to ${label} succeeded${when}`, {
      hint: result.mode === 'window' ? 'name requests that it answers sooner' : 'send at least one',
      ...(firstFailure === undefined ? {} : { detail: describeFailure(firstFailure) }),
    });
  }
  const { generatorCpuShare } = result;
  const isBusy = result.mode === 'window' && generatorCpuShare > BUSY_GENERATOR;
  return isBusy ? [{ code: 'generator-bottleneck', cpuShare: generatorCpuShare }] : [];
}

/** 'GET /orders answered 404, expected 200: "404 page not found"'. */
export function describeFailure(failure: LoadFailure): string {
  const { line, status, expected, bodyStart, error, notCaptured, wrong } = failure;
  if (error !== undefined) return status === undefined ? `${line}: ${error}` : `${line} answered ${status}: ${error}`;
  if (wrong !== undefined)
    return `${line} answered ${status}, but ${wrong}${bodyStart ? `: ${JSON.stringify(bodyStart)}` : ''}`;
  const body = bodyStart ? `: ${JSON.stringify(bodyStart)}` : ', no body';
  if (notCaptured !== undefined) return `${line} answered ${status} without ${notCaptured}${body}`;
  return `${line} answered ${status}, expected ${expected}${body}`;
}

const said = ({ name, lastWords }: NonNullable<LoadCheck['tool']>) => `the last lines of ${name}:\n${lastWords}`;

function tooManyFailures(
  result: LoadResult,
  { tolerated, label, log, tool }: LoadCheck,
  share: number,
): FailedRequests {
  const { requests, failed, stoppedEarly, firstFailure } = result;
  const counted = `${percent(share)} of the requests to ${label} failed (${failed} of ${requests + failed})`;
  const given = stoppedEarly ? ', the last of them all in a row, so it was given up' : '';
  const allowed = tolerated > 0 ? `, tolerated are ${percent(tolerated)}` : '';
  const first = firstFailure === undefined ? '' : `the first: ${describeFailure(firstFailure)}`;
  const isRefused = firstFailure?.error === undefined && (firstFailure?.status ?? 0) < 500;
  const hasNoCapture = firstFailure?.notCaptured !== undefined;
  const isCold = requests === 0 && firstFailure?.status === 503;
  const isWrong = firstFailure?.wrong !== undefined;
  const serviceSaid = isRefused && !isWrong ? '' : (log?.() ?? '');
  const options = {
    hint:
      tool !== undefined
        ? 'the service must answer every request of load.command; load.errors is the share that may fail'
        : hasNoCapture
          ? 'correct "capture" of the request: what it names must be in every response'
          : isWrong
            ? 'correct the request under load.requests, or set its expect to the answer that is right'
            : isRefused
              ? 'correct the request under load.requests, or set its expect to the status that is right'
              : isCold
                ? 'is it not ready yet when service.ready says so? name a request there that it answers only when it can serve'
                : 'the service must answer every request, in full and within load.timeout',
    detail: [
      first,
      tool === undefined ? '' : said(tool),
      serviceSaid === '' ? '' : `the service's last lines:\n${serviceSaid}`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  };
  return new FailedRequests(`${counted}${given}${allowed}`, options, {
    first: firstFailure && describeFailure(firstFailure),
    isBroken: tool === undefined && firstFailure?.error !== undefined,
  });
}

/** Never rounded to nothing: one failure of a million is not '0 %'. */
function percent(share: number): string {
  const digits = share === 0 || share >= 0.1 ? 0 : share >= 0.001 ? 1 : 4;
  return `${(share * 100).toFixed(digits)} %`;
}

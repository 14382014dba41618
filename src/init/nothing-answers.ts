/** What a person is told of a service that answers nothing with success. Pure. */
import { MeasurementError } from '../base/errors.ts';
import type { LeftOut } from './candidates.ts';
import type { Place } from './source.ts';
import { tellLeftOut, tellUnclear } from './told.ts';

/** Why there is nothing to measure, as far as the answers tell; `grpc` is where a gRPC server is made, if it is one. */
export function nothingAnswers(
  leftOut: readonly LeftOut[],
  unclear: readonly Place[],
  grpc: Place | undefined,
): MeasurementError {
  if (grpc !== undefined) {
    const at = `${grpc.file}:${grpc.line}`;
    return new MeasurementError(`it is a gRPC server (${at}), and no method answered an empty message with OK`, {
      detail:
        leftOut.length === 0 ? 'no generated description of its services was found' : tellLeftOut(leftOut).join('\n'),
      hint: 'give a call that it answers as --request, with its message in the body: \'{ method: POST, path: /shop.Orders/Get, headers: { content-type: application/grpc }, body: "…" }\'; or write perf-gate.yml with protocol: h2c and load.command with ghz (docs/load-tools.md)',
    });
  }
  const elsewhere = redirectedTo(leftOut);
  if (elsewhere !== undefined) {
    return new MeasurementError(
      `what listens on the port that it was given does nothing but redirect to ${elsewhere}`,
      {
        detail: tellLeftOut(leftOut).join('\n'),
        hint: 'it is a second listener: give the port to the one that answers, by --arg or --env with {port}, and 0 or nothing to this one',
      },
    );
  }
  const told = [...tellLeftOut(leftOut), ...tellUnclear(unclear).map((line) => `    ${line}`)];
  return new MeasurementError('no request was answered with success, so there would be nothing to measure', {
    detail: told.length === 0 ? 'no route was found in the source' : told.join('\n'),
    hint: "name one: perf-gate init --request 'GET /orders?limit=10', or as in perf-gate.yml: --request '{ method: POST, path: /orders, body: { sku: a-1 } }'",
  });
}

/** Where all that was asked is sent, if that is one other server. */
function redirectedTo(leftOut: readonly LeftOut[]): string | undefined {
  const asked = leftOut.filter(({ reason }) => !reason.startsWith('not tried'));
  const origins = asked.map(({ reason }) => /^redirects to (https?:\/\/[^/\s]+)/.exec(reason)?.[1]);
  const [first] = origins;
  return origins.every((origin) => origin === first) ? first : undefined;
}

/** autocannon: its JSON, lib/aggregateResult.js of 9.0.0. Latencies in milliseconds, and only in whole ones. */
import {
  amountOf,
  byStatus,
  countIn,
  countOf,
  countsOf,
  describeStatuses,
  fieldsOf,
  jsonIn,
  type LoadTool,
  latencyIn,
} from './tool.ts';

export const autocannon: LoadTool = {
  name: 'autocannon',
  install: 'npm install --global autocannon',
  // It ends with the sample in which its requests do, and without -L that is a second long.
  usage:
    'autocannon must be told --json, and better -L 20 too: autocannon --json -L 20 -a {requests} -c {connections} {url}/',
  versionFlag: '--version',
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const requests = fieldsOf(report['requests']);
    const latency = fieldsOf(report['latency']);
    const sent = countOf(requests['sent'], 'requests.sent');
    const answered = countOf(requests['total'], 'requests.total');
    // Time-outs are among them.
    const errors = countOf(report['errors'], 'errors');
    const statuses = Object.fromEntries(
      Object.entries(fieldsOf(report['statusCodeStats'])).map(([status, stats]) => [
        status,
        countOf(fieldsOf(stats)['count'], `statusCodeStats.${status}.count`),
      ]),
    );
    // Only of 9 and some before it: earlier ones have classes of statuses.
    const counts = report['statusCodeStats'] === undefined ? classesOf(report) : byStatus(statuses);
    const duration = amountOf(report['duration']);
    return {
      ...counts,
      failed: counts.failed + errors + countIn(report['mismatches'], 'mismatches'),
      // A connection that is closed in the middle of a response is in no other count.
      unanswered: Math.max(0, sent - answered - errors),
      latencyMs: latencyIn(1, {
        p50: latency['p50'],
        p90: latency['p90'],
        p99: latency['p99'],
        max: latency['max'],
        mean: latency['average'],
      }),
      durationMs: duration === undefined ? undefined : duration * 1000,
      bytesReceived: amountOf(fieldsOf(report['throughput'])['total']) ?? 0,
      error: describeStatuses(statuses) ?? (errors > 0 ? `${errors} connections failed or timed out` : undefined),
    };
  },
};

function classesOf(report: Readonly<Record<string, unknown>>) {
  const { '2xx': good, non2xx } = countsOf({ '2xx': report['2xx'], non2xx: report['non2xx'] }, 'the responses');
  return { requests: good!, failed: non2xx!, byStatus: { '2xx': good!, ...(non2xx! > 0 && { 'not 2xx': non2xx! }) } };
}

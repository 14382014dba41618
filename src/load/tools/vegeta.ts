/** vegeta: the JSON of `vegeta report -type=json`, lib/metrics.go of v12. Times in nanoseconds; status 0: no response. */
import {
  amountOf,
  byStatus,
  countOf,
  countsOf,
  fieldsOf,
  jsonIn,
  type LoadTool,
  latencyIn,
  sum,
  UnreadableOutput,
} from './tool.ts';

export const vegeta: LoadTool = {
  name: 'vegeta',
  install: 'a release of tsenart/vegeta',
  usage:
    'vegeta must report as JSON: echo "GET {url}/" | vegeta attack -rate=0 -max-workers={connections} -duration={seconds}s | vegeta report -type=json',
  versionFlag: '--version',
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const all = countOf(report['requests'], 'requests');
    const statuses = countsOf(report['status_codes'], 'status_codes');
    if (sum(statuses) !== all) throw new UnreadableOutput(`it has ${sum(statuses)} status_codes for ${all} requests`);
    const latencies = fieldsOf(report['latencies']);
    const errors = Array.isArray(report['errors']) ? report['errors'] : [];
    const duration = amountOf(report['duration']);
    return {
      ...byStatus(statuses),
      latencyMs: latencyIn(1e-6, {
        p50: latencies['50th'],
        p90: latencies['90th'],
        p99: latencies['99th'],
        max: latencies['max'],
        mean: latencies['mean'],
      }),
      durationMs: duration === undefined ? undefined : duration / 1e6 + (amountOf(report['wait']) ?? 0) / 1e6,
      bytesReceived: amountOf(fieldsOf(report['bytes_in'])['total']) ?? 0,
      error: errors.length === 0 ? undefined : String(errors[0]),
    };
  },
};

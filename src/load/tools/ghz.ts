/** ghz, for gRPC: its JSON, runner/reporter.go of v0.120. Times in nanoseconds; a status is a gRPC code by name. */
import {
  amountOf,
  countOf,
  countsOf,
  type Fields,
  fieldsOf,
  jsonIn,
  type LoadTool,
  latencyIn,
  sum,
  UnreadableOutput,
} from './tool.ts';

export const ghz: LoadTool = {
  name: 'ghz',
  install: 'go install github.com/bojand/ghz/cmd/ghz@v0.120.0',
  usage: 'ghz must write JSON: -O json',
  versionFlag: '--version',
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const all = countOf(report['count'], 'count');
    const statuses = countsOf(report['statusCodeDistribution'], 'statusCodeDistribution');
    if (sum(statuses) !== all) throw new UnreadableOutput(`it has ${sum(statuses)} statuses for a count of ${all}`);
    const { OK: requests = 0 } = statuses;
    const quantiles = distributionOf(report);
    const total = amountOf(report['total']);
    return {
      requests,
      failed: all - requests,
      byStatus: statuses,
      latencyMs: latencyIn(1e-6, {
        p50: quantiles.get(50),
        p90: quantiles.get(90),
        p99: quantiles.get(99),
        max: report['slowest'],
        mean: report['average'],
      }),
      durationMs: total === undefined ? undefined : total / 1e6,
      bytesReceived: 0,
      error: Object.keys(fieldsOf(report['errorDistribution']))[0],
    };
  },
};

function distributionOf(report: Fields): Map<unknown, unknown> {
  const list = report['latencyDistribution'];
  const points = (Array.isArray(list) ? list : []).map(fieldsOf);
  return new Map(points.map(({ percentage, latency }) => [percentage, latency]));
}

/** oha: its JSON, src/printer.rs of 1.16. Times in seconds. It follows redirects. */
import {
  amountOf,
  byStatus,
  countsOf,
  describeStatuses,
  fieldsOf,
  jsonIn,
  type LoadTool,
  latencyIn,
  sum,
  UnreadableOutput,
} from './tool.ts';

/** What a request is that was under way at the end of a window: no failure of the service. */
const CUT_AT_THE_END = 'aborted due to deadline';

export const oha: LoadTool = {
  name: 'oha',
  install: 'cargo install oha',
  usage: 'oha must write JSON: --no-tui --output-format json',
  versionFlag: '--version',
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const summary = fieldsOf(report['summary']);
    if (report['statusCodeDistribution'] === undefined)
      throw new UnreadableOutput('it does not say statusCodeDistribution');
    const statuses = countsOf(report['statusCodeDistribution'], 'statusCodeDistribution');
    const { [CUT_AT_THE_END]: cut = 0, ...errors } = countsOf(report['errorDistribution'], 'errorDistribution');
    const latency = fieldsOf(report['latencyPercentiles']);
    const counted = byStatus(statuses);
    const total = amountOf(summary['total']);
    return {
      ...counted,
      failed: counted.failed + sum(errors),
      unanswered: cut,
      latencyMs: latencyIn(1000, {
        p50: latency['p50'],
        p90: latency['p90'],
        p99: latency['p99'],
        max: summary['slowest'],
        mean: summary['average'],
      }),
      durationMs: total === undefined ? undefined : total * 1000,
      bytesReceived: amountOf(summary['totalData']) ?? 0,
      error: Object.keys(errors)[0] ?? describeStatuses(statuses),
    };
  },
};

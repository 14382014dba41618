/**
 * k6: the JSON of `--summary-export`, or what `handleSummary` of the script is given, on its standard output. Times in
 * milliseconds. What a failed request is the script says (http.setResponseCallback); without that a status from 400 on. What
 * else an answer must be is said by its checks.
 */
import {
  amountOf,
  countIn,
  countOf,
  type Fields,
  fieldsOf,
  jsonIn,
  type LoadTool,
  latencyIn,
  UnreadableOutput,
} from './tool.ts';

export const k6: LoadTool = {
  name: 'k6',
  install: 'go install go.k6.io/k6@v1.8.1',
  usage:
    'k6 must write its summary: k6 run --vus {connections} --iterations {requests} --summary-export {summary} -e URL={url} load.js',
  versionFlag: 'version',
  // Thresholds that were crossed (errext/exitcodes): they may say how fast an answer must be, and here it may be slow.
  otherExitCodes: [99],
  tally({ stdout, summary }) {
    const metrics = fieldsOf(jsonIn(summary ?? stdout)['metrics']);
    const sent = valuesOf(metrics, 'http_reqs');
    if (sent === undefined)
      throw new UnreadableOutput('it does not say metrics.http_reqs: the script sent nothing by HTTP');
    const all = countOf(sent['count'], 'metrics.http_reqs.count');
    // Of this rate 'passes' are the requests for which 'failed' was true.
    const refused = countIn(valuesOf(metrics, 'http_req_failed')?.['passes'], 'metrics.http_req_failed.passes');
    // Of an answer that was refused a check may fail as well, and several of one answer.
    const unchecked = Math.min(all, countIn(valuesOf(metrics, 'checks')?.['fails'], 'metrics.checks.fails'));
    const failed = Math.max(refused, unchecked);
    const latency = valuesOf(metrics, 'http_req_duration') ?? {};
    const rate = amountOf(sent['rate']) ?? 0;
    return {
      requests: countOf(all - failed, 'metrics.http_reqs.count less the failed ones'),
      failed,
      byStatus: {},
      latencyMs: latencyIn(1, {
        p50: latency['med'],
        p90: latency['p(90)'],
        p99: latency['p(99)'],
        max: latency['max'],
        mean: latency['avg'],
      }),
      durationMs: rate > 0 ? (all / rate) * 1000 : undefined,
      bytesReceived: amountOf(valuesOf(metrics, 'data_received')?.['count']) ?? 0,
      error: failed === 0 ? undefined : refused > 0 ? 'the script calls them failed' : 'checks of the script failed',
    };
  },
};

/** The values stand in the metric itself where they are exported, and in `values` where `handleSummary` gets them. */
function valuesOf(metrics: Fields, name: string): Fields | undefined {
  if (metrics[name] === undefined) return undefined;
  const metric = fieldsOf(metrics[name]);
  return metric['values'] === undefined ? metric : fieldsOf(metric['values']);
}

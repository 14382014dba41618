/** hey (rakyll/hey): text of its own, report.go and print.go of v0.1.5. It follows redirects. */
import {
  amountOf,
  byStatus,
  countOf,
  describeStatuses,
  type LoadTool,
  latencyIn,
  sum,
  UnreadableOutput,
} from './tool.ts';

export const hey: LoadTool = {
  name: 'hey',
  install: 'go install github.com/rakyll/hey@v0.1.5',
  usage: 'hey must print its summary: without -o',
  tally({ stdout }) {
    const [, report, ...more] = stdout.split(/^Summary:$/m);
    if (report === undefined) throw new UnreadableOutput('there is no "Summary:" in it');
    if (more.length > 0) throw new UnreadableOutput(`it holds ${more.length + 1} summaries, of as many runs`);
    const [, answers] = report.split(/^Status code distribution:$/m);
    if (answers === undefined) throw new UnreadableOutput('there is no "Status code distribution:" in it');
    const [statusLines = '', errorLines = ''] = answers.split(/^Error distribution:$/m);
    const statuses: Record<string, number> = {};
    for (const [, status = '', count] of statusLines.matchAll(/^ +\[(\d+)\]\t(\S+) responses$/gm))
      statuses[status] = countOf(Number(count), `the responses of status ${status}`);
    const errors = [...errorLines.matchAll(/^ +\[(\d+)\]\t(.*)$/gm)].map(([, count, text]) => ({
      count: countOf(Number(count), 'the number of errors'),
      text,
    }));
    const counted = byStatus(statuses);
    const quantile = (percent: number) =>
      numberAfter(report, new RegExp(String.raw`^ +${percent}%+ in ([\d.]+) secs$`, 'm'));
    const duration = numberAfter(report, /^ +Total:\t([\d.]+) secs$/m);
    return {
      ...counted,
      failed: counted.failed + errors.reduce((total, { count }) => total + count, 0),
      latencyMs: latencyIn(1000, {
        p50: quantile(50),
        p90: quantile(90),
        p99: quantile(99),
        max: numberAfter(report, /^ +Slowest:\t([\d.]+) secs$/m),
        mean: numberAfter(report, /^ +Average:\t([\d.]+) secs$/m),
      }),
      durationMs: duration === undefined ? undefined : duration * 1000,
      bytesReceived: sum(counted.byStatus) > 0 ? (numberAfter(report, /^ +Total data:\t(\d+) bytes$/m) ?? 0) : 0,
      error: errors[0]?.text ?? describeStatuses(statuses),
    };
  },
};

function numberAfter(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : amountOf(Number(found));
}

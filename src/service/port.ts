/**
 * Loopback ports: which are free, and whether somebody listens on one. A free port is a promise of the moment only;
 * that a service could not bind it shows in the service's own exit.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

/** With fewer digits the service would have less to read in each request than with another port. */
const FIRST_OF_FIVE_DIGITS = 10_000;

/** As many different loopback ports, all free a moment ago: held together, so that base and head never get the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    const ports: number[] = [];
    while (ports.length < count) {
      const server = createServer().listen(0, LOOPBACK);
      servers.push(server);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      if (port >= FIRST_OF_FIVE_DIGITS) ports.push(port);
    }
    return ports;
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
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

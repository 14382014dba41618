/** Connections to a service: where it listens, and what it speaks there. */

import { buildConnector, Client, type Dispatcher, H2CClient } from 'undici';
import type { Protocol } from '../config/config.ts';
import { type ListeningPlace, LOOPBACK } from './port.ts';

/** A port of 127.0.0.1; with a `socket` the path of a unix socket instead. */
export interface Address extends ListeningPlace {
  readonly protocol: Protocol;
  readonly tls?: TlsTrust | undefined;
}

export interface TlsTrust {
  /** Certificates (PEM) of which one must have signed the service's; undefined: any will do. */
  readonly ca: string | undefined;
  /** The name that the certificate must be for, which is also sent (SNI); undefined: none is sent, and any will do. */
  readonly serverName: string | undefined;
}

/** `https://127.0.0.1:41233`; with a unix socket `http://localhost`. */
export function originOf({ protocol, port, socket }: Address): string {
  const scheme = isEncrypted(protocol) ? 'https' : 'http';
  return socket === undefined ? `${scheme}://${LOOPBACK}:${port}` : `${scheme}://localhost`;
}

/** For messages: `port 41233`, `the socket /tmp/a.sock`. */
export const placeOf = ({ port, socket }: ListeningPlace): string =>
  socket === undefined ? `port ${port}` : `the socket ${socket}`;

/** A client with one connection, made when it is first used; `timeoutMs` is for making it. */
export function openClient(address: Address, timeoutMs: number): Dispatcher {
  const options = {
    pipelining: 1,
    headersTimeout: 0, // the time-out of a request is its sender's: undici's bodyTimeout restarts with every chunk
    bodyTimeout: 0,
    keepAliveTimeout: 600_000,
    pingInterval: 0, // nothing may reach the service that is no request
  };
  const { protocol, socket, tls } = address;
  const connect = {
    timeout: timeoutMs,
    ...(socket === undefined ? {} : { socketPath: socket }),
    ...(isEncrypted(protocol) ? trusting(tls) : {}),
  };
  if (protocol === 'h2c') return new H2CClient(originOf(address), { ...options, connect });
  return new Client(originOf(address), { ...options, connect: protocol === 'h2' ? onlyHttp2(connect) : connect });
}

const isEncrypted = (protocol: Protocol) => protocol === 'https' || protocol === 'h2';

/** undici would go on with HTTP/1.1 where there is no HTTP/2, and other code of the service would be measured. */
function onlyHttp2(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector({ ...options, allowH2: true });
  return (target, callback) =>
    connect(target, (...[error, connection]) => {
      if (error !== null) callback(error, null);
      else if ('alpnProtocol' in connection && connection.alpnProtocol === 'h2') callback(null, connection);
      else {
        connection.destroy();
        callback(new Error('it does not offer HTTP/2: there is no h2 in its ALPN'), null);
      }
    });
}

function trusting(trust: TlsTrust | undefined) {
  const { ca, serverName } = trust ?? {};
  return {
    rejectUnauthorized: ca !== undefined,
    ...(ca === undefined ? {} : { ca }),
    // Without a name to hold against it, a certificate for any name will do.
    ...(serverName === undefined ? { checkServerIdentity: () => undefined } : { servername: serverName }),
  };
}

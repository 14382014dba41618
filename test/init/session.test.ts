/** A way to start a service holds only where what listens there speaks HTTP. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { Session } from '../../src/init/session.ts';

type Parts = ConstructorParameters<typeof Session>;

test('what greets in another protocol is ended, and so is what is interrupted meanwhile', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('INFO {"server_id":"x"}\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController();
  let ended = 0;
  const running = {
    service: { port, exited: new Promise(() => undefined), hasExited: false },
    [Symbol.asyncDispose]: async () => {
      ended++;
    },
  };
  const bench = { signal: stop.signal, world: { monotonicMs: () => performance.now() } };
  const launch = { args: [], env: {}, files: {}, way: undefined };
  const session = new Session(launch, bench as unknown as Parts[1], {} as Parts[2], running as unknown as Parts[3]);
  await expect(session.expectHttp()).rejects.toThrow('what listens there does not speak HTTP');
  expect(ended).toBe(1);
  stop.abort(new Error('interrupted'));
  await expect(session.expectHttp()).rejects.toThrow('interrupted');
  expect(ended).toBe(2);
  server.close();
});

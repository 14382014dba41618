/** A server that answers with frames of HTTP/2, whatever a library would think of them. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

type Part = Buffer | 'end' | 'reset';

const frame = (type: number, flags: number, id: number, payload: Buffer = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(id, 5);
  return Buffer.concat([head, payload]);
};

/** Of HPACK, without its tables: a byte 0, and name and value with their lengths, each below 127. */
const field = ([name, value]: readonly [string, string]) =>
  Buffer.from([0, name.length, ...Buffer.from(name), value.length, ...Buffer.from(value)]);

const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const END_STREAM = 1;
const END_HEADERS = 4;
const isLast = (last?: 'last') => (last === undefined ? 0 : END_STREAM);

/** Frames of one answer, which its stream's number is given to. */
export const headers = (fields: Readonly<Record<string, string>>, last?: 'last') => (id: number) =>
  frame(1, END_HEADERS | isLast(last), id, Buffer.concat(Object.entries(fields).map(field)));
export const data = (text: string | Buffer, last?: 'last') => (id: number) =>
  frame(0, isLast(last), id, Buffer.from(text));
export const reset = (code: number) => (id: number) => frame(3, 0, id, number(code));
export const goAway = (code: number) => (id: number) => frame(7, 0, 0, Buffer.concat([number(id), number(code)]));

export type Answer = readonly (((id: number) => Buffer) | 'end' | 'reset')[];

export interface FrameServer extends AsyncDisposable {
  readonly port: number;
}

/** Answers each request with the frames, all of them at once. */
export async function serveFrames(answer: Answer): Promise<FrameServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    speak(socket, (id) => answer.map((part) => (typeof part === 'string' ? part : part(id))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const PREFACE_BYTES = 24;

function speak(socket: Socket, answer: (id: number) => readonly Part[]): void {
  let left = Buffer.alloc(0);
  let at = PREFACE_BYTES;
  socket.write(frame(4, 0, 0));
  socket.on('data', (chunk) => {
    left = Buffer.concat([left, chunk]);
    for (; left.length >= at + 9; ) {
      const length = 9 + left.readUIntBE(at, 3);
      if (left.length < at + length) break;
      const [type, flags, id] = [left[at + 3]!, left[at + 4]!, left.readUInt32BE(at + 5)];
      at += length;
      if (type === 4 && (flags & 1) === 0) socket.write(frame(4, 1, 0));
      if (type <= 1 && (flags & END_STREAM) !== 0) send(socket, answer(id));
    }
  });
}

function send(socket: Socket, parts: readonly Part[]): void {
  socket.write(Buffer.concat(parts.filter((part) => typeof part !== 'string')), () => {
    if (parts.includes('end')) socket.end();
    if (parts.includes('reset')) socket.resetAndDestroy();
  });
}

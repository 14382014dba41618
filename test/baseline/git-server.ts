/** A git server: git's own `http-backend` behind node:http, for people with the right token. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnderWay } from './under-way.ts';

export interface GitServer {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** The Authorization headers of every request since it was last emptied. */
  readonly authorizations: string[][];
  /** Once it is done with all that was sent to it until now. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function startGitServer(root: string, token: string): Promise<GitServer> {
  const authorizations: string[][] = [];
  const wanted = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`.toLowerCase();
  const underWay = new UnderWay();
  const server = createServer((request, response) => {
    const given = request.rawHeaders.filter((_, i, all) => i % 2 === 1 && /^authorization$/i.test(all[i - 1]!));
    authorizations.push(given);
    if (given.length === 1 && given[0]!.toLowerCase() === wanted) return underWay.add(backend(root, request, response));
    response.writeHead(given.length > 1 ? 400 : 401, { 'www-authenticate': 'Basic realm="git"' }).end('no');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    settled: () => underWay.settled(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** RFC 3875; the answer is headers, an empty line and the body. Until the program has ended. */
async function backend(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const { headers } = request;
  const env = {
    PATH: process.env['PATH'],
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    REQUEST_METHOD: request.method,
    REMOTE_USER: 'x-access-token',
    CONTENT_TYPE: headers['content-type'] ?? '',
    ...(headers['content-encoding'] && { HTTP_CONTENT_ENCODING: headers['content-encoding'] }),
    ...(headers['git-protocol'] && { GIT_PROTOCOL: String(headers['git-protocol']) }),
  };
  const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined); // it has heard enough
  request.pipe(child.stdin);
  request.once('close', () => child.stdin.end()); // also where it broke off
  let head = Buffer.of();
  const onData = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    child.stdout.off('data', onData);
    const fields = head
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => line.split(': ') as [string, string]);
    const status = fields.find(([name]) => name === 'Status')?.[1];
    response.writeHead(Number.parseInt(status ?? '200', 10), fields.filter(([name]) => name !== 'Status').flat());
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on('data', onData);
  child.on('close', () => response.end());
  await once(child, 'exit');
}

/**
 * As much of S3 as the store uses, and every fault on demand. It is strict about what it is sent and does not check
 * signatures: that a real server accepts them is test/counterparts/s3.test.ts.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnderWay } from './under-way.ts';

/** An answer in place of the right one; `cut`: the connection ends in the middle of the body. */
export type Fault = { readonly status: number; readonly code?: string; readonly headers?: object } | 'cut' | 'hang up';

export interface S3Server {
  readonly url: string;
  readonly objects: Map<string, Uint8Array>;
  /** `PUT bucket/name`, in order. */
  readonly requests: string[];
  /** What happens to the next requests, one each. */
  readonly faults: Fault[];
  /** Objects in a page of a list. */
  pageSize: number;
  /** Once it is done with all that was sent to it until now. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const xml = (text: string) => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export async function startS3Server(bucket: string): Promise<S3Server> {
  const objects = new Map<string, Uint8Array>();
  const requests: string[] = [];
  const faults: Fault[] = [];
  const underWay = new UnderWay();
  const server = createServer((request, response) => {
    underWay.add(
      handle(request, response).catch((error: Error) => {
        response.writeHead(500).end(error.stack);
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const self: S3Server = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    faults,
    pageSize: 2,
    settled: () => underWay.settled(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', self.url);
    requests.push(`${request.method} ${url.pathname.slice(1)}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const refuse = (status: number, code: string, headers = {}) =>
      response.writeHead(status, headers).end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    const complaint = complaintAbout(request, body);
    if (complaint !== undefined) return void refuse(400, complaint);
    const fault = faults.shift();
    if (fault === 'hang up') return void request.socket.destroy();
    if (fault === 'cut') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('<ListBucketResult>', () => request.socket.destroy());
      return;
    }
    if (fault !== undefined) return void refuse(fault.status, fault.code ?? `Fault${fault.status}`, fault.headers);
    const [asked, ...rest] = url.pathname.slice(1).split('/');
    const name = decodeURIComponent(rest.join('/'));
    if (asked !== bucket) return void refuse(404, 'NoSuchBucket');
    if (name === '') return void response.end(list(url.searchParams));
    switch (request.method) {
      case 'GET': {
        const object = objects.get(name);
        return void (object === undefined ? refuse(404, 'NoSuchKey') : response.end(object));
      }
      case 'PUT':
        if (request.headers['if-none-match'] === '*' && objects.has(name))
          return void refuse(412, 'PreconditionFailed');
        objects.set(name, body);
        return void response.end();
      case 'DELETE':
        objects.delete(name);
        return void response.writeHead(204).end();
      default:
        return void refuse(405, 'MethodNotAllowed');
    }
  }

  /** ListObjectsV2; the token holds signs that must be escaped on their way. */
  function list(query: URLSearchParams): string {
    const prefix = query.get('prefix') ?? '';
    const after = Buffer.from((query.get('continuation-token') ?? '').replace('<&+/', ''), 'base64').toString();
    const all = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
    const page = all.slice(0, self.pageSize);
    const contents = page.map((name) => `<Contents><Key>${xml(name)}</Key><Size>1</Size></Contents>`);
    const isTruncated = all.length > page.length;
    const token = `<&+/${Buffer.from(page.at(-1) ?? '').toString('base64')}`;
    const next = isTruncated ? `<NextContinuationToken>${xml(token)}</NextContinuationToken>` : '';
    return `<?xml version="1.0"?><ListBucketResult xmlns="x"><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  }

  return self;
}

function complaintAbout({ headers, method }: IncomingMessage, body: Buffer): string | undefined {
  const { authorization = '' } = headers;
  if (!/^AWS4-HMAC-SHA256 Credential=\S+, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/.test(authorization))
    return 'MissingSecurityHeader';
  if (!/SignedHeaders=[^,]*x-amz-content-sha256/.test(authorization)) return 'UnsignedPayloadHeader';
  if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex'))
    return 'XAmzContentSHA256Mismatch';
  if (method === 'PUT' && Number(headers['content-length']) !== body.length) return 'MissingContentLength';
  return undefined;
}

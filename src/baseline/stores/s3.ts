/**
 * A bucket of any server that speaks S3, path-style. Credentials come from the usual variables (AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN). An object is only ever made, never overwritten (If-None-Match), so of
 * several writers one wins and none waits. https://docs.aws.amazon.com/AmazonS3/latest/API/
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { redact } from '../../base/redact.ts';
import { plainText } from '../../base/text.ts';
import { type Key, keyText, parseKey } from '../key.ts';
import { LARGEST_BUNDLE_BYTES, type OpenStore, StoreError, tooLarge } from '../store.ts';

const ATTEMPTS = 4;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
const TIMEOUT_MS = 60_000;
const MOST_PAGES = 100;
const LARGEST_PAGE_BYTES = 10_000_000;

interface Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** The object, or '' for the bucket itself. */
  readonly object: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly largestBytes: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

const CREDENTIALS = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_ACCESS_KEY_ID'];

export const s3Store: OpenStore<'s3'> = ({ bucket, prefix, region: writtenRegion, endpoint: written }, { world }) => {
  const { env, signal } = world;
  const region = writtenRegion ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const endpoint =
    written ?? env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? `https://s3.${region}.amazonaws.com`;
  const root = `${endpoint.replace(/\/+$/, '')}/${bucket}`;
  const place = `the bucket ${bucket} at ${redact(endpoint)}`;
  const inBucket = (name: string) => (prefix === '' ? name : `${prefix}/${name}`);
  world.secrets.add(...CREDENTIALS.map((name) => env[name] ?? ''));

  /** The answer of the server, be it yes or no; throws when there is none after several attempts. */
  async function ask(request: Request): Promise<Answer> {
    const client = clientFor(env, region);
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const last = attempt === ATTEMPTS;
      let delayMs = FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
      try {
        const answer = await askOnce(client, request);
        if (last || !isTemporary(answer.status)) return answer;
        delayMs = Math.max(delayMs, Number(answer.headers.get('retry-after') ?? 0) * 1000 || 0);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof StoreError) throw error;
        if (last) throw noAnswer(error as Error);
      }
      await sleep(Math.min(delayMs, LONGEST_DELAY_MS), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  async function askOnce(client: AwsClient, { method, object, query, headers, body, largestBytes }: Request) {
    const url = new URL(object === '' ? root : `${root}/${object}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const digest = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const late = AbortSignal.timeout(TIMEOUT_MS);
    const signed = await client.sign(url, {
      method,
      headers: { ...headers, 'x-amz-content-sha256': digest },
      ...(body === undefined ? {} : { body }),
      // A redirection would take the signature to another server, where it is not valid.
      redirect: 'manual',
      signal: AbortSignal.any([signal, late]),
    });
    try {
      const response = await fetch(signed);
      return { status: response.status, headers: response.headers, body: await readBody(response, largestBytes) };
    } catch (error) {
      // Asking `late` also keeps it alive: Node 20 collects a timeout that only AbortSignal.any knows.
      if (late.aborted) throw new Error(`it took longer than ${TIMEOUT_MS / 1000} s`, { cause: error });
      throw error;
    }
  }

  async function readBody(response: Response, largestBytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > largestBytes) throw tooLarge(place); // leaving the loop ends the connection
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  function noAnswer(error: Error): StoreError {
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    return new StoreError(`${place} does not answer: ${world.secrets.clean(plainText(cause))}`, {
      cause: error,
      hint: 'see baseline.endpoint in perf-gate.yml',
    });
  }

  function refused({ status, headers, body }: Answer): StoreError {
    const xml = Buffer.from(body).toString('utf8');
    const [code = '', message = ''] = ['Code', 'Message'].map((tag) => textsIn(xml, tag)[0] ?? '');
    const said = world.secrets.clean(plainText([code, message].filter((part) => part !== '').join(': ')));
    const other = headers.get('x-amz-bucket-region');
    const hint =
      other !== null && other !== region
        ? `the bucket is in ${plainText(other)}: write it as baseline.region`
        : status === 403
          ? 'the credentials need s3:ListBucket, s3:GetObject, and to save s3:PutObject and s3:DeleteObject'
          : 'see baseline in perf-gate.yml';
    return new StoreError(`${place} refuses (${status}): ${said || 'without a reason'}`, { hint });
  }

  return {
    place,
    list: async (service) => {
      const keys: Key[] = [];
      let token: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const from: Record<string, string> = token === undefined ? {} : { 'continuation-token': token };
        const query = { 'list-type': '2', prefix: inBucket(`${service}/`), ...from };
        const answer = await ask({ method: 'GET', object: '', query, largestBytes: LARGEST_PAGE_BYTES });
        if (answer.status !== 200) throw refused(answer);
        const xml = Buffer.from(answer.body).toString('utf8');
        if (!/<ListBucketResult[\s>]/.test(xml)) throw new StoreError(`${place} does not answer as S3 does`);
        for (const name of textsIn(xml, 'Key')) {
          const key = name.startsWith(inBucket('')) ? parseKey(name.slice(inBucket('').length)) : undefined;
          if (key?.service === service) keys.push(key);
        }
        token = textsIn(xml, 'IsTruncated')[0] === 'true' ? textsIn(xml, 'NextContinuationToken')[0] : undefined;
        if (token === undefined) return keys;
      }
      throw new StoreError(`${place} lists more than ${MOST_PAGES} pages of ${service}`, {
        hint: 'perf-gate baseline prune removes old ones',
      });
    },
    read: async (key) => {
      const object = inBucket(keyText(key));
      const answer = await ask({ method: 'GET', object, largestBytes: LARGEST_BUNDLE_BYTES });
      if (answer.status === 200) return answer.body;
      // No bucket is another thing than no object.
      if (answer.status === 404 && textsIn(Buffer.from(answer.body).toString('utf8'), 'Code')[0] !== 'NoSuchBucket')
        return undefined;
      throw refused(answer);
    },
    write: async (key, bytes) => {
      const put = (headers: Record<string, string>) =>
        ask({ method: 'PUT', object: inBucket(keyText(key)), headers, body: bytes, largestBytes: LARGEST_PAGE_BYTES });
      const made = await put({ 'if-none-match': '*' });
      // Some servers know no conditions (501); 412: it is there already.
      const answer = made.status === 501 ? await put({}) : made;
      if (answer.status !== 200 && answer.status !== 412) throw refused(answer);
    },
    remove: async (keys) => {
      for (const key of keys) {
        const object = inBucket(keyText(key));
        const answer = await ask({ method: 'DELETE', object, largestBytes: LARGEST_PAGE_BYTES });
        if (![200, 204, 404].includes(answer.status)) throw refused(answer);
      }
    },
  };
};

function clientFor(env: Readonly<Record<string, string | undefined>>, region: string): AwsClient {
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  if (!accessKeyId || !secretAccessKey) {
    throw new StoreError('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set', {
      hint: 'the store s3 needs them, and AWS_SESSION_TOKEN where they are temporary',
    });
  }
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', ...(sessionToken && { sessionToken }) });
}

/** 409: somebody writes the same object at this moment. 501 is an answer: it will not be another one later. */
const isTemporary = (status: number) => status === 409 || status === 429 || (status >= 500 && status !== 501);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The texts of all elements of this name that hold nothing but text. */
function textsIn(xml: string, tag: string): string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? all;
      const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    }),
  );
}

/**
 * What gRPC says of its own failures: a call that failed is an answer of status 200 with another `grpc-status` than 0, in
 * its trailers, in its headers where there is no message, and of gRPC-Web in the last frame of its body. Pure.
 */
import { GRPC_CODES, type GrpcCode } from '../config/config.ts';
import type { Response } from './capture.ts';

/** gRPC-Web has its trailers in the body; `text` is that in base64. */
export type GrpcKind = 'grpc' | 'web' | 'text';

/** What is spoken with this content type; undefined: no gRPC. */
export function grpcKindOf(contentType: string | undefined): GrpcKind | undefined {
  const found = /^\s*application\/grpc(-web-text|-web)?(?:[+;\s]|$)/i.exec(contentType ?? '');
  if (found === null) return undefined;
  const web = found[1]?.toLowerCase();
  return web === undefined ? 'grpc' : web === '-web' ? 'web' : 'text';
}

/** What is wrong with an answer, behind 'answered 200, but ', and what the service said of it. */
export interface Wrong {
  readonly what: string;
  readonly said?: string;
}

/** Undefined where the call ended as it should; without a status it is not known to have ended. */
export function wrongCallOf(response: Response, kind: GrpcKind, expected: GrpcCode): Wrong | undefined {
  const inBody = kind === 'grpc' ? {} : trailersIn(kind === 'text' ? fromBase64(response.body) : response.body);
  const own = [response.trailers, response.headers, inBody].find((fields) => firstOf(fields['grpc-status']) !== '');
  const status = firstOf(own?.['grpc-status']);
  if (status === '') return { what: `it has no grpc-status, expected ${expected}` };
  const code = /^\d{1,9}$/.test(status) ? GRPC_CODES[Number(status)] : undefined;
  if (code === expected) return undefined;
  const what = `its grpc-status is ${status.slice(0, LONGEST_STATUS)}`;
  const message = percentDecoded(firstOf(own?.['grpc-message']).slice(0, LONGEST_MESSAGE));
  return { what: `${what}${code === undefined ? '' : ` (${code})`}, expected ${expected}`, said: message };
}

const LONGEST_STATUS = 40;
const LONGEST_MESSAGE = 4000;

const firstOf = (value: string | readonly string[] | undefined): string => [value ?? []].flat()[0]?.trim() ?? '';

/** As far as it is encoded in the way of gRPC; what is no UTF-8 then becomes U+FFFD. */
function percentDecoded(text: string): string {
  const bytes = text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A frame is a byte of flags, the length in four bytes, and so many bytes. */
const HEAD_BYTES = 5;
const IS_TRAILERS = 0x80;

/** The fields in the frame of trailers, names in lower case; none where there is no whole one. */
function trailersIn(body: Buffer): Record<string, string> {
  for (let at = 0; at + HEAD_BYTES <= body.length; ) {
    const end = at + HEAD_BYTES + body.readUInt32BE(at + 1);
    if (end > body.length) break;
    if ((body[at]! & IS_TRAILERS) !== 0) return fieldsIn(body.toString('latin1', at + HEAD_BYTES, end));
    at = end;
  }
  return {};
}

function fieldsIn(text: string): Record<string, string> {
  const lines = text.split('\r\n').map((line) => /^([^:]+):(.*)$/.exec(line) ?? []);
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]));
}

/** Frames may be encoded each by itself, and end in `=` then. */
function fromBase64(body: Buffer): Buffer {
  const parts = body.toString('latin1').match(/[^=]+/g) ?? [];
  return Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
}

/** What is wrong with the body of a request, as a sentence's end; undefined where it is whole messages. */
export function faultOfMessages(body: Uint8Array): string | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < HEAD_BYTES)
      return `there are ${bytes.length - at} bytes where ${HEAD_BYTES} begin a message`;
    if (bytes[at]! > 1) return `a message begins with a byte 0, or 1 where it is compressed, not ${bytes[at]}`;
    const length = bytes.readUInt32BE(at + 1);
    at += HEAD_BYTES + length;
    if (at > bytes.length)
      return `a message of ${length} bytes is announced, and ${length - (at - bytes.length)} follow`;
  }
  return undefined;
}

/**
 * From the bytes that a server or a file gave to the bare protobuf: one layer of gzip at most, whole or not at all, and a
 * plain sentence for everything that is obviously something else. Does not look inside the protobuf.
 */
import { gunzipSync } from 'node:zlib';
import { ProfileError } from './profile.ts';

/** Far beyond any real Go profile (the largest found was 2.7 MB); stops a file that inflates without end. */
const MAX_BYTES = 256 * 1024 * 1024;

/** The protobuf inside `bytes`. Throws a ProfileError that says what the bytes are instead. */
export function unwrap(bytes: Uint8Array, label: string): Uint8Array {
  if (bytes.length === 0) throw new ProfileError(`${label}: the profile is empty (0 bytes)`);
  if (bytes.length > MAX_BYTES) throw tooLarge(label);
  const body = isGzip(bytes) ? inflate(bytes, label) : bytes;
  if (body.length === 0) throw new ProfileError(`${label}: the profile is empty (nothing inside the gzip)`);
  if (isGzip(body)) throw new ProfileError(`${label}: gzipped twice, not a profile`);
  refuseText(body, label);
  return body;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** gzip's checksum is the only integrity check there is, so nothing is used before the whole stream has passed it. */
function inflate(bytes: Uint8Array, label: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(label);
    const why =
      code === 'Z_BUF_ERROR' ? 'the file is cut off (its gzip stream does not end)' : 'its gzip stream is damaged';
    throw new ProfileError(`${label}: ${why}`, { cause });
  }
}

function tooLarge(label: string): ProfileError {
  return new ProfileError(`${label}: larger than ${MAX_BYTES / 1024 / 1024} MB, not a profile`);
}

/** Every profile has control characters in its first bytes (tags and lengths), and no text has. */
function refuseText(body: Uint8Array, label: string): void {
  const start = body.subarray(0, 512);
  if (start.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return;
  const text = new TextDecoder().decode(start).trim();
  const detail = text.split('\n').slice(0, 5).join('\n');
  if (text.startsWith('<')) throw new ProfileError(`${label}: this is HTML, not a profile`, { detail });
  if (/^[[{]/.test(text)) throw new ProfileError(`${label}: this is JSON, not a profile`, { detail });
  if (/^(heap profile:|goroutine (profile:|\d+ \[)|threadcreate profile:|--- \w+:)/.test(text)) {
    const hint = 'fetch it without ?debug=, which asks for text';
    throw new ProfileError(`${label}: this is a profile in Go's text format, which cannot be read`, { detail, hint });
  }
  throw new ProfileError(`${label}: this is text, not a profile`, { detail });
}

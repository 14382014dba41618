/**
 * Plain files in a tar archive (POSIX.1-1988 ustar), always the same bytes for the same files. What is read must be what
 * is written here: links, devices, long names, extensions and other owners are refused because their headers differ.
 */

export type Files = ReadonlyMap<string, Uint8Array>;

const BLOCK = 512;
/** One or two plain parts, which fit into the name field: no `..`, no root, nothing hidden. */
const NAME = /^(?=.{1,99}$)[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)?$/;
const LARGEST_SIZE = 8 ** 11 - 1;

/** The archive, files in the order of their names. */
export function writeTar(files: Files): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!NAME.test(name)) throw new Error(`${name} cannot be the name of a file in a bundle`);
    parts.push(header(name, bytes.length), bytes, new Uint8Array(padding(bytes.length)));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return Buffer.concat(parts);
}

/** The files in an archive that `writeTar` wrote; throws an Error that says what is wrong with any other bytes. */
export function readTar(archive: Uint8Array, mostFiles: number): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (;;) {
    const block = archive.subarray(at, at + BLOCK);
    if (block.length < BLOCK) throw new Error('it is cut off');
    if (block[0] === 0) break;
    const name = latin1(block, 0, 100);
    const size = Number.parseInt(latin1(block, 124, 12), 8);
    if (!NAME.test(name) || !Number.isInteger(size)) throw new Error('it holds a file with a strange name or size');
    if (Buffer.compare(block, header(name, size)) !== 0) throw new Error(`${name} is no plain file of ours`);
    if (files.has(name)) throw new Error(`${name} is in it twice`);
    if (files.size === mostFiles) throw new Error(`it holds more than ${mostFiles} files`);
    const start = at + BLOCK;
    if (start + size > archive.length) throw new Error('it is cut off');
    files.set(name, archive.subarray(start, start + size));
    at = start + size + padding(size);
  }
  const end = archive.subarray(at);
  if (end.length !== 2 * BLOCK || end.some((byte) => byte !== 0)) throw new Error('there is something behind its end');
  return files;
}

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

function header(name: string, size: number): Uint8Array {
  if (size < 0 || size > LARGEST_SIZE) throw new Error(`${name} is too large for a bundle`);
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, offset: number) => block.write(text, offset, 'latin1');
  put(name, 0);
  put('0000644\0', 100); // mode
  put('0000000\0', 108); // user
  put('0000000\0', 116); // group
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136); // time
  put('        ', 148); // the check sum's own place counts as blanks
  put('0', 156); // a plain file
  put('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function latin1(block: Uint8Array, offset: number, length: number): string {
  const text = Buffer.from(block.subarray(offset, offset + length)).toString('latin1');
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

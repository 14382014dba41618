/**
 * Writes a Profile as `go tool pprof` and every other reader wants it: gzipped protobuf, by pprof-format, kept away from
 * what its encoder gets wrong (empty submessages damage the file; fractions and NaN are changed silently).
 * The same profile always gives the same bytes. Files that were received are stored as they came, not through this.
 */
import { gzipSync } from 'node:zlib';
import { Profile as Message, StringTable } from 'pprof-format';
import type { Label, Profile, ValueType } from './profile.ts';

/** The bytes of a `.pb.gz` file. */
export function encodeProfile(profile: Profile): Uint8Array {
  const strings = new StringTable();
  const text = (value: string) => strings.dedup(value);
  const type = ({ type, unit }: ValueType) => ({ type: text(type), unit: text(unit) });
  const label = (label: Label) =>
    'text' in label
      ? { key: text(label.key), str: text(label.text) }
      : { key: text(label.key), num: whole(label.number), numUnit: text(label.unit) };
  const { samples, periodType } = profile;
  const types = profile.sampleTypes.length;
  const message = new Message({
    sampleType: profile.sampleTypes.map(type),
    sample: Array.from({ length: samples.count }, (_, i) => ({
      locationId: Array.from(samples.stacks.subarray(samples.starts[i], samples.starts[i + 1]), (index) => index + 1),
      value: Array.from(samples.values.subarray(i * types, (i + 1) * types), whole),
      label: samples.labelSets[samples.labels[i]!]!.map(label),
    })),
    mapping: profile.mappings.map(({ start, limit, offset, file, buildId, ...has }, i) => ({
      id: i + 1,
      memoryStart: start,
      memoryLimit: limit,
      fileOffset: offset,
      filename: text(file),
      buildId: text(buildId),
      ...has,
    })),
    location: profile.locations.map(({ address, mapping, lines }, i) => ({
      id: i + 1,
      mappingId: mapping + 1,
      address,
      line: lines.map(({ fn, line }) => ({ functionId: fn + 1, line: whole(line) })),
    })),
    function: profile.functions.map(({ name, file, startLine }, i) => ({
      id: i + 1,
      name: text(name),
      systemName: text(name),
      filename: text(file),
      startLine: whole(startLine),
    })),
    timeNanos: BigInt(whole(profile.timeNanos)),
    durationNanos: whole(profile.durationNanos),
    // An empty submessage is what must not be written.
    ...(periodType !== undefined &&
      (periodType.type !== '' || periodType.unit !== '') && { periodType: type(periodType) }),
    period: whole(profile.period),
    comment: profile.comments.map(text),
    defaultSampleType: text(profile.defaultSampleType),
    stringTable: strings,
  });
  const file = gzipSync(message.encode());
  file[OS_BYTE] = UNKNOWN_OS;
  return file;
}

/** Node writes no time into the header, but the system it runs on (RFC 1952). */
const OS_BYTE = 9;
const UNKNOWN_OS = 255;

function whole(value: number): number {
  if (!Number.isInteger(value)) throw new Error(`${value} is no whole number and cannot be written to a profile`);
  return value;
}

/**
 * Names addresses with the service's own tables: the same executable runs once more, natively, and its agent answers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { countedCopy } from '../binary/counted-copy.ts';
import { type Elf, parseElf } from '../binary/elf.ts';
import { goFunctions } from '../binary/go-functions.ts';
import { addressOfGoSymbol } from '../binary/symbols.ts';
import { MeasurementError } from '../errors.ts';
import type { CallgrindProfile } from '../profile/callgrind.ts';
import { addressesOf, type Symbols } from '../profile/callgrind-stacks.ts';
import type { Running } from './bench.ts';

export interface SymbolSource {
  /** What the addresses in `profile` mean, which was counted in the copy. */
  symbolsFor(profile: CallgrindProfile): Promise<Symbols>;
}

/** Writes the copy of the subject's executable that callgrind is to run, and names what is counted in it. */
export async function symbolSource(running: Running, countable: string): Promise<SymbolSource> {
  const { binary, side } = running.subject;
  const elf = parseElf(readFileSync(binary), `the executable of ${side}`);
  const { anchor } = await running.agent.info();
  const bias = elf.isRelocatable ? loadBias(readFileSync(`/proc/${running.service.pid}/maps`, 'utf8'), binary, elf) : 0;
  const functions = goFunctions(elf, `the executable of ${side}`, {
    name: 'main.perfGateAnchor',
    address: Number(anchor) - bias,
  });
  writeFileSync(countable, countedCopy(elf, functions), { mode: 0o700 });
  return {
    symbolsFor: async (profile) => {
      const executable = countable; // as callgrind names it
      const list = [...addressesOf(profile, { executable, entryOf: addressOfGoSymbol })];
      const frames = await running.agent.resolve(list.map((address) => address + bias));
      const known = new Map(list.map((address, i) => [address, frames[i] ?? []]));
      return { executable, entryOf: addressOfGoSymbol, framesAt: (address) => known.get(address) ?? [] };
    },
  };
}

/**
 * What the kernel added to the addresses of a position-independent file when it loaded it, from /proc/PID/maps (proc(5):
 * `start-end perms offset device inode path`).
 */
function loadBias(maps: string, binary: string, elf: Elf): number {
  const [start, , offset] =
    /^(\w+)-(\w+) \S+ (\w+) /.exec(maps.split('\n').find((line) => line.endsWith(` ${binary}`)) ?? '')?.slice(1) ?? [];
  const first = elf.segments[0];
  if (start === undefined || offset === undefined || first === undefined) {
    throw new MeasurementError(`cannot tell where ${binary} was loaded`);
  }
  return Number.parseInt(start, 16) - Number.parseInt(offset, 16) - (first.address - first.offset);
}

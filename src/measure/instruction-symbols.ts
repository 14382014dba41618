/**
 * Names addresses with the service's own tables: the same executable runs once more, natively, and its agent answers.
 */
import { writeFileSync } from 'node:fs';
import { countedCopy } from '../binary/counted-copy.ts';
import { addressOfGoSymbol } from '../binary/symbols.ts';
import type { CallgrindProfile } from '../profile/callgrind.ts';
import { addressesOf, type Symbols } from '../profile/callgrind-stacks.ts';
import type { Running } from './bench.ts';
import { executableOf } from './executable.ts';

export interface SymbolSource {
  /** What the addresses in `profile` mean, which was counted in the copy. */
  symbolsFor(profile: CallgrindProfile): Promise<Symbols>;
}

/** Writes the copy of the subject's executable that callgrind is to run, and names what is counted in it. */
export async function symbolSource(running: Running, countable: string): Promise<SymbolSource> {
  const { elf, functions, bias } = await executableOf(running);
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

/** The executable of a running service: its functions, and where it was loaded. */
import { readFileSync } from 'node:fs';
import { MeasurementError } from '../base/errors.ts';
import { type Elf, parseElf } from '../binary/elf.ts';
import { type GoFunction, goFunctions } from '../binary/go-functions.ts';
import type { Running } from './bench.ts';

export interface Executable {
  readonly elf: Elf;
  readonly functions: readonly GoFunction[];
  /** What the kernel added to the addresses of the file when it loaded it; 0 unless that is position-independent. */
  readonly bias: number;
}

/** Throws a MeasurementError where the file is no ELF executable of Go. */
export async function executableOf({ subject, agent, service }: Running): Promise<Executable> {
  const { binary, side } = subject;
  const label = `the executable of ${side}`;
  const elf = parseElf(readFileSync(binary), label);
  const { anchor } = await agent.info();
  const bias = elf.isRelocatable ? loadBias(readFileSync(`/proc/${service.pid}/maps`, 'utf8'), binary, elf) : 0;
  const functions = goFunctions(elf, label, { name: 'main.perfGateAnchor', address: Number(anchor) - bias });
  return { elf, functions, bias };
}

/** From /proc/PID/maps (proc(5): `start-end perms offset device inode path`). */
function loadBias(maps: string, binary: string, elf: Elf): number {
  const [start, , offset] =
    /^(\w+)-(\w+) \S+ (\w+) /.exec(maps.split('\n').find((line) => line.endsWith(` ${binary}`)) ?? '')?.slice(1) ?? [];
  const first = elf.segments[0];
  if (start === undefined || offset === undefined || first === undefined) {
    throw new MeasurementError(`cannot tell where ${binary} was loaded`);
  }
  return Number.parseInt(start, 16) - Number.parseInt(offset, 16) - (first.address - first.offset);
}

/**
 * What of the processor reaches a program under valgrind: it imitates one of a few, chosen by what the real one can do
 * (VEX/pub/libvex.h, VEX_HWCAPS_AMD64_*), and Go and C libraries choose their code by that.
 */
import { readFileSync } from 'node:fs';
import type { World } from '../base/world.ts';

const AMD64 = ['abm', 'avx', 'avx2', 'bmi1', 'cx16', 'f16c', 'pni', 'rdrand', 'rdseed', 'rdtscp', 'ssse3'];

/** The features as a text that can be compared; empty where they cannot be known. */
export function processorFeatures({ platform }: World): string {
  if (platform !== 'linux') return '';
  const lines = readFileSync('/proc/cpuinfo', 'latin1').split('\n');
  const entry = (name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.split(':')[1]
      ?.trim()
      .split(/\s+/);
  const flags = entry('flags');
  // On arm64 valgrind passes on what it knows, which depends on its version: all of them.
  return (flags?.filter((flag) => AMD64.includes(flag)) ?? entry('Features') ?? []).sort().join(' ');
}

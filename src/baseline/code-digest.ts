/**
 * Whether a bundle is of this very program: a digest of all that is loaded of a comparable build (build.ts), its lines
 * included, so that what was counted of one build can be taken for what another one would count.
 */
import { createHash } from 'node:crypto';
import { type Elf, FILE_IDS, SHF_ALLOC, sectionBytes } from '../binary/elf.ts';

export function codeDigest(elf: Elf): string {
  const hash = createHash('sha256');
  if (elf.isMachO) hash.update(elf.bytes);
  for (const section of elf.sections) {
    if ((section.flags & SHF_ALLOC) === 0 || FILE_IDS.has(section.name)) continue;
    const { name, type, flags, address, size } = section;
    hash.update(JSON.stringify([name, type, flags, address, size])).update(sectionBytes(elf, section));
  }
  return hash.digest('hex').slice(0, 16);
}

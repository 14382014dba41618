import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { goFunctions } from '../../src/binary/go-functions.ts';
import { tinyApartCopy } from '../../src/binary/tiny-apart-copy.ts';
import { goBuild, removeExecutables, run } from './go-build.ts';

afterAll(removeExecutables);

/** Says how many objects its own memory profile has of a thousand, each of another size from 1 to 15 bytes. */
const ALLOCATES = `package main

import "runtime"

func init() { runtime.MemProfileRate = 1 }

var kept []byte

//go:noinline
func tiny(size int) { kept = make([]byte, size) }

func objects() (sum int64) {
	runtime.GC()
	records := make([]runtime.MemProfileRecord, 10000)
	n, _ := runtime.MemProfile(records, true)
	for _, record := range records[:n] {
		frames := runtime.CallersFrames(record.Stack())
		for more := true; more; {
			var frame runtime.Frame
			frame, more = frames.Next()
			if frame.Function == "main.tiny" {
				sum += record.AllocObjects
			}
		}
	}
	return sum
}

func main() {
	before := objects()
	for i := 0; i < 1005; i++ {
		tiny(1 + i%15)
	}
	println(objects() - before)
}
`;

test.each([undefined, 'go1.18.10', 'go1.27.0'])('each tiny object is an object of the profile, %s', async (go) => {
  const { path, elf } = await goBuild({ files: { 'main.go': ALLOCATES }, ...(go === undefined ? {} : { go }) });
  const copy = `${path}-apart`;
  writeFileSync(copy, tinyApartCopy(elf, goFunctions(elf, 'allocates'))!, { mode: 0o700 });
  const said = async (file: string) => Number((await run(file)).stderr.trim());
  expect(await said(path)).toBeLessThan(800);
  expect(await said(copy)).toBe(1005);
});

test.each([undefined, 'go1.27.0'])('the same places are found in code for arm64, %s', async (go) => {
  const { path, elf } = await goBuild({
    files: { 'main.go': ALLOCATES },
    ...(go === undefined ? {} : { go }),
    env: { GOARCH: 'arm64' },
  });
  const shown = await run('go', ['tool', 'objdump', '-s', String.raw`^runtime\.mallocgc(Tiny.*)?$`, path]);
  const fits = [...shown.stdout.matchAll(/0x([0-9a-f]+)\s+f1004\w+\s+CMP \$16, R\d+.*\n.*BHI/g)];
  const copy = tinyApartCopy(elf, goFunctions(elf, 'allocates'))!;
  const changed = [...copy.keys()].filter((at) => copy[at] !== elf.bytes[at]);
  const places = fits.map(([, address]) => {
    const place = Number.parseInt(address!, 16);
    const segment = elf.segments.find(({ address: start, fileSize }) => place >= start && place < start + fileSize)!;
    return segment.offset + place - segment.address + 1;
  });
  expect(places.length).toBeGreaterThan(0);
  expect(changed.sort()).toEqual(places.sort());
});

import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { countedCopy } from '../../src/binary/counted-copy.ts';
import { goFunctions } from '../../src/binary/go-functions.ts';
import { goBuild, removeExecutables, run } from './go-build.ts';

afterAll(removeExecutables);

/** One goroutine works for a tenth of a second; says whether another one, on the same thread, ran in the meantime. */
const WORKS = `package main

import "time"

var beside, sum int

//go:noinline
func work(i int) { sum += i * 3 }

func main() {
	go func() { beside++ }()
	for start := time.Now(); time.Since(start) < 100*time.Millisecond; {
		for i := 0; i < 1000; i++ {
			work(i)
		}
	}
	println(beside > 0)
}
`;

test.each([undefined, 'go1.27.0'])('a goroutine without preemption runs until it waits, %s', async (go) => {
  const { path, elf } = await goBuild({ files: { 'main.go': WORKS }, ...(go === undefined ? {} : { go }) });
  const copy = `${path}-steady`;
  writeFileSync(copy, countedCopy(elf, goFunctions(elf, 'works')), { mode: 0o700 });
  const said = async (file: string) =>
    (await run(file, { env: { GOMAXPROCS: '1', GODEBUG: 'asyncpreemptoff=1' } })).stderr.trim();
  expect(await said(path)).toBe('true');
  expect(await said(copy)).toBe('false');
});

const ASKS = `package main

type walker interface{ walk() }

//go:noinline
func walks(animal any) bool {
	switch animal.(type) {
	case walker:
		return true
	case error:
		return false
	}
	_, isToo := animal.(interface{ run() })
	return isToo
}

func main() { println(walks(len("duck"))) }
`;

test.each([
  ['amd64', {}],
  ['amd64', { go: 'go1.27.0' }],
  ['arm64', {}],
])('what the runtime does once in 1024 times it always does, on %s, %p', async (arch, version) => {
  const { path, elf } = await goBuild({ files: { 'main.go': ASKS }, env: { GOARCH: arch }, ...version });
  const copy = countedCopy(elf, goFunctions(elf, 'asks'));
  const shown = await run('go', ['tool', 'objdump', '-s', String.raw`^runtime\.(interfaceSwitch|typeAssert)$`, path]);
  const tests = [...shown.stdout.matchAll(/^\s+\S+\s+0x([0-9a-f]+)\s+([0-9a-f]+)\s+(?:TSTW? \$1023|TESTL \$0x3ff)/gm)];
  expect(tests).toHaveLength(2);
  for (const [, place, code] of tests) {
    const address = Number.parseInt(place!, 16);
    const segment = elf.segments.find(
      ({ address: start, fileSize }) => address >= start && address < start + fileSize,
    )!;
    const at = segment.offset + address - segment.address;
    // The register is another one with every version of Go; on arm64 it is a part of what is edited.
    const edited = arch === 'arm64' ? 'ff270072' : code!.replace('ff030000', '00000000');
    expect(Buffer.from(copy.subarray(at, at + edited.length / 2)).toString('hex')).toBe(edited);
  }
});

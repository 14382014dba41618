import { writeFileSync } from 'node:fs';
import { afterAll, expect, jest, test } from '@jest/globals';
import { countedCopy } from '../../src/binary/counted-copy.ts';
import { goFunctions } from '../../src/binary/go-functions.ts';
import { goBuild, removeExecutables, run } from './go-build.ts';

jest.setTimeout(120_000);
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

test('a goroutine without preemption runs until it waits', async () => {
  const { path, elf } = await goBuild({ files: { 'main.go': WORKS } });
  const copy = `${path}-steady`;
  writeFileSync(copy, countedCopy(elf, goFunctions(elf, 'works')), { mode: 0o700 });
  const said = async (file: string) =>
    (await run(file, { env: { GOMAXPROCS: '1', GODEBUG: 'asyncpreemptoff=1' } })).stderr.trim();
  expect(await said(path)).toBe('true');
  expect(await said(copy)).toBe('false');
});

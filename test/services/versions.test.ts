/** From the oldest Go that is supported to the newest, stripped and position-independent: the same function, the same line. */

import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { blamed, goMod, tell } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const SCORE = `package main

import (
	"fmt"
	"net/http"
	"strings"
)

type number interface{ ~int | ~int64 }

func sum[N number](values []N) (total N) {
	for _, value := range values {
		total += value
	}
	return total
}

func score(words []string) []int {
	scores := make([]int, len(words))
	for i, word := range words {
		for turn := 0; turn < 100; turn++ {
			scores[i] = scores[i]*31 + int(word[turn%len(word)])
		}
	}
	return scores
}

func serve(w http.ResponseWriter, r *http.Request) {
	words := strings.Fields("every figure is divided by the number of requests")
	fmt.Fprintln(w, sum(score(words)))
}
`;

const NAMED = 'main.score score.go:21 line';

/** From Go 1.27 on a method may have type parameters of its own. */
const METHOD = SCORE.replace('func score(words []string)', 'func (s *scorer) score[W ~string](words []W)')
  .replace('func serve', 'type scorer struct{}\n\n$&')
  .replace('sum(score(words))', 'sum((&scorer{}).score(words))');

test.each([
  { toolchain: 'go1.18.10', go: '1.18', flags: [], ldflags: '' },
  { toolchain: 'go1.21.13', go: '1.21', flags: [], ldflags: '-s -w' },
  { toolchain: 'go1.24.10', go: '1.24', flags: ['-buildmode=pie'], ldflags: '' },
  {
    toolchain: 'go1.27.0',
    go: '1.27',
    flags: [],
    ldflags: '',
    source: METHOD,
    named: 'main.(*scorer).score[...] score.go:21 line',
  },
  { toolchain: 'local', go: '1.26', flags: ['-buildmode=pie'], ldflags: '-s -w' },
])('$toolchain, $flags $ldflags', async ({ toolchain, go, flags, ldflags, source = SCORE, named = NAMED }) => {
  const told = await tell({
    directory: join(scratch, toolchain),
    files: { 'go.mod': goMod(go), 'score.go': source },
    change: [{ path: 'score.go', from: 'turn < 100', to: 'turn < 150' }],
    toolchain,
    flags,
    ldflags,
  });
  expect(told.report.verdict).toBe('fail');
  // Where score is inlined, its caller may hold an instruction of its loop and be named as well.
  expect(blamed(told)[0]).toBe(named);
});

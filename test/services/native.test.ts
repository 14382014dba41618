/** Code that is not Go: a C function by its C name, an assembly routine as Go's own profile names it. */

import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { blamed, tell } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const CGO = `package main

/*
static unsigned checksum(const unsigned char *bytes, int length) {
	unsigned a = 1, b = 0;
	for (int turn = 0; turn < 20; turn++) {
		for (int i = 0; i < length; i++) {
			a = (a + bytes[i]) % 65521;
			b = (b + a) % 65521;
		}
	}
	return b << 16 | a;
}

unsigned digest(const unsigned char *bytes, int length);
*/
import "C"

import (
	"fmt"
	"net/http"
	"unsafe"
)

func serve(w http.ResponseWriter, r *http.Request) {
	text := []byte(r.URL.Path + ": every figure is divided by the number of requests")
	bytes, length := (*C.uchar)(unsafe.Pointer(&text[0])), C.int(len(text))
	fmt.Fprintln(w, C.checksum(bytes, length), C.digest(bytes, length))
}
`;

const DIGEST = `static __attribute__((noinline)) unsigned mix(unsigned state, unsigned char byte, int rounds) {
	state ^= byte;
	for (int round = 0; round < rounds; round++)
		state *= 16777619u + (round & 1);
	return state;
}

unsigned digest(const unsigned char *bytes, int length) {
	unsigned state = 2166136261u;
	for (int i = 0; i < length; i++)
		state = mix(state, bytes[i], 100);
	return state;
}
`;

test('C code in the preamble and in a file of its own', async () => {
  const told = await tell({
    directory: join(scratch, 'cgo'),
    files: { 'serve.go': CGO, 'digest.c': DIGEST },
    change: [
      { path: 'serve.go', from: 'turn < 20', to: 'turn < 25' },
      { path: 'digest.c', from: '(round & 1)', to: '(round & 1) + (state >> 7)' },
    ],
  });
  expect(told.report.verdict).toBe('fail');
  // gcc makes a copy of mix for its one caller and inlines checksum into the function that Go calls.
  expect(told.report.causes.map((cause) => cause.function)).toEqual(['mix', 'main.serve']);
});

const SUM = `package main

import (
	"fmt"
	"net/http"
)

func serve(w http.ResponseWriter, r *http.Request) {
	values := make([]uint64, 4000)
	for i := range values {
		values[i] = uint64(i)
	}
	fmt.Fprintln(w, sum(values))
}
`;

const SUM_AMD64 = `#include "textflag.h"

// func sum(values []uint64) uint64
TEXT ·sum(SB), NOSPLIT, $0-32
	MOVQ values_base+0(FP), SI
	MOVQ values_len+8(FP), CX
	XORQ AX, AX
next:
	TESTQ CX, CX
	JZ done
	ADDQ (SI), AX
	ADDQ $8, SI
	DECQ CX
	JMP next
done:
	MOVQ AX, ret+24(FP)
	RET
`;

const SUM_GO = `//go:build !amd64

package main

func sum(values []uint64) (total uint64) {
	for _, value := range values {
		total += value
	}
	return total
}
`;

test('an assembly routine', async () => {
  const told = await tell({
    directory: join(scratch, 'assembly'),
    files: {
      'serve.go': SUM,
      'sum_amd64.go': 'package main\n\nfunc sum(values []uint64) uint64\n',
      'sum_amd64.s': SUM_AMD64,
      'sum_other.go': SUM_GO,
    },
    change: [
      { path: 'sum_amd64.s', from: '\tADDQ (SI), AX\n', to: '\tMOVQ (SI), DX\n\tROLQ $1, DX\n\tADDQ DX, AX\n' },
      { path: 'sum_other.go', from: 'total += value', to: 'total += value<<1 | value>>63' },
    ],
  });
  expect(told.report.verdict).toBe('fail');
  expect(blamed(told)).toEqual(['main.sum sum_amd64.s:11 per-call']);
});

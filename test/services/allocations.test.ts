/** What is allocated for a request, and no more: tiny objects one by one, nothing of what a pool keeps or comes once. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { decodeProfile } from '../../src/profile/decode.ts';
import { tableOf } from '../../src/profile/table.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { blamed, goMod, tell, tellNext } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const SERVE = `package main

import (
	"bytes"
	"net/http"
	"strconv"
	"sync"
)

const room = 64

var buffers = sync.Pool{New: newBuffer}

func newBuffer() any { return bytes.NewBuffer(make([]byte, 0, room)) }

func codes(n int) (all [40]string) {
	for i := 0; i < n; i++ {
		all[i] = strconv.Itoa(1000 + i)
	}
	return all
}

func serve(w http.ResponseWriter, r *http.Request) {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	for _, code := range codes(20) {
		buffer.WriteString(code)
	}
	w.Write(buffer.Bytes()[:40])
}
`;

test('ten more objects of four bytes are ten objects, and a larger buffer in a pool is made once', async () => {
  const { report, head, err } = await tell({
    directory: join(scratch, 'pool'),
    files: { 'serve.go': SERVE },
    change: [
      { path: 'serve.go', from: 'room = 64', to: 'room = 256 << 10' },
      { path: 'serve.go', from: 'codes(20)', to: 'codes(30)' },
    ],
    instruments: ['instructions', 'allocs'],
  });
  const row = (name: string) => report.totals.find((one) => one.name === name)!;
  expect(row('objects').head - row('objects').base).toBeCloseTo(10, 0);
  // The check sum has what asking the agent takes too: at most 100 objects of 50 requests. Without the copy it is 28 apart.
  const { objects, mallocs } = head.instruments.allocs!.replicates[0]!;
  expect(Math.abs(mallocs - objects)).toBeLessThan(2);
  expect(row('bytes').head - row('bytes').base).toBeLessThan(10 * 16);
  const counted = ['instructions', 'allocs'].flatMap((name) => {
    const file = join(scratch, 'pool/perf-gate-out/head', `${name}.pb.gz`);
    const type = name === 'allocs' ? 'alloc_space' : 'instructions';
    return tableOf(decodeProfile(readFileSync(file), file), { type }).rows;
  });
  expect(counted.map(({ name }) => name)).toContain('main.codes');
  expect(counted.map(({ name }) => name)).not.toContain('main.newBuffer');
  expect(err).not.toMatch('share blocks');
});

const JOURNAL = `package main

import (
	"net/http"
	"sync/atomic"
)

const room = 64

var served atomic.Int64
var journal, page []byte

func begin() { journal = make([]byte, 0, room) }

func turn() { page = make([]byte, 1000) }

func serve(w http.ResponseWriter, r *http.Request) {
	if served.Add(1)%200 == 0 {
		begin()
	}
	if r.URL.Path == "/report" {
		turn()
	}
	w.Write([]byte("ok"))
}
`;

test('what one request of the window allocates is told; what one in a hundred asks for is judged', async () => {
  const story = {
    directory: join(scratch, 'journal'),
    files: { 'serve.go': JOURNAL, 'go.mod': goMod('1.19') },
    change: [{ path: 'serve.go', from: 'room = 64', to: 'room = 256 << 10' }],
    instruments: ['allocs'] as const,
    count: 300,
    requests: [
      { method: 'GET', path: '/', weight: 99 },
      { method: 'GET', path: '/report', weight: 1 },
    ],
  };
  const larger = await tell(story);
  expect([larger.code, larger.report.verdict]).toEqual([0, 'pass']);
  expect(larger.report.totals.map(({ name, change }) => [name, change])).toEqual([
    ['objects', 0],
    ['bytes', 0],
  ]);
  expect(larger.report.notes.map(({ text }) => text)).toEqual([
    'too rare to be divided by the requests, so it is not judged: main.begin (serve.go:13): 524 288 bytes in 2 objects over 600 requests of head, 128 bytes in 2 objects over 600 requests of base',
  ]);
  const dearer = await tellNext(larger.repository, {}, [{ path: 'serve.go', from: '1000', to: '40000' }]);
  expect(dearer.code).toBe(1);
  expect(blamed(dearer)).toEqual(['main.turn serve.go:15 dearer']);
});

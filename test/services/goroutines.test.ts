/** Goroutines by the dozen for each request, with channels, locks, tickers and timers: their work is still found. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { decodeProfile } from '../../src/profile/decode.ts';
import { tableOf } from '../../src/profile/table.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { blamed, tell } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const namesIn = (file: string, type: string) =>
  tableOf(decodeProfile(readFileSync(join(scratch, file)), file), { type }).rows.map(({ name }) => name);

const SERVE = `package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

type item struct {
	ID    int      \`json:"id"\`
	Price float64  \`json:"price"\`
	Tags  []string \`json:"tags"\`
}

var (
	mutex sync.RWMutex
	seen  = map[int]int{}
)

// Something that never rests.
func init() {
	go func() {
		for range time.Tick(5 * time.Millisecond) {
			mutex.Lock()
			seen[0]++
			mutex.Unlock()
		}
	}()
}

func describe(id int) []byte {
	tags := []string{}
	for i := 0; i < 6; i++ {
		tags = append(tags, fmt.Sprint("tag ", i))
	}
	text, err := json.Marshal(item{ID: id, Price: float64(id) * 1.5, Tags: tags})
	if err != nil {
		panic(err)
	}
	return text
}

func work(id int, results chan<- []byte, done *sync.WaitGroup) {
	defer done.Done()
	mutex.RLock()
	_ = seen[id]
	mutex.RUnlock()
	if id%16 == 0 {
		<-time.After(time.Millisecond)
	}
	results <- describe(id)
}

func serve(w http.ResponseWriter, r *http.Request) {
	results := make(chan []byte, 8)
	var done sync.WaitGroup
	for id := 1; id <= 64; id++ {
		done.Add(1)
		go work(id, results, &done)
	}
	go func() {
		done.Wait()
		close(results)
	}()
	length := 0
	for text := range results {
		length += len(text)
	}
	mutex.Lock()
	seen[length]++
	mutex.Unlock()
	fmt.Fprintln(w, length)
}
`;

test('64 goroutines a request', async () => {
  const told = await tell({
    directory: join(scratch, 'goroutines'),
    files: { 'serve.go': SERVE },
    change: [{ path: 'serve.go', from: 'i < 6', to: 'i < 8' }],
    instruments: ['instructions', 'allocs'],
  });
  expect(told.report.verdict).toBe('fail');
  expect(blamed(told)).toEqual(['main.describe serve.go:36 line']);
  expect(told.report.causes[0]!.consequences).toContain('main.work');
  expect(told.head.instruments.instructions?.paths.truncated).toBeLessThan(0.01);
  // No goroutine had to grow its stack, neither of the 64 of a request nor the server's.
  const names = namesIn('goroutines/perf-gate-out/head/instructions.pb.gz', 'instructions');
  expect(names).toContain('main.describe');
  expect(names).not.toContain('runtime.copystack');
});

const ENDS_A_THREAD = `package main

import (
	"fmt"
	"net/http"
	"runtime"
)

func serve(w http.ResponseWriter, r *http.Request) {
	done := make(chan int)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		done <- 1
	}()
	fmt.Fprintln(w, <-done)
}
`;

test('the threads that the runtime starts are in nobody’s objects', async () => {
  const told = await tell({
    directory: join(scratch, 'threads'),
    files: { 'serve.go': ENDS_A_THREAD },
    change: [{ path: 'serve.go', from: '<-done)', to: '<-done, r.URL.Path)' }],
    instruments: ['allocs'],
  });
  expect(blamed(told)).toEqual(['main.serve serve.go:15 dearer']);
  const names = namesIn('threads/perf-gate-out/head/allocs.pb.gz', 'alloc_objects');
  expect(names).toContain('main.serve');
  expect(names).not.toContain('runtime.allocm');
});

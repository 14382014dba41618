/** A service that gets signals while it is counted, of child processes and of its own profiler: they must not stop the count. */

import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { blamed, tell } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const SERVE = `package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime/pprof"
	"syscall"
)

// The child is this program once more.
func init() {
	if os.Getenv("CHILD") != "" {
		fmt.Println("done")
		os.Exit(0)
	}
	ended := make(chan os.Signal, 16)
	signal.Notify(ended, syscall.SIGCHLD)
	go func() {
		for range ended {
		}
	}()
	if err := pprof.StartCPUProfile(io.Discard); err != nil {
		panic(err)
	}
}

func digest(output []byte) (sum uint32) {
	for turn := 0; turn < 2000; turn++ {
		for _, letter := range output {
			sum = sum*31 + uint32(letter)
		}
	}
	return sum
}

func serve(w http.ResponseWriter, r *http.Request) {
	self, err := os.Executable()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), "CHILD=1")
	output, err := child.CombinedOutput()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintln(w, digest(output))
}
`;

test('child processes, and a CPU profiler that is never switched off', async () => {
  const told = await tell({
    directory: join(scratch, 'children'),
    files: { 'serve.go': SERVE },
    change: [{ path: 'serve.go', from: 'turn < 2000', to: 'turn < 4000' }],
    instruments: ['instructions'],
  });
  expect(told.report.verdict).toBe('fail');
  expect(blamed(told)[0]).toMatch(/^main.digest serve.go:32 /);
});

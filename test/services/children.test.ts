/** A service that starts processes for a request: their ends are signals, which must not stop the count. */
import { afterAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { blamed, tell } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const SERVE = `package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
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
}

func arguments() []string {
	list := []string{}
	for i := 0; i < 300; i++ {
		list = append(list, "a")
	}
	return list
}

func serve(w http.ResponseWriter, r *http.Request) {
	if err := exec.Command("/bin/true", arguments()...).Run(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
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
	w.Write(output)
}
`;

test('child processes', async () => {
  const told = await tell({
    directory: join(scratch, 'children'),
    files: { 'serve.go': SERVE },
    change: [{ path: 'serve.go', from: 'i < 300', to: 'i < 600' }],
    instruments: ['instructions', 'allocs'],
  });
  console.log(told.err, JSON.stringify(told.report, null, 1), JSON.stringify(told.head));
  expect(told.report.verdict).toBe('fail');
  expect(blamed(told)[0]).toMatch(/^main.arguments serve.go:32 /);
}, 120_000);

/** A service whose own command chooses what is built: the functions that changed are looked for in the files that it took. */
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parseReport } from '../../src/report/json.ts';
import { newRepository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const CONFIG = `
service:
  package: .
  args: ["-listen", "127.0.0.1:{port}"]
  build: { command: "go build -tags=prod -ldflags '{ldflags}' -o {output} ." }
load: { requests: [GET /], warmup: 20, count: 20 }
limits: { objects: { total: off, function: +1% }, bytes: off }
instruments: [allocs]
`;
const MAIN = `package main

import (
	"flag"
	"net/http"
)

func main() {
	listen := flag.String("listen", "", "")
	flag.Parse()
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.Write(text()) })
	http.ListenAndServe(*listen, nil)
}
`;
const text = (tag: string, times: number) => `//go:build ${tag}

package main

import "strings"

func text() []byte { return []byte(strings.Repeat("x", 100) + strings.Repeat("y", ${times})) }
`;

test('a function in a file behind a tag of that command is named', async () => {
  const repository = newRepository(join(scratch, 'tagged'));
  repository.commit('base', {
    'go.mod': 'module example.com/tagged\n\ngo 1.18\n',
    'main.go': MAIN,
    'dev.go': text('!prod', 0),
    'prod.go': text('prod', 0),
    'perf-gate.yml': CONFIG,
    '.gitignore': 'perf-gate-out*\n',
  });
  repository.edit('prod.go', '"y", 0', '"y", 9');
  repository.commit('head');
  const { code, out, err } = await perfGate(repository.directory, ['run', '--format', 'json', '--base', 'HEAD~1']);
  if (out === '') throw new Error(`exit ${code}: ${err}`);
  const { verdict, causes } = parseReport(out);
  expect({ code, verdict }).toEqual({ code: 1, verdict: 'fail' });
  expect(causes).toMatchObject([{ function: 'main.text', file: 'prod.go', line: 7 }]);
});

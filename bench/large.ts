/**
 * Does the gate bear a large service? Open Policy Agent (a public service of 46 MB and 560 packages, through Go's module
 * proxy) with one function of our own, made dearer. Prints what was found, how long each step took, and what callgrind's
 * files cost to read.
 *
 *   node bench/run.mjs large
 */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Report } from '../src/compare/report.ts';
import type { Manifest } from '../src/measure/manifest.ts';
import { parseCallgrind } from '../src/profile/callgrind.ts';
import { newRepository } from '../test/support/repository.ts';
import { perfGate } from '../test/support/world.ts';

const VERSION = 'v1.2.0';
/** Often enough to see a file between its being written and read. */
const POLL_MS = 20;

const MAIN = `package main

import (
	"fmt"
	"os"

	"github.com/open-policy-agent/opa/cmd"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/types"
)

func score(name string) int {
	total := 0
	for turn := 0; turn < 200; turn++ {
		for i := 0; i < len(name); i++ {
			total = (total*31 + int(name[i])) % 1000003
		}
	}
	return total
}

func main() {
	declaration := &rego.Function{Name: "score", Decl: types.NewFunction(types.Args(types.S), types.N)}
	rego.RegisterBuiltin1(declaration, func(_ rego.BuiltinContext, name *ast.Term) (*ast.Term, error) {
		text, ok := name.Value.(ast.String)
		if !ok {
			return nil, fmt.Errorf("not a string: %v", name)
		}
		return ast.IntNumberTerm(score(string(text))), nil
	})
	if err := cmd.RootCommand.Execute(); err != nil {
		os.Exit(1)
	}
}
`;

const POLICY = `package shop

default allow := false

allow if {
	some role in input.roles
	some grant in grants[role]
	grant.action == input.action
	startswith(input.path, grant.path)
	score(input.user) > 0
}

grants := {
	"admin": [{"action": action, "path": "/"} | some action in ["GET", "PUT", "POST", "DELETE"]],
	"clerk": [{"action": "GET", "path": "/orders"}, {"action": "POST", "path": "/orders"}],
	"guest": [{"action": "GET", "path": path} | some i in numbers.range(1, 30); path := sprintf("/items/%d", [i])],
}
`;

const CONFIG = {
  service: {
    package: '.',
    args: ['run', '--server', '--disable-telemetry', '--log-level=error', '--addr=127.0.0.1:{port}', 'shop.rego'],
    ready: 'GET /health',
  },
  load: {
    requests: [
      {
        method: 'POST',
        path: '/v1/data/shop/allow',
        body: { input: { user: 'grace hopper', roles: ['guest', 'clerk'], action: 'POST', path: '/orders/17' } },
      },
    ],
    count: 100,
    warmup: 100,
  },
  instruments: ['instructions', 'allocs'],
};

const directory = mkdtempSync(join(tmpdir(), 'perf-gate-large-'));
try {
  const repository = newRepository(join(directory, 'opa'));
  repository.write('main.go', MAIN);
  repository.write('shop.rego', POLICY);
  repository.write('perf-gate.yml', JSON.stringify(CONFIG));
  repository.write('.gitignore', 'perf-gate-out*\n');
  const go = (...args: string[]) => execFileSync('go', args, { cwd: repository.directory, stdio: 'pipe' });
  go('mod', 'init', 'example.com/opa');
  go('get', `github.com/open-policy-agent/opa@${VERSION}`);
  go('mod', 'tidy');
  repository.commit('base');
  repository.edit('main.go', 'turn < 200', 'turn < 260');
  repository.commit('head');

  const [work, kept] = [join(directory, 'work'), join(directory, 'kept')];
  for (const path of [work, kept]) mkdirSync(path);
  const poll = setInterval(() => keepCounts(work, kept), POLL_MS);
  const { code, out, err } = await perfGate(
    repository.directory,
    ['run', '--format', 'json', '--base', 'HEAD~1', ...process.argv.slice(2)],
    { temporaryDirectory: work },
  );
  clearInterval(poll);
  console.log(err);
  if (out === '') throw new Error(`exit ${code}`);
  const report = JSON.parse(out) as Report;
  const { instruments } = JSON.parse(
    readFileSync(join(repository.directory, 'perf-gate-out/head/manifest.json'), 'utf8'),
  ) as Manifest;
  console.log(`${report.verdict} in ${seconds(report.durationMs)}, ${JSON.stringify(instruments.instructions?.paths)}`);
  for (const { name, base, head } of report.totals) console.log(`${name}: ${Math.round(base)} -> ${Math.round(head)}`);
  for (const { function: fn, file, line, explanation } of report.causes) {
    console.log(`${fn} ${file}:${line} ${JSON.stringify(explanation)}`);
  }
  console.log(`highest resident memory of perf-gate: ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
  for (const name of readdirSync(kept)) printReading(join(kept, name));
} finally {
  rmSync(directory, { recursive: true });
}

/** Gives every file of counts a second name, since the first is removed once it has been read. */
function keepCounts(work: string, kept: string): void {
  try {
    for (const directory of readdirSync(work).map((name) => join(work, name, 'run'))) {
      for (const name of readdirSync(directory)) {
        const path = join(directory, name);
        if (/\.out\.\d+$/.test(name)) linkSync(path, join(kept, `${statSync(path).ino}-${name}`));
      }
    }
  } catch (error) {
    // Not there yet, gone meanwhile, or linked already.
    if (!['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function printReading(path: string): void {
  const bytes = readFileSync(path);
  const started = performance.now();
  const { contexts, costs, calls } = parseCallgrind(bytes, path);
  const took = performance.now() - started;
  const size = `${(bytes.length / 1e6).toFixed(1)} MB, ${contexts.length} contexts`;
  const rows = `${costs.count.length} counts, ${calls.count.length} calls`;
  console.log(`${basename(path).replace(/^\d+-/, '')}: ${size}, ${rows}, read in ${Math.round(took)} ms`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

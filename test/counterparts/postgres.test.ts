/** The example with Postgres, gated as a job would do it, against a real server. */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { parseReport } from '../../src/report/json.ts';
import { bundledCli } from '../support/bundle.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/postgres', import.meta.url));

let scratch: string;
let server: PostgresServer;

beforeAll(async () => {
  scratch = scratchDirectory();
  server = await startPostgres(join(scratch, 'postgres'), ['library_base', 'library_head']);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  removeDirectory(scratch);
});

/** The example's config, with no more load and instruments than the test needs. */
function smaller(config: string): string {
  const { load, ...rest } = parse(config);
  return stringify({ ...rest, load: { ...load, count: 20, warmup: 20 }, instruments: ['instructions'] });
}

/** The program as a process of its own, which is ended where a busy machine is too slow for this test. */
function runGate(directory: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const args = [bundledCli(join(scratch, 'dist')), 'run', '--base', 'HEAD', '--format', 'json'];
  const options = { cwd: directory, env: { ...process.env, ...server.env }, timeout: 540_000 };
  return new Promise((resolve) => {
    execFile('node', args, options, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
  });
}

test('a function that became dearer is named, although the commit changes the tables too', async () => {
  const repository = newRepository(join(scratch, 'library'));
  cpSync(EXAMPLE, repository.directory, { recursive: true });
  repository.write('perf-gate.yml', smaller(repository.read('perf-gate.yml')));
  repository.commit('library');

  // Neither side could live with the tables of the other.
  repository.edit(
    'internal/library/schema.sql',
    'subject text NOT NULL',
    'subject text NOT NULL,\n\tshelf integer NOT NULL',
  );
  repository.edit('internal/library/sample.sql', 'author, subject)', 'author, subject, shelf)');
  repository.edit('internal/library/sample.sql', '[1 + id % 4]', '[1 + id % 4],\n\tid / 10');
  repository.edit(
    'internal/library/page.go',
    `	end := strings.LastIndexByte(text[:excerptBytes+1], ' ')
	return text[:max(0, end)] + " …"
`,
    `	short := ""
	for _, word := range strings.Fields(text) {
		if len(short)+len(word) > excerptBytes {
			break
		}
		short += word + " "
	}
	return short + "…"
`,
  );

  const { code, stdout, stderr } = await runGate(repository.directory);
  expect({ code, stderr: code === 1 ? '' : stderr }).toEqual({ code: 1, stderr: '' });
  const { causes, missing } = parseReport(stdout);
  const lines = readFileSync(join(repository.directory, 'internal/library/page.go'), 'utf8').split('\n');
  expect(missing).toEqual([]);
  expect(causes[0]).toMatchObject({
    function: 'example.com/library/internal/library.excerpt',
    file: 'internal/library/page.go',
    line: lines.findIndex((line) => line.includes('short += word')) + 1,
    effects: [{ metric: 'instructions', status: 'over' }],
  });
});

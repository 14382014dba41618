/** What `npx perf-gate` gets: the packed package, in an empty directory, without a network. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LARGEST_BYTES = 1_000_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const scratch = scratchDirectory();
const installed = join(scratch, 'installed');
/** With a cache of its own that is empty: what is not in the tarball cannot be had. */
const env = { ...process.env, npm_config_cache: join(scratch, 'cache'), npm_config_offline: 'true' };
const npm = (cwd: string, ...args: string[]) =>
  execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });

let packed: Packed;
let tarball: string;
beforeAll(() => {
  [packed] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', scratch)) as [Packed];
  tarball = join(scratch, packed.filename);
  mkdirSync(installed);
  npm(installed, 'install', '--no-audit', '--no-fund', tarball);
});
afterAll(() => removeDirectory(scratch));

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

describe('the tarball', () => {
  test('holds the program, what it needs, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    const known =
      /^(dist\/[\w-]+\.js|dist\/THIRD-PARTY-LICENSES|schema\/[\w-]+\.schema\.json|examples\/.+|README\.md|LICENSE|package\.json)$/;
    expect(paths.filter((path) => !known.test(path))).toEqual([]);
    const needed = [
      'dist/cli.js',
      'dist/THIRD-PARTY-LICENSES',
      'examples/orders/perf-gate.yml',
      'examples/orders-slower.patch',
    ];
    expect(paths).toEqual(expect.arrayContaining([...needed, 'schema/perf-gate.schema.json']));
    // Nothing that a build or a run left among the examples.
    const ignored = spawnSync('git', ['check-ignore', ...paths], { cwd: ROOT, encoding: 'utf8' });
    expect(ignored.stdout).toBe('');
  });

  test(`is smaller than ${LARGEST_BYTES / 1e6} MB`, () => {
    expect(packed.size).toBeLessThan(LARGEST_BYTES);
  });

  test('needs no other package and runs nothing when it is installed', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'node_modules/perf-gate/package.json'), 'utf8'));
    for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) {
      expect(manifest[key] ?? {}).toEqual({});
    }
    expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    expect(readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['perf-gate']);
  });
});

describe('npx perf-gate', () => {
  test('in an empty directory says its version', () => {
    const empty = join(scratch, 'empty');
    mkdirSync(empty);
    expect(npm(empty, 'exec', '--yes', `--package=${tarball}`, '--', 'perf-gate', '--version')).toBe(
      `perf-gate ${version}\n`,
    );
    expect(readdirSync(empty)).toEqual([]);
  });

  const run = (cwd: string, ...args: string[]) => {
    const bin = join(installed, 'node_modules/.bin/perf-gate');
    const { status, stdout, stderr } = spawnSync(bin, args, { cwd, encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  };

  test('says what it can do', () => {
    const { code, out } = run(installed, '--help');
    expect(code).toBe(0);
    expect(out).toContain('usage: perf-gate');
  });

  test('outside of a repository says what is missing, not that it is broken', () => {
    const { code, err } = run(installed);
    expect(code).toBe(2);
    expect(err).toContain('is not inside a git repository');
  });

  test('builds and compares a service', () => {
    const repository = newRepository(join(scratch, 'service'));
    repository.commit('a service', {
      'go.mod': 'module example.com/service\n\ngo 1.21\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() { panic(http.ListenAndServe("127.0.0.1:0", nil)) }\n',
      'perf-gate.yml': 'service: { package: . }\nload: { requests: [GET /] }\n',
    });
    repository.write('README.md', 'A service.\n');
    const { code, out } = run(repository.directory);
    expect(out).toContain('same machine code: nothing to measure');
    expect({ code, out: out.slice(0, 15) }).toEqual({ code: 0, out: 'perf-gate  PASS' });
  });
});

/** A team's weeks with a store: what is merged is saved, and pull requests measure only themselves. The whole program. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { packBundle, unpackBundle, writeBundle } from '../../src/baseline/bundle.ts';
import { codeDigest } from '../../src/baseline/code-digest.ts';
import { keyText, parseKey } from '../../src/baseline/key.ts';
import { parseElf } from '../../src/binary/elf.ts';
import type { Note, Report } from '../../src/compare/report.ts';
import { readSide } from '../../src/measure/side-directory.ts';
import { decodeProfile } from '../../src/profile/decode.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import { parseReport } from '../../src/report/json.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';
import { BRANCH } from './git-fixture.ts';
import { startS3Server } from './s3-server.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const MAIN = `package main

import (
	"flag"
	"fmt"
	"net/http"

	"example.com/shop/prices"
)

func main() {
	listen := flag.String("listen", "", "address")
	flag.Parse()
	http.HandleFunc("/prices", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, prices.List()) })
	http.ListenAndServe(*listen, nil)
}
`;
const PRICES = `package prices

import "strconv"

const count = 40

func List() []string {
	list := make([]string, 0, count)
	for i := 0; i < count; i++ {
		list = append(list, strconv.Itoa(100000+i))
	}
	return list
}
`;
const CONFIG = `service:
  package: .
  name: shop
  args: ["-listen", "127.0.0.1:{port}"]
load: { requests: [GET /prices], count: 20, warmup: 20 }
limits:
  objects: { total: +3%, function: +3% }
  bytes: { total: off, function: off }
instruments: [allocs]
baseline: { branch: main, store: git, keep: 3, max-distance: 5 }
`;

let repository: Repository;
let bare: string;
beforeAll(() => {
  bare = join(scratch, 'origin.git');
  repository = newRepository(join(scratch, 'shop'));
  repository.git('init', '--quiet', '--bare', bare);
  repository.git('remote', 'add', 'origin', bare);
  const files = { 'go.mod': 'module example.com/shop\n\ngo 1.18\n', 'main.go': MAIN, 'prices/prices.go': PRICES };
  repository.commit('first', { ...files, 'perf-gate.yml': CONFIG, '.gitignore': '/perf-gate-out/\n' });
  repository.git('push', '--quiet', 'origin', 'main');
});

const gate = (...args: string[]) => perfGate(repository.directory, args);

interface Ran {
  readonly code: number;
  readonly report: Report;
  /** Sides of which allocations were recorded. */
  readonly measured: readonly string[];
  readonly progress: string;
}

async function run(...args: string[]): Promise<Ran> {
  const { code, out, err } = await gate('run', '--head', 'HEAD', '--format', 'json', ...args);
  if (out === '') throw new Error(err);
  const measured = ['base', 'head'].filter((side) => err.includes(`${side}: recording the allocations`));
  return { code, report: parseReport(out), measured, progress: err };
}

/** What a pull request says otherwise than main: each price has one letter more. */
const LONGER: Note = { code: 'answers-differ', text: 'GET /prices answers 322 bytes in head, 282 in base' };
const notesOnBase = ({ notes }: Report) => notes.filter(({ code }) => code !== LONGER.code);
const notesOf = (report: Report) => notesOnBase(report).map(({ code }) => code);

/** Commits on main and pushes it. */
function merge(message: string, files: Readonly<Record<string, string>>): string {
  repository.git('switch', '--quiet', 'main');
  const commit = repository.commit(message, files);
  repository.git('push', '--quiet', 'origin', 'main');
  return commit;
}

/** A branch from main whose one commit makes the list one price longer, of forty. */
function pullRequest(name: string): void {
  repository.git('switch', '--quiet', '--create', name, 'main');
  repository.edit(
    'prices/prices.go',
    'list = append(list, strconv.Itoa(100000+i))',
    'list = append(list, strconv.Itoa(100000+i)+"!")',
  );
  repository.commit(name);
}

const keysInStore = () =>
  execFileSync('git', ['ls-tree', '-r', '--name-only', BRANCH], { cwd: bare, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((path) => parseKey(path)!);

describe('with a git store', () => {
  test('nothing is stored yet: the base is measured, and that is said', async () => {
    pullRequest('early');
    const { code, report, measured } = await run();
    expect([code, report.verdict, report.baselineSource]).toEqual([1, 'fail', 'measured']);
    expect(measured).toEqual(['base', 'head']);
    const base = repository.git('rev-parse', '--short=7', 'main');
    expect(notesOnBase(report)).toEqual([
      { code: 'no-stored-base', text: `the base was measured in this run: nothing is stored of ${base}` },
    ]);
  });

  test('a commit that is on no base branch is not saved, and neither are uncommitted changes', async () => {
    const foreign = await gate('save');
    expect([foreign.code, foreign.err]).toEqual([2, expect.stringContaining('is not on origin/main')]);
    repository.git('switch', '--quiet', 'main');
    repository.edit('prices/prices.go', 'count = 40', 'count = 41');
    const dirty = await gate('save', '--force');
    expect([dirty.code, dirty.err]).toEqual([2, expect.stringContaining('has uncommitted changes')]);
    repository.git('checkout', '--quiet', '.');
  });

  test('a commit of main is saved once', async () => {
    repository.write('untracked.md', 'is no part of the commit');
    const first = await gate('save');
    expect([first.code, first.out]).toEqual([
      0,
      expect.stringMatching(/^saved shop [0-9a-f]{7} \(\d+ kB\) in the branch perf-gate-baselines of origin\n$/),
    ]);
    const again = await gate('save');
    expect(again.out).toMatch(/^shop [0-9a-f]{7} is already in the branch perf-gate-baselines of origin\n$/);
    expect(again.err).not.toContain('recording');
    expect(keysInStore()).toMatchObject([{ service: 'shop', commit: repository.git('rev-parse', 'main') }]);
    expect(repository.git('for-each-ref', '--format=%(refname)').split('\n')).toEqual([
      'refs/heads/early',
      'refs/heads/main',
      'refs/remotes/origin/main',
    ]);
  });

  test('then a pull request measures only its head, and the verdict is the same', async () => {
    repository.git('switch', '--quiet', 'early');
    const { code, report, measured } = await run();
    expect([code, report.verdict, report.baselineSource]).toEqual([1, 'fail', 'stored']);
    expect(measured).toEqual(['head']);
    expect(report.baseReason).toMatch(/^merge base with origin\/main; measured (just now|\d+ minutes? ago)$/);
    expect(report.notes).toEqual([LONGER]);
    expect(report.causes.map((cause) => [cause.function, cause.file, cause.line])).toEqual([
      ['example.com/shop/prices.List', 'prices/prices.go', 10],
    ]);
    const [base, head] = ['base', 'head'].map((side) => readSide(join(repository.directory, 'perf-gate-out', side)));
    expect(base!.manifest.fingerprint).toEqual(head!.manifest.fingerprint);
    expect(base!.manifest.commit).toBe(repository.git('rev-parse', 'main'));
    const again = await gate('compare', 'perf-gate-out/base', 'perf-gate-out/head', '--format', 'json');
    expect(parseReport(again.out).totals).toEqual(report.totals);
  });

  test('a commit that does not reach the program leaves the stored one in its place', async () => {
    merge('document the prices', { 'README.md': '# Prices\n', 'prices/prices_test.go': 'package prices\n' });
    pullRequest('after-documents');
    const { report, measured } = await run();
    expect([report.verdict, report.baselineSource, measured]).toEqual(['fail', 'stored', ['head']]);
    expect(report.baseReason).toMatch(/; measured .* as [0-9a-f]{7}, 1 commit before it and the same program$/);
    expect(report.base.commit).toBe(repository.git('rev-parse', 'main'));
  });

  test('one that changes a file which the service may read does not', async () => {
    merge('a new template', { 'prices.html.tmpl': '<p>' });
    pullRequest('after-template');
    const { report, measured } = await run();
    expect([report.baselineSource, measured]).toEqual(['measured', ['base', 'head']]);
    expect(notesOf(report)).toEqual(['no-stored-base']);
  });

  test('and nothing that somebody else merged is charged to a pull request', async () => {
    // Twice the objects: measured against the older commit that is stored, any pull request would fail.
    merge('twice as many prices', { 'prices/prices.go': PRICES.replace('count = 40', 'count = 80') });
    repository.git('switch', '--quiet', '--create', 'innocent', 'main');
    repository.edit('main.go', 'fmt.Fprintln(w, prices.List())', 'fmt.Fprintln(w, prices.List(), 7)');
    repository.commit('innocent');
    const { report, measured } = await run();
    expect([report.verdict, report.baselineSource, measured]).toEqual(['pass', 'measured', ['base', 'head']]);
  });

  test('a store that cannot be reached changes no verdict', async () => {
    repository.git('switch', '--quiet', 'early');
    renameSync(bare, `${bare}.gone`);
    try {
      const { code, report, measured } = await run();
      expect([code, report.verdict, report.baselineSource]).toEqual([1, 'fail', 'measured']);
      expect(measured).toEqual(['base', 'head']);
      expect(notesOnBase(report)[0]).toMatchObject({
        code: 'store-failed',
        text: expect.stringMatching(/^the base was measured in this run: git ls-remote of the branch .* failed/),
      });
    } finally {
      renameSync(`${bare}.gone`, bare);
    }
  });

  test('figures that do not compare are measured again: unchanged code tells', async () => {
    const [key] = keysInStore();
    const directory = join(scratch, 'tampered');
    const bytes = execFileSync('git', ['cat-file', 'blob', `${BRANCH}:${keyText(key!)}`], { cwd: bare });
    const { manifest } = unpackBundle(bytes, key!);
    writeBundle(unpackBundle(bytes, key!), directory);
    // As if every function allocated twice as much over there.
    for (const name of ['allocs.pb.gz', 'allocs/replicate-1.pb.gz', 'allocs/replicate-2.pb.gz']) {
      const path = join(directory, name);
      const profile = decodeProfile(readFileSync(path), name);
      const values = profile.samples.values.map((value) => value * 2);
      writeFileSync(path, encodeProfile({ ...profile, samples: { ...profile.samples, values } }));
    }
    const clone = newRepository(join(scratch, 'other'));
    clone.git('fetch', '--quiet', bare, BRANCH);
    clone.git('read-tree', 'FETCH_HEAD');
    const draft = join(scratch, 'draft');
    writeFileSync(draft, packBundle(directory, key!));
    clone.git('update-index', '--cacheinfo', `100644,${clone.git('hash-object', '-w', draft)},${keyText(key!)}`);
    const commit = clone.git('commit-tree', '-m', 'tampered', clone.git('write-tree'));
    clone.git('push', '--quiet', '--force', bare, `${commit}:refs/heads/${BRANCH}`);

    // Of the base io is not stored: it was started for that already when its allocations are doubted.
    const { report, measured, progress } = await run('--instruments', 'allocs,io');
    expect([report.verdict, report.baselineSource]).toEqual(['fail', 'measured']);
    expect(measured).toEqual(['base', 'head']);
    expect(progress).toContain('measuring the base here: what is stored of it does not compare');
    expect(notesOf(report)).toEqual(['stored-base-doubted']);
    expect(report.totals.find(({ name }) => name === 'objects')?.change).toBeGreaterThan(0);
    expect(manifest.commit).toBe(report.base.commit);
    // As it was measured, not as it was stored.
    const base = readSide(join(repository.directory, 'perf-gate-out/base'));
    expect(base.allocs!.merged.samples.values).not.toEqual(
      decodeProfile(readFileSync(join(directory, 'allocs.pb.gz')), 'tampered').samples.values,
    );
  });

  test('--force measures again and replaces what is there, in a bucket too', async () => {
    const key = keysInStore()[0]!;
    const server = await startS3Server('ci-figures');
    try {
      const store = `baseline: { store: s3, bucket: ci-figures, endpoint: "${server.url}" }\n`;
      repository.write('s3.yml', CONFIG.replace(/baseline:.*\n/, store));
      server.objects.set(`perf-gate/${keyText(key)}`, Buffer.from('damaged'));
      repository.git('switch', '--quiet', '--detach', key.commit);
      const env = { ...process.env, AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
      const { code, out } = await perfGate(repository.directory, ['save', '--force', '--config', 's3.yml'], { env });
      expect([code, out]).toEqual([0, expect.stringMatching(/^saved shop .* in the bucket ci-figures at /)]);
      const bytes = server.objects.get(`perf-gate/${keyText(key)}`)!;
      expect(unpackBundle(bytes, key).manifest.commit).toBe(key.commit);
    } finally {
      repository.git('switch', '--quiet', 'early');
      await server.close();
    }
  });
});

describe('perf-gate baseline', () => {
  test('shows and gives out what is stored', async () => {
    const { commit } = keysInStore()[0]!;
    const list = await gate('baseline', 'list');
    expect(list.out).toMatch(
      new RegExp(`^commit .*\\n${commit.slice(0, 7)}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  .*\\n$`),
    );
    const show = await gate('baseline', 'show', commit.slice(0, 5));
    expect(show.out).toContain(`shop ${commit}`);
    expect(show.out).toMatch(/objects +\d/);
    expect(show.out).toMatch(/go +go1\./);
    const fetched = join(scratch, 'fetched');
    expect((await gate('baseline', 'fetch', commit, fetched)).code).toBe(0);
    const top = execFileSync(
      'go',
      ['tool', 'pprof', '-top', '-sample_index=alloc_objects', join(fetched, 'allocs.pb.gz')],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    expect(top).toContain('strconv');
    expect(readdirSync(fetched)).toContain('manifest.json');
    const twice = await gate('baseline', 'fetch', commit, fetched);
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining('is not empty')]);
  });

  test('keeps as many commits as it is told', async () => {
    const nothing = await gate('baseline', 'prune');
    expect(nothing.out).toMatch(/^there is nothing to remove from/);
    const [key] = keysInStore();
    const first = await gate('baseline', 'prune', '--keep', '0');
    expect([first.code, first.err]).toEqual([2, expect.stringContaining('--keep is a whole number from 1 on')]);
    expect(keysInStore()).toEqual([key]);
  });

  test.each([
    [['list', 'x'], 'this command takes no arguments'],
    [['show'], 'this command takes COMMIT'],
    [['show', 'v9'], 'nothing of shop is kept under "v9"'],
    [['show', '../../etc'], 'nothing of shop is kept under'],
    [['lst'], 'did you mean list?'],
    [[], 'it knows list, show, fetch and prune'],
  ])('%j is answered', async (args, said) => {
    const { code, err } = await gate('baseline', ...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  test('and save need a store', async () => {
    repository.write('without.yml', CONFIG.replace(/baseline:.*\n/, ''));
    for (const args of [['baseline', 'list'], ['save']]) {
      const { code, err } = await gate(...args, '--config', 'without.yml');
      expect([code, err]).toEqual([2, expect.stringContaining('without.yml names no store')]);
    }
    expect(existsSync(join(repository.directory, 'perf-gate-out.unfinished'))).toBe(false);
  });
});

test('the digest of a program is that of what is loaded, lines included', () => {
  const build = (source: string) => {
    const directory = newRepository(join(scratch, `build-${Math.random()}`)).directory;
    writeFileSync(join(directory, 'main.go'), source);
    execFileSync('go', ['build', '-trimpath', '-buildvcs=false', '-ldflags=-buildid=', '-o', 'out', 'main.go'], {
      cwd: directory,
    });
    return codeDigest(parseElf(readFileSync(join(directory, 'out')), 'out'));
  };
  const source = 'package main\n\nfunc main() { println("hello") }\n';
  const digest = build(source);
  expect(build(source)).toBe(digest);
  expect(build(`${source}// a comment behind it\n`)).toBe(digest);
  expect(build(source.replace('\n\n', '\n\n\n'))).not.toBe(digest);
  expect(build(source.replace('hello', 'hullo'))).not.toBe(digest);
});

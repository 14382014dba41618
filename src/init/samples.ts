/** Config files that a repository brings along: examples, and those for development. */
import { lstat, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Git } from '../git/git.ts';
import { type WithPort, withPort } from './config-port.ts';

/** One that says what the service listens on. */
export interface Sample extends WithPort {
  /** In the repository, from its root. */
  readonly file: string;
  /** Where the service may look for it, from its own directory. */
  readonly path: string;
}

const MOST_BYTES = 64 * 1024;
const MOST_READ = 40;

const CONFIG =
  /\.(ya?ml|toml|ini|conf|cfg)(\.(example|sample|dist|default|template|tmpl))?$|\.(example|sample)\.(ya?ml|toml|ini|conf|cfg)$/i;
const OTHER =
  /(^|\/)([._][^/]*|vendor|node_modules|testdata|tests?|e2e|docs?|charts?|helm|k8s|kubernetes|kustomize|deploy\w*|manifests?|openapi|swagger|web|ui|frontend|systemd)\/|(^|\/)(docker-)?compose[^/]*$|(^|\/)(\.?golangci|\.?goreleaser|\.travis|mkdocs|buf|codecov|perf-gate|skaffold|fly|netlify|prometheus)[^/]*$/i;

/** Those in a service's directory (from the root), the likeliest first. */
export async function findSamples(
  git: Git,
  checkout: string,
  directory: string,
  mainPackage: string,
): Promise<Sample[]> {
  const listed = await git.run([
    'ls-files',
    '-z',
    '--cached',
    '--',
    directory === '.' ? '.' : `:(literal)${directory}`,
  ]);
  const names = listed.split('\0').filter((path) => CONFIG.test(path) && !OTHER.test(path));
  const own = posix.join(directory, mainPackage);
  const ordered = names.toSorted((a, b) => rank(b, own) - rank(a, own)).slice(0, MOST_READ);
  const samples: Sample[] = [];
  for (const file of ordered) {
    const found = withPort(await textOf(join(checkout, file)));
    if (found !== undefined) samples.push({ ...found, file, path: pathFor(posix.relative(directory, file)) });
  }
  return samples;
}

/** As it is called when it is in use: config.example.yml is config.yml. */
const pathFor = (path: string) =>
  path
    .replace(/\.(example|sample|dist|default|template|tmpl)(?=\.\w+$|$)/i, '')
    .replace(/[-_](example|sample)(?=\.\w+$)/i, '');

function rank(path: string, own: string): number {
  const isOwn = own !== '.' && path.startsWith(`${own}/`);
  const name = posix.basename(path);
  return (
    (isOwn ? 4 : 0) +
    (/dev|local|example|sample|default/i.test(name) ? 2 : 0) +
    (/conf|app|server/i.test(name) ? 1 : 0) -
    path.split('/').length / 4
  );
}

/** '' for what is no small text file. */
async function textOf(path: string): Promise<string> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat === undefined || !stat.isFile() || stat.size > MOST_BYTES) return '';
  const text = await readFile(path, 'utf8');
  return /[\0\ufffd]/.test(text) ? '' : text.replaceAll('\r\n', '\n');
}

/** Config files that a repository brings along: examples, and those for development. */
import { lstat, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Git } from '../git/git.ts';
import { formatOf, portKey, structFor, topKeys, withKey } from './config-keys.ts';
import { withPort as portIn } from './config-port.ts';
import type { ConfigStruct, Place } from './source.ts';

/** One that says what the service listens on. */
export interface Sample {
  /** In the repository, from its root; undefined: it is made of the key alone. */
  readonly file: string | undefined;
  /** Where the service may look for it, from its own directory. */
  readonly path: string;
  /** A template of {port}. */
  readonly text: string;
  /** The key of the port, as it is nested: `http.addr`. */
  readonly key: string;
  /** Where that stands: in the file, or else in the source. */
  readonly place: Place;
}

export interface Samples {
  /** The likeliest first. */
  readonly withPort: readonly Sample[];
  /** Those that the service can read and that say nothing of its port: paths from its own directory, the likeliest first. */
  readonly others: readonly string[];
}

const MOST_BYTES = 64 * 1024;
const MOST_READ = 40;

const CONFIG =
  /\.(ya?ml|toml|ini|conf|cfg)(\.(example|sample|dist|default|template|tmpl))?$|\.(example|sample)\.(ya?ml|toml|ini|conf|cfg)$|(^|\/)[^/]*(conf|settings)[^/]*\.json$/i;
/** Never one of the service's own. */
const ELSEWHERE = /(^|\/)(vendor|node_modules|\.git[^/]*|\.circleci)\//;
const OTHER =
  /(^|\/)([._][^/]*|vendor|node_modules|testdata|tests?|e2e|docs?|charts?|helm|k8s|kubernetes|kustomize|deploy\w*|manifests?|openapi|swagger|web|ui|frontend|systemd)\/|(^|\/)(docker-)?compose[^/]*$|(^|\/)(\.?golangci|\.?goreleaser|\.travis|mkdocs|buf|codecov|perf-gate|skaffold|fly|netlify|prometheus)[^/]*$/i;

interface Sought {
  /** From the root. */
  readonly directory: string;
  readonly mainPackage: string;
  /** What the service decodes its config files into. */
  readonly structs: readonly ConfigStruct[];
}

/** Those in a service's directory. */
export async function findSamples(git: Git, checkout: string, sought: Sought): Promise<Samples> {
  const { directory, mainPackage, structs } = sought;
  const place = directory === '.' ? '.' : `:(literal)${directory}`;
  const listed = await git.run(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', place]);
  const own = posix.join(directory, mainPackage);
  const order = (names: readonly string[]) => names.toSorted((a, b) => rank(b, own) - rank(a, own)).slice(0, MOST_READ);
  const names = listed.split('\0').filter((path) => CONFIG.test(path) && !ELSEWHERE.test(path));
  const withPort: Sample[] = [];
  const others: { readonly path: string; readonly keys: number }[] = [];
  // What stands in a place for other things is one only if the service can read it.
  for (const file of [...order(names.filter(isLikely)), ...order(names.filter((path) => !isLikely(path)))]) {
    const text = await textOf(join(checkout, file));
    const found = isLikely(file) ? portIn(text) : undefined;
    const path = posix.relative(directory, file);
    if (found !== undefined) {
      withPort.push({ text: found.text, key: found.key, place: { file, line: found.line }, file, path: pathFor(path) });
      continue;
    }
    const format = formatOf(file);
    const struct = format === undefined ? undefined : structFor(text, format, structs);
    if (struct === undefined) continue;
    const key = portKey(struct);
    const added = key === undefined ? undefined : withKey(text, format!, key);
    if (added !== undefined) withPort.push({ ...added, file, path: pathFor(path) });
    else if (key === undefined) others.push({ path, keys: topKeys(text, format!).length });
  }
  // What has more in it is more of a whole config; what is there to be tested with may be wrong on purpose.
  const isOfTest = ({ path }: { readonly path: string }) => Number(OF_TEST.test(path));
  const ordered = others.toSorted((a, b) => isOfTest(a) - isOfTest(b) || b.keys - a.keys);
  return { withPort, others: ordered.map(({ path }) => path) };
}

const OF_TEST = /(^|\/)(testdata|tests?|e2e)\//;

const isLikely = (path: string) => !OTHER.test(path);

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
    (/dev|local|example|sample|default|simple|minimal/i.test(name) ? 2 : 0) +
    (/conf|app|server/i.test(name) ? 1 : 0) -
    (OF_TEST.test(path) ? 4 : 0) -
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

/**
 * Repositories as they are: what a service is built from lies in other modules, in vendor, in embedded files, or is
 * generated. Each is built with the agent on both sides, says what it is made of, and the change is found in its place.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { link, prepare } from '../../src/build/build.ts';
import { findChanges } from '../../src/changes/find.ts';
import { listPackages } from '../../src/changes/list.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

interface Layout {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly directory?: string;
  readonly setup?: readonly string[];
  /** Replaces one text of one file in the head. */
  readonly change: readonly [path: string, from: string, to: string];
  /** What the commit changes, as it is told. */
  readonly changed: string;
}

const LIBRARY = {
  'go.mod': 'module example.com/library\n\ngo 1.18\n',
  'price.go': 'package library\n\nfunc Price() string { return "one" }\n',
};
const USES_LIBRARY = 'package main\n\nimport "example.com/library"\n\nfunc main() { println(library.Price()) }\n';
const SHOP = 'module example.com/shop\n\ngo 1.18\n';
const NEEDS = `${SHOP}\nrequire example.com/library v1.0.0\n`;
const under = (directory: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]));

const LAYOUTS: readonly Layout[] = [
  {
    name: 'go.work, with the service and the library as modules of one repository',
    files: {
      'go.work': 'go 1.18\n\nuse (\n\t./library\n\t./services/shop\n)\n',
      'services/shop/go.mod': SHOP,
      'services/shop/main.go': USES_LIBRARY,
      ...under('library', LIBRARY),
    },
    directory: 'services/shop',
    change: ['library/price.go', '"one"', '"two"'],
    changed: 'modified example.com/library.Price: source',
  },
  {
    name: 'a replace that leads to another directory of the repository',
    files: {
      'services/shop/go.mod': `${NEEDS}\nreplace example.com/library => ../../library\n`,
      'services/shop/main.go': USES_LIBRARY,
      ...under('library', LIBRARY),
    },
    directory: 'services/shop',
    change: ['library/price.go', '"one"', '"two"'],
    changed: 'modified example.com/library.Price: source',
  },
  {
    name: 'a vendor directory',
    files: {
      'go.mod': NEEDS,
      'main.go': USES_LIBRARY,
      'vendor/modules.txt': '# example.com/library v1.0.0\n## explicit; go 1.18\nexample.com/library\n',
      'vendor/example.com/library/price.go': LIBRARY['price.go'],
    },
    change: ['vendor/example.com/library/price.go', '"one"', '"two"'],
    changed: 'modified example.com/library.Price: source',
  },
  {
    name: 'an embedded file',
    files: {
      'go.mod': SHOP,
      'main.go':
        'package main\n\nimport _ "embed"\n\n//go:embed price.txt\nvar price string\n\nfunc main() { println(price) }\n',
      'price.txt': 'one',
    },
    change: ['price.txt', 'one', 'two'],
    changed: 'modified main.main: embed price.txt',
  },
  {
    name: 'code that setup generates',
    files: {
      'go.mod': SHOP,
      'main.go': 'package main\n\n//go:generate sh generate.sh\n\nfunc main() { println(price()) }\n',
      'generate.sh':
        'printf \'package main\\n\\nfunc price() string { return "%s" }\\n\' "$(cat price.txt)" > price.go\n',
      'price.txt': 'one',
    },
    setup: ['go generate ./...'],
    change: ['price.txt', 'one', 'two'],
    changed: 'modified main.price: source',
  },
];

test.each(LAYOUTS)('$name', async ({ name, files, directory = '.', setup = [], change, changed }) => {
  const root = join(scratch, `${LAYOUTS.findIndex((layout) => layout.name === name)}`);
  const env = { ...process.env, GOFLAGS: '', GOWORK: '' };
  const side = async (label: string, said: string) => {
    const place = join(root, label, directory);
    const prepared = await prepare({
      label,
      directory: place,
      package: '.',
      setup,
      build: { command: undefined, flags: [], tags: [], env: {}, ldflags: '' },
      env,
      signal: new AbortController().signal,
    });
    const { binary } = await link(prepared, { output: join(root, `${label}.bin`), inject: {}, isComparable: false });
    expect(execFileSync('sh', ['-c', '"$0" 2>&1', binary], { encoding: 'utf8' })).toBe(`${said}\n`);
    return listPackages('go', place, '.', { env });
  };
  const [path, from, to] = change;
  for (const label of ['base', 'head']) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, label, file)), { recursive: true });
      writeFileSync(join(root, label, file), label === 'head' && file === path ? text.replace(from, to) : text);
    }
  }
  const [base, head] = await Promise.all([side('base', 'one'), side('head', 'two')]);
  const changes = await findChanges({ env, base, head, temporaryDirectory: root });
  expect(changes.changed.map(({ status, name, reason }) => `${status} ${name}: ${reason}`)).toEqual([changed]);
});

/** Checkouts of a tiny service, prepared and linked by the real Go. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../../src/base/errors.ts';
import { type BuildSpec, link, type Prepared, prepare } from '../../src/build/build.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-build-test-')));
let count = 0;

export const removeDirectories = () => rmSync(root, { recursive: true, force: true });

export function newDirectory(files: Readonly<Record<string, string>> = {}): string {
  const directory = join(root, `${count++}`);
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text, { mode: 0o755 });
  }
  return directory;
}

/** A service with variables of every kind. */
export const SHOP: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/shop\n\ngo 1.18\n',
  'cmd/orders/main.go': `package main

import (
	"os"

	"example.com/shop/internal/in.fo"
)

// Set by the build.
var version = "dev"

var (
	gitCommitSHA, branch = "unknown", "unknown" // of the build
	built                string
	started              = clock()
	unused               = "nobody reads it"
	answer               = 42
)

const channel = "stable"

func clock() string { return os.Args[0] }

func main() {
	for _, text := range []string{version, gitCommitSHA, branch, built, started, channel, info.Release, info.Note} {
		println("[" + text + "]")
	}
	println(answer)
}
`,
  'internal/in.fo/info.go': 'package info\n\nvar Release = "none"\n\nvar Note = `none`\n',
  'internal/tool/tool.go': 'package tool\n',
};

export const BUILD: BuildSpec['build'] = { command: undefined, flags: [], tags: [], env: {}, ldflags: '' };

export type Story = Partial<Omit<BuildSpec, 'build'>> & {
  readonly files?: Readonly<Record<string, string>>;
  readonly build?: Partial<BuildSpec['build']>;
};

/** `build` of a story adds to the defaults, `files` and `env` to the service's and to our own. */
export function specOf({ files = {}, build = {}, env = {}, ...rest }: Story = {}): BuildSpec {
  return {
    label: 'head',
    directory: newDirectory({ ...SHOP, ...files }),
    package: './cmd/orders',
    setup: [],
    signal: new AbortController().signal,
    ...rest,
    env: { ...process.env, CGO_ENABLED: '0', ...env },
    build: { ...BUILD, ...build },
  };
}

export const prepared = (story: Story = {}): Promise<Prepared> => prepare(specOf(story));

export const linked = (
  service: Prepared,
  inject: Readonly<Record<string, string>> = {},
  isComparable = false,
  ldflags: readonly string[] = [],
) => link(service, { output: join(newDirectory(), 'orders'), inject, isComparable, ldflags });

/** The error that the person sees; anything else is thrown. */
export async function errorOf(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => new Error('nothing went wrong'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  return error;
}

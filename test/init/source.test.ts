/** What is found in sources by their syntax alone. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listPackages } from '../../src/changes/list.ts';
import { inspectSource } from '../../src/init/inspect.ts';
import { type PackageSource, parseSource } from '../../src/init/source.ts';
import { type Files, removeTemporaryDirectories, temporaryDirectory, tree } from '../changes/fixture.ts';
import { ROUTE_STORIES } from './route-stories.ts';
import { SETTING_STORIES } from './setting-stories.ts';

afterAll(removeTemporaryDirectories);

const MODULE = 'example.com/stories';
const ENV = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off' };
const STORIES = [...ROUTE_STORIES, ...SETTING_STORIES];

/** Every story as a package of one module, so that one program run answers them all. */
const files: Files = {
  'go.mod': `module ${MODULE}\n\ngo 1.18\n`,
  ...Object.fromEntries(STORIES.map(({ source }, i) => [`story${i}/story.go`, `package story${i}\n${source}\n`])),
};

let found: readonly PackageSource[];
let directory: string;

// Without a proxy: nothing of what they import is to be had.
async function inspect(env: NodeJS.ProcessEnv): Promise<PackageSource[]> {
  const packages = await listPackages('go', directory, './...', { env, flags: ['-e'] });
  return inspectSource(directory, packages, { env, temporaryDirectory: temporaryDirectory() });
}

beforeAll(async () => {
  directory = tree(files);
  found = await inspect(ENV);
});

const of = (name: string) => {
  const index = STORIES.findIndex((story) => story.name === name);
  return found.find(({ importPath }) => importPath === `${MODULE}/story${index}`)!;
};

describe('routes', () => {
  test.each(ROUTE_STORIES)('$name', ({ name, routes }) => {
    expect(of(name).routes.map(({ method, path }) => `${method} ${path}`.trim())).toEqual(routes);
  });

  test.each(ROUTE_STORIES)('$name: what is not understood is told', ({ name, unclear = [] }) => {
    expect(of(name).unclear.map(({ line }) => line)).toEqual(unclear);
  });

  test('are told with file and line', () => {
    const [first] = of('the default mux of net/http').routes;
    expect(first).toMatchObject({ file: 'story0/story.go', line: 6 });
  });
});

describe('settings', () => {
  test.each(SETTING_STORIES)('$name', ({ name, says }) => {
    const { flags, environment, commands, listens, rpcs, variables, configs } = of(name);
    expect([
      ...flags.map(
        (flag) =>
          `flag ${flag.command === '' ? '' : `${flag.command} `}${flag.dashes}${flag.name}=${flag.default}${flag.isNumber ? ' (number)' : ''}`,
      ),
      ...environment.map((one) => `environment ${one.name}=${one.default}`),
      ...commands.map((one) => `command ${one.name}`),
      ...listens.map((one) => `${one.call} ${one.address}`.trim()),
      ...rpcs.map((one) => `rpc ${one.kind} ${one.service} ${one.name}`.trim()),
      ...variables.map((one) => `variable ${one.name}=${one.value}`),
      ...configs.map(({ format, top, keys }) => {
        const all = keys.map(({ path, isNumber }) => `${path.join('.')}${isNumber ? '#' : ''}`);
        return `config ${format || 'any'} ${top.join(', ')}: ${all.join(' ')}`;
      }),
    ]).toEqual(says);
  });
});

// Downloaded by the go command; without a network there is nothing to be tried.
const OLDEST = { ...process.env, GOTOOLCHAIN: 'go1.18.10', GOFLAGS: '-mod=mod' };
const hasOldest = spawnSync('go', ['version'], { env: OLDEST, encoding: 'utf8' }).stdout?.includes('go1.18.10');
(hasOldest ? test : test.skip)('the oldest Go finds the same', async () => {
  expect(await inspect({ ...OLDEST, GOPROXY: 'off' })).toEqual(found);
});

test('an answer of another form is refused', () => {
  const text = JSON.stringify({ packages: found });
  expect(parseSource(text)).toEqual(found);
  expect(() => parseSource(text.replace('"line":6', '"line":"6"'))).toThrow(
    /malformed at \/packages\/0\/routes\/0\/line/,
  );
});

/** Which main package is the service, and which of its variables the linker is to set. */
import { describe, expect, test } from '@jest/globals';
import { MeasurementError, UserError } from '../../src/base/errors.ts';
import { choosePackage, directoryOf, orAnother } from '../../src/init/choose-package.ts';
import { findInjectables } from '../../src/init/inject.ts';
import type { Main } from '../../src/init/mains.ts';
import type { PackageSource } from '../../src/init/source.ts';
import { source } from './source-of.ts';

const main = (name: string, ...sources: PackageSource[]): Main => ({
  importPath: `example.com/shop/${name}`,
  moduleDirectory: '.',
  package: name,
  sources,
});
const serving = source([], ['http.ListenAndServe']);
const silent = source([]);

const choose = (mains: readonly Main[], name?: string, prefix = '') => {
  const wanted = name === undefined ? undefined : { directory: name, shown: `./${name}` };
  return choosePackage(mains, { prefix, wanted }, directoryOf);
};

describe('of several main packages', () => {
  test('the one that serves HTTP is taken, and the others are told', () => {
    const { chosen, others, isGuess } = choose([
      main('./cmd/migrate', silent),
      main('./cmd/shop', serving),
      main('./cmd/zoo', serving),
    ]);
    expect(chosen.package).toBe('./cmd/shop');
    expect(isGuess).toBe(true);
    expect(others.map((one) => [one.main.package, one.serves])).toEqual([
      ['./cmd/zoo', true],
      ['./cmd/migrate', false],
    ]);
  });

  test.each([
    ['an example', './examples/shop', './cmd/shop'],
    ['a tool', './tools/mock', './cmd/shop'],
    ['a worker that has a health check', './cmd/worker', './cmd/shop'],
    ['a command-line tool', './cmd/atool', './cmd/shop'],
    ['one with fewer routes', './cmd/app', './cmd/shop'],
  ])('%s comes after the service', (_, other, service) => {
    const busy = source(
      [],
      ['http.ListenAndServe'],
      Array.from({ length: 60 }, (_, i) => `/${i}`),
    );
    const mains = [main(other, serving), main(service, busy)];
    expect(choose(mains).chosen.package).toBe(service);
    expect(choose([...mains].reverse()).chosen.package).toBe(service);
  });

  test('one that serves where the person is comes before all others', () => {
    const mains = [
      main('./cmd/shop', serving),
      main('./examples/hello/client', silent),
      main('./examples/hello/server', serving),
      main('./examples/hello2/server', serving),
    ];
    const { chosen, others } = choose(mains, undefined, 'examples/hello');
    expect(chosen.package).toBe('./examples/hello/server');
    expect(others.some(({ mayBe }) => mayBe)).toBe(false);
    expect(choose(mains, undefined, 'examples/hello/client').chosen.package).toBe('./cmd/shop');
  });

  test('a daemon comes before its client', () => {
    expect(choose([main('./cmd/shop', serving), main('./cmd/shopd', serving)]).chosen.package).toBe('./cmd/shopd');
  });

  test('what keeps a guess from being measured is told with the others that it may be', () => {
    const choice = choose([
      main('./cmd/a', serving),
      main('./cmd/b', serving),
      main('./cmd/c', silent),
      main('./tools/d', serving),
    ]);
    expect(orAnother(new MeasurementError('no', { hint: 'try', detail: 'all' }), choice, directoryOf)).toMatchObject({
      exitCode: 3,
      message: 'no',
      detail: 'all',
      hint: 'try. And that cmd/a is the service is a guess; it may be cmd/b: perf-gate init --package cmd/b',
    });
    const named = choose([main('./cmd/a', serving), main('./cmd/b', serving)], 'cmd/a');
    const error = new UserError('no');
    expect(orAnother(error, named, directoryOf)).toBe(error);
  });

  test('the one that the person names is taken, even one that does not seem to serve', () => {
    const mains = [main('./cmd/shop', serving), main('./cmd/worker', silent)];
    expect(choose(mains, 'cmd/worker').chosen.package).toBe('./cmd/worker');
  });

  test('a name that none has is answered with those that there are', () => {
    const mains = [main('./cmd/shop', serving), main('./cmd/worker', silent)];
    const wrong = () => choose(mains, 'cmd/shpo');
    expect(wrong).toThrow('there is no main package in ./cmd/shpo');
    expect(wrong).toThrow(expect.objectContaining({ hint: 'there are: cmd/shop, cmd/worker' }) as unknown as Error);
  });

  test('none that serves is no service', () => {
    expect(() => choose([main('./cmd/a', silent), main('./cmd/b', silent)])).toThrow(
      /none of the main packages seems to serve/,
    );
    expect(() => choose([main('.', silent)])).toThrow('. does not seem to serve HTTP or gRPC');
    expect(() => choose([])).toThrow('there is no main package here');
  });
});

describe('variables for the linker', () => {
  const inMain = (...variables: string[]) => findInjectables([source([], [], [], variables)]);

  test.each([
    ['version=dev', 'main.version: {version}'],
    ['Version', 'main.Version: {version}'],
    ['appVersion=unknown', 'main.appVersion: {version}'],
    ['BuildVersion=v0.0.0-dev', 'main.BuildVersion: {version}'],
    ['commit=none', 'main.commit: {commit}'],
    ['gitCommitSHA=unknown', 'main.gitCommitSHA: {commit}'],
    ['GitSHA', 'main.GitSHA: {commit}'],
    ['revision', 'main.revision: {commit}'],
    ['shortCommit', 'main.shortCommit: {shortCommit}'],
    ['date=unknown', 'main.date: {buildTime}'],
    ['buildTime', 'main.buildTime: {buildTime}'],
    ['BuiltAt', 'main.BuiltAt: {buildTime}'],
    ['gitBranch', 'main.gitBranch: {branch}'],
  ])('%s', (variable, expected) => {
    expect(inMain(variable).found.map(({ variable, template }) => `${variable}: ${template}`)).toEqual([expected]);
  });

  test.each(['name', 'apiVersionHeader', 'inversion', 'timeout', 'hashKey', 'updated', 'goVersionPattern'])(
    '%s is left alone',
    (name) => {
      expect(inMain(name)).toEqual({ found: [], others: [] });
    },
  );

  test('one with a value of its own is told, and left alone', () => {
    expect(inMain('version=1.4.2')).toEqual({
      found: [],
      others: [{ variable: 'main.version', reason: 'its value in the source is "1.4.2"' }],
    });
  });

  test('in other packages they have the import path, and times only where they are about the build', () => {
    const other = (path: string) => source([], [], [], ['Commit', 'Time'], path);
    const { found } = findInjectables([
      other('example.com/shop/internal/buildinfo'),
      other('example.com/shop/clock'),
      source([]),
    ]);
    expect(found.map(({ variable }) => variable)).toEqual([
      'example.com/shop/internal/buildinfo.Commit',
      'example.com/shop/internal/buildinfo.Time',
    ]);
  });
});

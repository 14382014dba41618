/** Config files of services: which key is the port's, what is written in its place, and how a service is told of the file. */
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { renderConfigFile } from '../../src/init/config-file.ts';
import { withPort } from '../../src/init/config-port.ts';
import { findConfigWays } from '../../src/init/config-ways.ts';
import { shownLaunch } from '../../src/init/launch.ts';
import { findLaunches } from '../../src/init/launches.ts';
import type { Sample } from '../../src/init/samples.ts';
import { source } from './source-of.ts';

/** The lines that differ. */
function changed(text: string): string[] {
  const before = text.split('\n');
  const after = withPort(text);
  return after === undefined ? [] : after.text.split('\n').filter((line, i) => line !== before[i]);
}

describe('the port in a config file', () => {
  test.each<[string, string, string[]]>([
    ['YAML, nested', 'http:\n  addr: :5000 # here\n  host: x\n', ['  addr: 127.0.0.1:{port} # here']],
    ['YAML, a number', 'web:\n  port: 8080\n', ['  port: {port}']],
    ['YAML, in quotes', 'listen: "0.0.0.0:80"\n', ['listen: "127.0.0.1:{port}"']],
    ['TOML', '[server]\nlisten = "http://localhost:80"\n', ['listen = "http://127.0.0.1:{port}"']],
    ['ini', '; HTTP\n[server]\nHTTP_PORT = 3000\n', ['HTTP_PORT = {port}']],
    ['JSON', '{\n  "port": 8080,\n  "name": "x"\n}\n', ['  "port": {port},']],
    [
      'a second listener',
      'addr: ":80"\nmetrics:\n  addr: ":81"\n',
      ['addr: "127.0.0.1:{port}"', '  addr: "127.0.0.1:0"'],
    ],
    ['not that of a database', 'database:\n  port: 5432\nport: 80\n', ['port: {port}']],
    ['the usual name before another', 'cache_server:\n  foo_port: 81\nserver:\n  port: 80\n', ['  port: {port}']],
    ['none', 'redis:\n  addr: localhost:6379\nname: port\ntimeout_port: x\n', []],
  ])('%s', (_, text, expected) => expect(changed(text)).toEqual(expected));

  test('is told with its place', () => {
    expect(withPort('a: 1\nhttp:\n  addr: :80\n')).toMatchObject({ key: 'http.addr', line: 3 });
  });
});

describe('a service is told of its file', () => {
  const sample = (file: string, path = file): Sample => ({ file, path, text: 'port: {port}\n', key: 'port', line: 1 });
  const waysOf = (settings: string[], ...samples: Sample[]) =>
    findConfigWays([source(settings)], samples).map((way) => `${shownLaunch(way)} | ${Object.keys(way.files!)}`);

  test('by a flag, by a variable, or by its path alone', () => {
    const file = sample('conf/app.example.toml', 'conf/app.toml');
    expect(waysOf(['flag -config='], file)).toEqual(['-config conf/app.toml | conf/app.toml']);
    expect(waysOf(['flag --config.file='], file)).toEqual(['--config.file=conf/app.toml | conf/app.toml']);
    expect(waysOf(['environment SHOP_CONFIG_PATH='], file)).toEqual(['SHOP_CONFIG_PATH=conf/app.toml | conf/app.toml']);
    expect(waysOf(['flag --config-check='], file)).toEqual(['conf/app.toml | conf/app.toml']);
    expect(waysOf(['flag -config='])).toEqual([]);
  });

  test('the one that it expects first', () => {
    const [first] = waysOf(['flag --config=etc/b.yml'], sample('a.yml'), sample('b.example.yml', 'b.yml'));
    expect(first).toBe('--config=b.yml | b.yml');
  });

  test('behind the ways without one, and with its subcommand', () => {
    const launches = (...settings: string[]) =>
      findLaunches([source(settings)], { args: [], env: {} }, [sample('a.yml')]).map(shownLaunch);
    expect(launches('flag -port=80 #', 'flag -config=')).toEqual(['-port {port}', '-config a.yml']);
    expect(launches('command serve', 'flag --config=')).toEqual(['serve --config=a.yml', '--config=a.yml']);
  });

  test('where no file has a key for it, that is said, and which flag names one', () => {
    const none = () => findLaunches([source(['flag -c='], ['http.ListenAndServe ?'])], { args: [], env: {} });
    expect(none).toThrow(/it may stand in the file that the flag -c names \(main\.go:1\), but no config file/);
  });
});

test.each([
  'http:\n  addr: 127.0.0.1:{port}\n\n# "quoted" \\ and ü\nb: 1\n',
  ' leading\n',
  'no end',
  'a\u0007\n',
  '\n\n',
  'a: 1\n\n\n',
])('a file is written so that YAML gives it back: %j', (text) => {
  const file = renderConfigFile({
    package: '.',
    directory: undefined,
    setup: [],
    inject: [],
    args: [],
    env: {},
    files: { 'conf/a b.yml': text },
    ready: undefined,
    protocol: undefined,
    calls: [],
    givenRequests: ['GET /'],
    kept: [],
    spare: [],
    leftOut: [],
    branch: undefined,
    schema: 'x',
  });
  expect(parse(file).service.files).toEqual({ 'conf/a b.yml': text });
});

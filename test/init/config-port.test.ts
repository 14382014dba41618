/** Config files of services: which key is the port's, what is written in its place, and how a service is told of the file. */
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { renderConfigFile } from '../../src/init/config-file.ts';
import { portKey, structFor, withKey } from '../../src/init/config-keys.ts';
import { withPort } from '../../src/init/config-port.ts';
import { findConfigWays } from '../../src/init/config-ways.ts';
import { shownLaunch } from '../../src/init/launch.ts';
import { findLaunches } from '../../src/init/launches.ts';
import type { Sample } from '../../src/init/samples.ts';
import type { ConfigFormat } from '../../src/init/source.ts';
import { source, struct } from './source-of.ts';

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
  const sample = (file: string, path = file): Sample => ({
    file,
    path,
    text: 'port: {port}\n',
    key: 'port',
    place: { file, line: 1 },
  });
  const waysOf = (settings: string[], ...samples: Sample[]) =>
    findConfigWays([source(settings)], samples).map((way) => `${shownLaunch(way)} | ${Object.keys(way.files!)}`);

  test('by a flag, by a variable, or by its path alone', () => {
    const file = sample('conf/app.example.toml', 'conf/app.toml');
    expect(waysOf(['flag -config='], file)).toEqual(['-config conf/app-{port}.toml | conf/app-{port}.toml']);
    expect(waysOf(['flag --config.file='], file)).toEqual([
      '--config.file=conf/app-{port}.toml | conf/app-{port}.toml',
    ]);
    expect(waysOf(['environment SHOP_CONFIG_PATH='], file)).toEqual([
      'SHOP_CONFIG_PATH=conf/app-{port}.toml | conf/app-{port}.toml',
    ]);
    expect(waysOf(['flag --config-check='], file)).toEqual(['conf/app.toml | conf/app.toml']);
    expect(waysOf(['flag --web.config.file=', 'flag --config.file='], file)).toEqual([
      '--config.file=conf/app-{port}.toml | conf/app-{port}.toml',
    ]);
    expect(waysOf(['flag --gdrive-local-config-path='], file)).toEqual(['conf/app.toml | conf/app.toml']);
    expect(waysOf(['environment ENABLE_TXT_CONFIG='], file)).toEqual(['conf/app.toml | conf/app.toml']);
    expect(waysOf(['flag -config='])).toEqual([]);
  });

  test('the one that it expects first', () => {
    const [first] = waysOf(['flag --config=etc/b.yml'], sample('a.yml'), sample('b.example.yml', 'b.yml'));
    expect(first).toBe('--config=b-{port}.yml | b-{port}.yml');
  });

  test('behind the ways without one, and with its subcommand', () => {
    const launches = (...settings: string[]) =>
      findLaunches([source(settings)], { args: [], env: {} }, { withPort: [sample('a.yml')], others: [] }).map(
        shownLaunch,
      );
    expect(launches('flag -port=80 #', 'flag -config=')).toEqual(['-port {port}', '-config a-{port}.yml']);
    expect(launches('command serve', 'flag --config=')).toEqual([
      'serve --config=a-{port}.yml',
      '--config=a-{port}.yml',
    ]);
  });

  test('where no file has a key for it, that is said, and which flag names one', () => {
    const none = () => findLaunches([source(['flag -c='], ['http.ListenAndServe ?'])], { args: [], env: {} });
    expect(none).toThrow(/it may stand in the file that the flag -c names \(main\.go:1\), but no config file/);
  });
});

describe('a key that no file has, put where the source says', () => {
  const put = (format: ConfigFormat, key: string, text = '') => {
    const wanted = portKey(struct(`${format} ${key}`))!;
    return withKey(text, format, wanted)?.text;
  };
  test.each<[ConfigFormat, string, string, string | undefined]>([
    ['yaml', 'web.port#', '', 'web:\n  port: {port}\n'],
    ['yaml', 'listen', 'name: x\n', 'name: x\nlisten: "127.0.0.1:{port}"\n'],
    ['yaml', 'web.http.addr', 'a: 1', 'a: 1\nweb:\n  http:\n    addr: "127.0.0.1:{port}"\n'],
    [
      'yaml',
      'web.port#',
      'web: # of it\n\n    tls: no\nb: 1\n',
      'web: # of it\n    port: {port}\n\n    tls: no\nb: 1\n',
    ],
    ['yaml', 'web.port#', 'web: { tls: no }\n', undefined],
    ['yaml', 'web.http.port#', 'web:\n  http:\n    tls: no\n', undefined],
    ['toml', 'port#', '[db]\nx = 1\n', 'port = {port}\n[db]\nx = 1\n'],
    ['toml', 'web.port', '[db]\nx = 1', '[db]\nx = 1\n[web]\nport = "{port}"\n'],
    ['toml', 'web.addr', '[web]\nx = 1\n', '[web]\naddr = "127.0.0.1:{port}"\nx = 1\n'],
    ['ini', 'server.http_addr', '', '[server]\nhttp_addr = 127.0.0.1:{port}\n'],
    ['json', 'web.port#', '{ "web": { "tls": 1 } }', '{\n  "web": {\n    "tls": 1,\n    "port": {port}\n  }\n}\n'],
    ['json', 'listen', '', '{\n  "listen": "127.0.0.1:{port}"\n}\n'],
    ['json', 'web.port#', '{ "web": 1 }', undefined],
    ['json', 'web.port#', '[]', undefined],
  ])('%s, %s into %j', (format, key, text, expected) => expect(put(format, key, text)).toBe(expected));

  test.each([
    ['a port before the address beside it, which is a host', 'yaml web.address web.port#', 'web.port'],
    ['the usual name', 'yaml tracing.port# server.port#', 'server.port'],
    ['not that of something else', 'yaml database.port# redis.addr metrics.listen', undefined],
    ['nothing that needs quotes', 'yaml a:b.port#', undefined],
  ])('%s', (_, keys, expected) => expect(portKey(struct(keys))?.path.join('.')).toBe(expected));

  test.each<[string, ConfigFormat, string, boolean]>([
    ['all keys are known', 'yaml', 'b:\n  c: 1\na: 2\n', true],
    ['one is not', 'yaml', 'a: 1\nx: 2\n', false],
    ['nothing is in it', 'yaml', '# a: 1\n', false],
    ['a list', 'yaml', '- a: 1\n', false],
    ['another format', 'toml', 'a = 1\n', false],
  ])('a file is one of the struct: %s', (_, format, text, expected) => {
    expect(structFor(text, format, [struct('yaml a b.c')]) !== undefined).toBe(expected);
  });

  test('sections count as keys, whatever their case', () => {
    const structs = [struct('toml Name Web.Port#')];
    expect(structFor('name = "x"\n[web.tls]\nother = 1\n', 'toml', structs)).toBe(structs[0]);
    expect(structFor('[web]\n[db]\n', 'toml', structs)).toBeUndefined();
    expect(structFor('{"name":1}', 'json', [struct(' name')])).toBeDefined();
  });

  test('is tried in a file of its own where the repository has none, under the name that is expected', () => {
    const launches = (...settings: string[]) =>
      findLaunches([source(settings)], { args: [], env: {} }).map(({ args, env, files }) => [...args, env, files]);
    expect(launches('flag --config=etc/shop.toml', 'config toml web.port#')).toEqual([
      ['--config=shop-{port}.toml', {}, { 'shop-{port}.toml': '[web]\nport = {port}\n' }],
    ]);
    expect(launches('environment SHOP_CONFIG=', 'config yaml web.port#')).toEqual([
      [{ SHOP_CONFIG: 'perf-gate-config-{port}.yaml' }, { 'perf-gate-config-{port}.yaml': 'web:\n  port: {port}\n' }],
    ]);
  });

  test('a file without a port goes with the flag that tells it', () => {
    const samples = { withPort: [], others: ['doc/simple.yml'] };
    const launches = findLaunches(
      [source(['flag --port=80 #', 'flag --config.file='])],
      { args: [], env: {} },
      samples,
    );
    expect(launches.map(shownLaunch)).toEqual(['--port={port}', '--port={port} --config.file=doc/simple.yml']);
    const given = { args: ['--config.file=mine.yml'], env: {} };
    const own = findLaunches([source(['flag --port=80 #', 'flag --config.file='])], given, samples);
    expect(own.map(shownLaunch)).toEqual(['--config.file=mine.yml --port={port}']);
  });

  test('where nothing names the file, it is said what to put where', () => {
    const none = () =>
      findLaunches([source(['config yaml web.port#'], ['http.ListenAndServe ?'])], { args: [], env: {} });
    expect(none).toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(
          /^web\.port \(main\.go:1\) in a config file is the port: put one .* run perf-gate init again; or say how/,
        ),
      }) as unknown as Error,
    );
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

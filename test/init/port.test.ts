/** Which flag or variable is the port's, in which form, and what else opens a port. */
import { describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { shownLaunch } from '../../src/init/launch.ts';
import { findLaunches } from '../../src/init/launches.ts';
import { findPorts } from '../../src/init/port.ts';
import { source } from './source-of.ts';

const NOTHING = { args: [], env: {} };

/** The ways, as a person would type them. */
const waysOf = (...all: Parameters<typeof source>) => findPorts([source(...all)]).ways.map(shownLaunch);

describe('the likeliest way comes first, in the form that its default has', () => {
  test.each<[string, string[], string]>([
    ['an address', ['flag -addr=:8080'], '-addr 127.0.0.1:{port}'],
    ['an address on all interfaces', ['flag --listen=0.0.0.0:8080'], '--listen=127.0.0.1:{port}'],
    ['a URL', ['flag --listen=http://localhost:8080'], '--listen=http://127.0.0.1:{port}'],
    ['a number', ['flag -port=8080 #'], '-port {port}'],
    ['a number as text', ['flag --port=8080'], '--port={port}'],
    ['a port with a colon', ['environment PORT=:8080'], 'PORT=:{port}'],
    ['nothing, and a name that says port', ['environment PORT='], 'PORT={port}'],
    ['nothing, and a name that says address', ['environment LISTEN_ADDR='], 'LISTEN_ADDR=127.0.0.1:{port}'],
    ['a name that says nothing, and the default of an address', ['flag -http=:8080'], '-http 127.0.0.1:{port}'],
    ['a flag before the environment', ['environment PORT=8080', 'flag -port=8080 #'], '-port {port}'],
    ['the plain name before another', ['flag -probe-x-port=81 #', 'flag -port=80 #'], '-port {port}'],
    [
      'the service before what it talks to',
      ['environment REDIS_ADDR=:6379', 'environment ADDR='],
      'ADDR=127.0.0.1:{port}',
    ],
    ['the service before its metrics', ['flag --metrics-addr=:9090', 'flag --addr=:8080'], '--addr=127.0.0.1:{port}'],
  ])('%s', (_, settings, way) => expect(waysOf(settings)[0]).toBe(way));
});

test('then the same in another form, should the first not hold', () => {
  expect(waysOf(['flag -addr=', 'environment PORT='])).toEqual([
    '-addr 127.0.0.1:{port}',
    'PORT={port}',
    '-addr {port}',
    'PORT=127.0.0.1:{port}',
  ]);
});

test('what is no port is none', () => {
  const settings = [
    'environment LISTEN_PID=',
    'environment LISTEN_FDS=',
    'flag --listen-limit=',
    'flag --address=127.0.0.1',
    'flag --statsd.listen-unixgram=',
    'flag -workers=4 #',
    'environment DB_PORT=5432',
    'flag -upstream-addr=:81',
    'environment SUPPORT=x',
  ];
  expect(waysOf(settings)).toEqual([]);
});

test('a second listener is moved out of the way, one that is off is left off', () => {
  const settings = [
    'flag -metrics-addr=:9090',
    'flag -statsd.listen-udp=:9125',
    'environment PPROF_PORT=6060',
    'flag -grpc-port=0 #',
    'flag -admin-addr=',
  ];
  const { beside } = findPorts([source([...settings, 'flag -addr=:8080'])]);
  expect(beside.map(shownLaunch)).toEqual([
    '-metrics-addr 127.0.0.1:0',
    '-statsd.listen-udp 127.0.0.1:0',
    'PPROF_PORT=0',
  ]);
  expect(findLaunches([source([...settings, 'flag -addr=:8080'])], NOTHING).map(shownLaunch)[0]).toBe(
    'PPROF_PORT=0 -addr 127.0.0.1:{port} -metrics-addr 127.0.0.1:0 -statsd.listen-udp 127.0.0.1:0',
  );
});

describe('a launch', () => {
  test('is tried with a subcommand that serves first', () => {
    const launches = findLaunches([source(['flag --port=8080', 'command serve', 'command migrate'])], NOTHING);
    expect(launches.map(shownLaunch)).toEqual([
      'serve --port={port}',
      '--port={port}',
      'serve --port=127.0.0.1:{port}',
      '--port=127.0.0.1:{port}',
    ]);
  });

  test('prefers the subcommand that stays in the foreground', () => {
    const commands = ['command start', 'command version', 'command run'];
    const [first] = findLaunches([source(['flag --listen=:80', ...commands])], NOTHING);
    expect(shownLaunch(first!)).toBe('run --listen=127.0.0.1:{port}');
  });

  test('gives a flag to the subcommand that it is defined within, and to no other', () => {
    const settings = ['flag respond --listen=:80', 'flag trust --admin-addr=:81', 'command run', 'command respond'];
    expect(findLaunches([source(settings)], NOTHING).map(shownLaunch)[0]).toBe('respond --listen=127.0.0.1:{port}');
    const other = ['flag trust --addr=:81', 'command trust', 'flag respond --listen=:80'];
    expect(findLaunches([source(other)], NOTHING).map(shownLaunch)).not.toContainEqual(expect.stringMatching(/trust/));
    expect(() => findLaunches([source(['flag stop --addr=:81'])], NOTHING)).toThrow('no flag and no environment');
    expect(findLaunches([source(settings)], { args: ['respond', '-v'], env: {} }).map(shownLaunch)[0]).toBe(
      'respond -v --listen=127.0.0.1:{port}',
    );
  });

  test('holds what the person has said', () => {
    const given = { args: ['-v'], env: { DATABASE_URL: 'x' } };
    const [launch] = findLaunches([source(['flag -port=8080 #'])], given);
    expect(shownLaunch(launch!)).toBe('DATABASE_URL=x -v -port {port}');
  });

  test('is what the person has said alone, if that has the port', () => {
    const options = { args: ['-config', '{port}.toml'], env: {}, package: undefined };
    const launches = findLaunches([source(['flag -port=8080 #'])], options);
    expect(launches).toEqual([{ args: ['-config', '{port}.toml'], env: {}, files: {}, way: undefined }]);
    expect(Object.keys(launches[0]!)).not.toContain('package');
  });

  test('of a service with a constant for its port is refused, and the line is named', () => {
    const fixed = () => findLaunches([source(['flag -verbose='], ['http.ListenAndServe :8080'])], NOTHING);
    expect(fixed).toThrow(UserError);
    expect(fixed).toThrow('listens on ":8080", which nothing can change');
    expect(fixed).toThrow(expect.objectContaining({ at: 'main.go:1' }) as unknown as Error);
  });

  test('of a service that tells nothing is refused, and how to say it is told', () => {
    const unknown = () => findLaunches([source([], ['srv.ListenAndServe'])], NOTHING);
    expect(unknown).toThrow('no flag and no environment variable was found');
    expect(unknown).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('--env ADDR=127.0.0.1:{port}') }) as unknown as Error,
    );
  });
});

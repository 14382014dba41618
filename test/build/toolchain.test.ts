import { afterAll, describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { findGo } from '../../src/build/toolchain.ts';
import { errorOf, newDirectory, removeDirectories } from './service.ts';

afterAll(removeDirectories);

const module = (...lines: string[]) => newDirectory({ 'go.mod': ['module example.com/shop', ...lines, ''].join('\n') });
const env = (more: Record<string, string> = {}) => ({ ...process.env, ...more });

test('the installed Go', async () => {
  const go = await findGo(env({ GOFLAGS: '-mod=mod', GOARCH: 'arm64' }), module('go 1.18'));
  expect(go).toMatchObject({ os: 'linux', arch: 'arm64', flags: '-mod=mod' });
  expect(go.version).toMatch(/^go1\.\d+/);
  expect(go.variables['GOARM64']).toBe('v8.0');
});

test.each(['go1.18.10', 'go1.21.13'])('one that the environment asks for: %s', async (version) => {
  expect((await findGo(env({ GOTOOLCHAIN: version }), module('go 1.18'))).version).toBe(version);
});

test('a directory without a module has a Go too', async () => {
  expect((await findGo(env(), newDirectory())).version).toMatch(/^go1\./);
});

describe('no Go that can build it', () => {
  const refused = async (promise: Promise<unknown>) => {
    const error = await errorOf(promise);
    expect(error.constructor).toBe(UserError);
    return error;
  };

  test('none at all', async () => {
    const error = await refused(findGo({ PATH: newDirectory() }, module('go 1.18')));
    expect(error.message).toBe('there is no go command on PATH');
    expect(error.hint).toContain('install Go 1.18 or newer');
  });

  test('go.mod wants a newer one', async () => {
    const error = await refused(findGo(env({ GOTOOLCHAIN: 'local' }), module('go 1.99')));
    expect(error.message).toMatch(
      /^go\.mod wants a newer Go than there is: go: go\.mod requires go >= 1\.99 \(running go /,
    );
    expect(error.hint).toContain('GOTOOLCHAIN=auto');
    expect(error.detail).toContain('go list -m');
  });

  test('go.mod wants one that cannot be had', async () => {
    const error = await refused(findGo(env({ GOTOOLCHAIN: 'auto', GOPROXY: 'off', GOFLAGS: '' }), module('go 1.99')));
    expect(error.message).toMatch(/^go\.mod wants a newer Go than there is: go: .*1\.99/);
  });

  test('go.mod has a form that the old Go does not know', async () => {
    const error = await refused(findGo(env({ GOTOOLCHAIN: 'go1.18.10' }), module('go 1.22.3')));
    expect(error.message).toContain("invalid go version '1.22.3'");
  });

  test('one that is too old', async () => {
    const bin = newDirectory({ go: `#!/bin/sh\necho '{"GOVERSION": "go1.17.13", "GOROOT": "/usr/lib/go-1.17"}'\n` });
    const error = await refused(findGo(env({ PATH: `${bin}:/bin:/usr/bin` }), module('go 1.17')));
    expect(error.message).toBe('Go 1.17.13 is too old: perf-gate needs Go 1.18 or newer');
    expect(error.detail).toContain('/usr/lib/go-1.17');
  });

  test('a command of that name which is something else', async () => {
    const bin = newDirectory({ go: '#!/bin/sh\necho "the game of go"\n' });
    const error = await refused(findGo(env({ PATH: `${bin}:/bin:/usr/bin` }), module('go 1.18')));
    expect(error.message).toContain('is `go` the Go command?');
    expect(error.detail).toContain('the game of go');
  });
});

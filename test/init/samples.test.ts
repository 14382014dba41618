/** Which files of a repository are taken for examples of a service's config. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/repository.ts';
import { findSamples } from '../../src/init/samples.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

test('small text files with a port of the service, the likeliest first, by the names that they have in use', async () => {
  const repository = newRepository(join(scratch, 'repository'));
  const port = 'port: 80\n';
  repository.commit('start', {
    'svc/etc/other.yml': port,
    'svc/config.example.toml': 'listen = ":80"\r\n',
    'svc/app.yaml.dist': port,
    'svc/cmd/shop/config-dev.yml': port,
    'svc/names.yml': 'name: x\n',
    'svc/docker-compose.yml': port,
    'svc/.github/ci.yml': port,
    'svc/deploy/values.yml': port,
    'svc/testdata/config.yml': port,
    'svc/large.yml': port + '#'.repeat(70_000),
    'svc/binary.conf': `${port}\0`,
    'elsewhere/config.yml': port,
  });
  symlinkSync('/etc/hostname', join(repository.directory, 'svc/link.yml'));
  repository.git('add', '.');
  const signal = new AbortController().signal;
  const { git } = await openRepository(repository.directory, { env: process.env, temporaryDirectory: scratch, signal });
  const found = await findSamples(git, repository.directory, 'svc', './cmd/shop');
  expect(found.map(({ file, path, text }) => [file, path, text])).toEqual([
    ['svc/cmd/shop/config-dev.yml', 'cmd/shop/config-dev.yml', 'port: {port}\n'],
    ['svc/config.example.toml', 'config.toml', 'listen = "127.0.0.1:{port}"\n'],
    ['svc/app.yaml.dist', 'app.yaml', 'port: {port}\n'],
    ['svc/etc/other.yml', 'etc/other.yml', 'port: {port}\n'],
  ]);
});

/** Which files of a repository are taken for examples of a service's config. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/repository.ts';
import { findSamples } from '../../src/init/samples.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { struct } from './source-of.ts';

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
  const sought = { directory: 'svc', mainPackage: './cmd/shop', structs: [] };
  const found = await findSamples(git, repository.directory, sought);
  expect(found.withPort.map(({ file, path, text }) => [file, path, text])).toEqual([
    ['svc/cmd/shop/config-dev.yml', 'cmd/shop/config-dev.yml', 'port: {port}\n'],
    ['svc/config.example.toml', 'config.toml', 'listen = "127.0.0.1:{port}"\n'],
    ['svc/app.yaml.dist', 'app.yaml', 'port: {port}\n'],
    ['svc/etc/other.yml', 'etc/other.yml', 'port: {port}\n'],
  ]);
});

test('by the struct that the service decodes them into: with the key that the file leaves out, or as they are', async () => {
  const repository = newRepository(join(scratch, 'by-struct'));
  repository.commit('start', {
    'config.yaml': 'endpoints:\n  - name: x\n',
    'other.yaml': 'endpoints: []\nunknown: 1\n',
    'names.toml': 'endpoints = []\n',
    'vendor/x/config.yaml': 'endpoints: []\n',
    'docs/examples/simple.toml': 'route = "a"\n[more]\n',
    'config/testdata/bad.toml': 'route = "b"\n[more]\n[most]\n',
    'examples/few.toml': 'route = "b"\n',
  });
  repository.write('config.local.yaml', 'endpoints: []\n'); // not committed
  const signal = new AbortController().signal;
  const { git } = await openRepository(repository.directory, { env: process.env, temporaryDirectory: scratch, signal });
  const found = await findSamples(git, repository.directory, {
    directory: '.',
    mainPackage: '.',
    structs: [struct('yaml endpoints web.port#'), struct('toml route more most')],
  });
  expect(found.withPort.map(({ file, key, text, place }) => [file, key, text, place.file])).toEqual([
    ['config.local.yaml', 'web.port', 'endpoints: []\nweb:\n  port: {port}\n', 'main.go'],
    ['config.yaml', 'web.port', 'endpoints:\n  - name: x\nweb:\n  port: {port}\n', 'main.go'],
  ]);
  expect(found.others).toEqual(['docs/examples/simple.toml', 'examples/few.toml', 'config/testdata/bad.toml']);
});

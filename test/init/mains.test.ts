/** Which main packages a repository of several modules has, where one of them is not in order. */
import { afterAll, expect, test } from '@jest/globals';
import { directoryOf } from '../../src/init/choose-package.ts';
import { findMains } from '../../src/init/mains.ts';
import { removeTemporaryDirectories, temporaryDirectory, tree } from '../changes/fixture.ts';

afterAll(removeTemporaryDirectories);

const PROGRAM = 'package main\n\nfunc main() {}\n';
// go would have to write down more than there is.
const STALE =
  'module example.com/tools\n\ngo 1.22\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/a v1.1.0 // indirect\n)\n';

test('a module that go does not list is left out and told; where there is no other, its words are the error', async () => {
  const root = tree({
    'svc/go.mod': 'module example.com/svc\n\ngo 1.22\n',
    'svc/main.go': PROGRAM,
    'tools/go.mod': STALE,
    'tools/main.go': `${PROGRAM}\nimport _ "example.com/a"\n`,
  });
  const env = { ...process.env, GOFLAGS: '-mod=readonly', GOPROXY: 'off' };
  const options = { env, temporaryDirectory: temporaryDirectory(), signal: new AbortController().signal };
  const { mains, leftOut } = await findMains(root, ['svc', 'tools'], options);
  expect(mains.map(directoryOf)).toEqual(['svc']);
  expect(leftOut).toEqual([{ directory: 'tools', reason: expect.stringMatching(/go\.(mod|sum)/) }]);
  await expect(findMains(root, ['tools'], options)).rejects.toThrow(/go list .* failed/);
});

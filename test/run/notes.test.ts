import { expect, test } from '@jest/globals';
import { filesReadAtRunTime } from '../../src/run/notes.ts';

const PATHS = [
  ...['README.md', 'main.go', 'go.sum', 'shop/testdata/seed.json', 'docs/about.md', '.github/workflows/ci.yml'],
  ...['templates/list.html', 'config/shop.yaml'],
];
const read = (args: readonly string[], env = {}) => filesReadAtRunTime(PATHS, { args, env });
const ALWAYS = ['templates/list.html', 'config/shop.yaml'];

test('what is no code and no text about it may be read by the service', () => {
  expect(read(['-listen', '127.0.0.1:{port}'])).toEqual(ALWAYS);
});

test('and whatever it is told of', () => {
  expect(read(['-seed=testdata/seed.json'])).toEqual(['shop/testdata/seed.json', ...ALWAYS]);
  expect(read(['-data', './testdata'])).toEqual(['shop/testdata/seed.json', ...ALWAYS]);
  expect(read([], { PAGES: 'docs/about.md' })).toEqual(['docs/about.md', ...ALWAYS]);
});

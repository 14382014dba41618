/** What is taken out of the words of other programs before anybody sees them. */
import { expect, test } from '@jest/globals';
import { redact, Secrets } from '../../src/base/redact.ts';

test.each([
  ['postgres://ann:secret@db/shop', 'postgres://***@db/shop'],
  ['see https://token@host, and https://ann:secret@host.', 'see https://***@host, and https://***@host.'],
  // A password that nobody has escaped.
  ['postgres://ann:se@cr/et@db/shop', 'postgres://***@db/shop'],
  ['postgres://ann:se/cret@db/shop', 'postgres://***@db/shop'],
  ['postgres://ann:12/34@db/shop', 'postgres://***@db/shop'],
  ["redis://:se?cr#e't@cache:6379/0", 'redis://***@cache:6379/0'],
  ['https://to@ken@host', 'https://***@host'],
  // What may be a part of the password is taken for one.
  ['https://ann:secret@host/@scope/pkg', 'https://***@scope/pkg'],
  ['http://db:5432/a@b', 'http://***@b'],
  ['https://host/,https://ann:secret@host', 'https://host/,https://***@host'],
  ['https://ann:secret@one,https://bob:secret@two', 'https://***@two'],
])('%s has its user and its password taken out', (text, clean) => {
  expect(redact(text)).toBe(clean);
});

test.each([
  'https://host/@scope/pkg',
  'https://registry.example.com/@scope/pkg?by=ann@example.com#@',
  'https://host?by=ann@example.com',
  'http://localhost:8080/users/@me',
  'http://127.0.0.1:8080/a@b',
  'http://[::1]:8080/a@b',
  'file:///home/ann/a@b',
  '{"url":"http://host:80/","by":"ann@example.com"}',
  '<http://host:80/> ann@example.com',
  'ann:secret@example.com git@example.com:acme/shop ann@http://host',
])('%s has no user, and stays as it is', (text) => {
  expect(redact(text)).toBe(text);
});

test('a given secret is taken out wherever it stands, whole; an empty one is none', () => {
  const without = (...secrets: string[]) => {
    const all = new Secrets();
    all.add(...secrets);
    return all.clean;
  };
  expect(without('hunter22', '')('a hunter22 in https://host/hunter22')).toBe('a *** in https://host/***');
  expect(without('hunt@er22')('http://db:80/?key=hunt@er22')).toBe('http://db:80/?key=***');
  expect(without('hunter', 'hunter22')('hunter22 hunter')).toBe('*** ***');
});

test.each(['a://', 'a://a/', 'a://a:', '@a', 'a:'])('a long line of %j takes no long time', (part) => {
  const line = part.repeat(200_000 / part.length);
  const start = performance.now();
  redact(line);
  expect(performance.now() - start).toBeLessThan(2000);
});

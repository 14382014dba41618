import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../src/base/errors.ts';
import { fill, PLACEHOLDERS, placeholdersIn } from '../../src/config/placeholders.ts';

const VALUES = { port: '8080', socket: '/tmp/a.sock', side: 'base', dir: '/tmp/x' };

describe('fill', () => {
  test.each([
    ['127.0.0.1:{port}', '127.0.0.1:8080'],
    ['{side}{side}', 'basebase'],
    ['{{port}}', '{port}'],
    ['{{{port}}}', '{8080}'],
    ['{"a": {{"b": 1}}}', undefined],
    ['{{"port": {port}}}', '{"port": 8080}'],
    ['nothing', 'nothing'],
    ['', ''],
  ])('%s', (template, text) => {
    if (text === undefined) expect(() => fill(template, VALUES)).toThrow(UserError);
    else expect(fill(template, VALUES)).toBe(text);
  });

  test.each([
    ['{prot}', 'unknown placeholder "{prot}"', 'did you mean {port}?'],
    [
      '{commit}',
      'unknown placeholder "{commit}"',
      'known here: {port}, {socket}, {side} or {dir}; a literal brace is written {{ or }}',
    ],
    [
      '{}',
      'unknown placeholder "{}"',
      'known here: {port}, {socket}, {side} or {dir}; a literal brace is written {{ or }}',
    ],
    [
      '{toString}',
      'unknown placeholder "{toString}"',
      'known here: {port}, {socket}, {side} or {dir}; a literal brace is written {{ or }}',
    ],
    ['{port', '"{port" has a "{" that belongs to no placeholder', 'a literal brace is written {{'],
    ['port}', '"port}" has a "}" that belongs to no placeholder', 'a literal brace is written }}'],
  ])('%s is refused', (template, message, hint) => {
    expect(() => fill(template, VALUES)).toThrow(expect.objectContaining({ message, hint }));
  });

  test('a value is taken as it is: never filled again, never a pattern of its own', () => {
    expect(fill('{dir}', { ...VALUES, dir: '{port} $& {{' })).toBe('{port} $& {{');
  });

  test('text whose braces are doubled comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', 'port', '$&', 'ä', '\n') }), (text) => {
        expect(fill(text.replaceAll(/[{}]/g, '$&$&'), VALUES)).toBe(text);
      }),
    );
  });

  test('literal text and placeholders in any mixture', () => {
    const piece = fc.oneof(
      fc.string().map((text) => ({ written: text.replaceAll(/[{}]/g, '$&$&'), meant: text })),
      fc.constantFrom(...PLACEHOLDERS.run).map((name) => ({ written: `{${name}}`, meant: VALUES[name] })),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        // A placeholder between literal braces is read from the left, as {{ or }} first: `{{` + `{port}`.
        const template = pieces.map(({ written }) => written).join('');
        expect(fill(template, VALUES)).toBe(pieces.map(({ meant }) => meant).join(''));
      }),
    );
  });

  test('any other text is an error for a person', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'port', 'x', ' ') }), (template) => {
        try {
          fill(template, VALUES);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
    );
  });
});

test('the placeholders of a template are those that are filled', () => {
  expect(placeholdersIn('{port}:{{side}}:{dir}{port}', PLACEHOLDERS.run)).toEqual(['port', 'dir', 'port']);
});

import { expect, test } from '@jest/globals';
import { linesOf, risenLine } from '../../src/compare/lines.ts';
import { stacks } from './stacks.ts';

test('a line that is inlined in several places ran as often as all of them together', () => {
  const [frame] = stacks('hash:7 1')[0]!.frames;
  const executed = [
    { frame: frame!, within: 'list:20', count: 300 },
    { frame: frame!, within: 'list:20', count: 400 },
    { frame: frame!, within: 'list:20', count: 100 },
    { frame: frame!, within: 'get:30', count: 50 },
    { frame: frame!, within: '', count: 6 },
  ];
  const lines = linesOf([], executed, ({ key }) => key === 'hash');
  expect(lines.get('hash')?.get('hash.go:7')).toEqual({ file: 'hash.go', line: 7, cost: 856, ran: 456 });
});

test('code whose lines nobody knows has no line to name', () => {
  const at = (line: number, cost: number) =>
    new Map([[`mix.c:${line}`, { file: 'mix.c', line, cost, ran: undefined }]]);
  const map = { toHead: (file: string, line: number) => ({ file, line }), isTouched: () => false };
  expect(risenLine(at(0, 10), at(0, 20), map)).toBeUndefined();
  expect(risenLine(at(3, 10), at(3, 20), map)).toMatchObject({ file: 'mix.c', line: 3, rise: 10 });
});

/** What cannot be brought about everywhere; full disks and read-only places are in commands/mistakes-process.test.ts. */
import { expect, test } from '@jest/globals';
import { machineFault } from '../../src/base/machine-fault.ts';

test.each([
  [
    'EDQUOT',
    'the disk quota is used up',
    'free some: both sides are built in /tmp (TMPDIR), and their profiles go to --output',
  ],
  ['EACCES', 'the system does not permit what perf-gate needs', 'it writes to /tmp (TMPDIR), to --output and to .git'],
  ['EFBIG', 'a file grew over the size that is allowed here', 'raise the limit: ulimit -f'],
  ['ENOMEM', 'there is not enough memory', 'end other programs, or raise the limit: ulimit -v'],
  ['EAGAIN', 'no more processes may be started here', 'raise the limit: ulimit -u'],
  ['EMFILE', 'too many files are open', 'raise the limit: ulimit -n'],
])('%s', (code, message, hint) => {
  const fault = machineFault(Object.assign(new Error(`${code}: as node says it`), { code }), '/tmp');
  expect(fault).toMatchObject({ message, hint, detail: `${code}: as node says it`, exitCode: 3 });
});

test.each([[new TypeError('x is undefined')], [Object.assign(new Error('gone'), { code: 'ENOENT' })], [undefined]])(
  'and not %s, which is a bug of ours',
  (error) => {
    expect(machineFault(error, '/tmp')).toBeUndefined();
  },
);

test('memory that V8 does not get', () => {
  const error = new RangeError('WebAssembly.Memory(): could not allocate memory: Out of memory');
  expect(machineFault(error, '/tmp')?.message).toBe('there is not enough memory');
});

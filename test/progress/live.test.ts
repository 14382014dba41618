/** The list on a terminal: what stands there in the end, and that it is never torn. */
import { beforeEach, expect, test } from '@jest/globals';
import { liveList } from '../../src/progress/live.ts';
import type { Display, Step } from '../../src/progress/step.ts';
import { Terminal } from './terminal.ts';

let terminal: Terminal;
let list: Display;
let now: number;
let tick: (() => void) | undefined;
beforeEach(() => open(40));

function open(columns: number): void {
  terminal = new Terminal(columns);
  now = 0;
  tick = undefined;
  const every = (_: number, act: () => void) => {
    tick = act;
    return () => {
      tick = undefined;
    };
  };
  list = liveList(terminal, () => now, false, every);
}

/** Time passes, and the clock of the list runs. */
function pass(ms: number): void {
  for (const end = now + ms; now < end; now += 100) tick?.();
}

function start(name: string, side?: string): Step {
  const step: Step = { side, name, startedMs: now, state: 'running' };
  list.show(step);
  return step;
}

function end(step: Step, state: Step['state'] = 'done'): void {
  Object.assign(step, { state, endedMs: now });
  list.show(step);
}

test('both sides at work, one after the other done, and a fact in between', () => {
  list.tell('head 4f2a against base 88d0');
  const [base, head] = [start('counting', 'base'), start('counting', 'head')];
  pass(1200);
  expect(terminal.text).toBe(
    `             head 4f2a against base 88d0
•       1 s  base: counting
•       1 s  head: counting`,
  );
  base.stage = '2 of 2';
  list.show(base);
  list.tell('valgrind takes its time');
  pass(200);
  expect(terminal.text).toBe(
    `             head 4f2a against base 88d0
             valgrind takes its time
•       1 s  base: counting (2 of 2)
•       1 s  head: counting`,
  );
  end(head);
  pass(3100);
  end(base);
  expect(terminal.text).toBe(
    `             head 4f2a against base 88d0
             valgrind takes its time
✓     1.4 s  head: counting
✓     4.5 s  base: counting`,
  );
  expect(tick).toBeUndefined();
});

test('the list ends where it stands, and what is written next begins below it', () => {
  const [base, head] = [start('counting', 'base'), start('counting', 'head')];
  pass(500);
  end(head, 'failed');
  end(base, 'stopped');
  terminal.write('perf-gate: the service (head) exited with code 2\n');
  expect(terminal.text).toBe(
    `✗     0.5 s  head: counting
–     0.5 s  base: counting
perf-gate: the service (head) exited wit
h code 2`,
  );
});

test('what is over within a tenth of a second is written once', () => {
  const step = start('building');
  end(step);
  expect(terminal.text).toBe('✓     0.0 s  building');
  expect(terminal.writes).toHaveLength(1);
});

test('nothing is written while nothing changes, and not more than ten times a second', () => {
  const step = start('profiling');
  pass(5000);
  // One at the beginning, and one for each second.
  expect(terminal.writes).toHaveLength(5);
  for (let round = 1; round <= 1000; round++) {
    step.stage = { round, rounds: 1000 };
    list.show(step);
    if (round % 100 === 0) pass(100);
  }
  expect(terminal.writes.length).toBeLessThanOrEqual(5 + 10);
  expect(terminal.text).toBe('•       5 s  profiling (round 1000 of …');
});

test('a redraw is one piece that clears no line before it is written anew, and hides no cursor', () => {
  start('counting', 'base');
  start('counting', 'head');
  pass(1100);
  const [, redraw] = terminal.writes;
  expect(redraw).toBe('\r\x1b[2A•       1 s  base: counting\x1b[K\n•       1 s  head: counting\x1b[K\n\x1b[J');
});

test('long names and wide ones stay on their line, so that the next redraw finds it', () => {
  open(30);
  const first = start('計測サービスの命令数を数えています', 'base');
  start(`${'very '.repeat(20)}long`, 'head');
  pass(3000);
  end(first);
  pass(1000);
  expect(terminal.text).toBe('✓     3.0 s  base: 計測サー…\n•       3 s  head: very very…');
});

test('a window that is made narrower, then wider', () => {
  open(60);
  const [base, head] = [start('命令数を数えています、三百', 'base'), start('counting as well', 'head')];
  pass(1000);
  terminal.resize(20);
  pass(1000);
  expect(terminal.text).toBe('•       1 s  base:…\n•       1 s  head:…');
  terminal.resize(60);
  pass(1000);
  end(base);
  end(head);
  expect(terminal.text).toBe('✓     3.0 s  base: 命令数を数えています、三百\n✓     3.0 s  head: counting as well');
});

test('what a key writes at the cursor is gone with the next redraw', () => {
  const step = start('counting');
  pass(500);
  terminal.write('^C');
  end(step, 'stopped');
  expect(terminal.text).toBe('–     0.5 s  counting');
  expect(terminal.cursor).toEqual({ row: 1, column: 0 });
});

test('a terminal that does not tell its width has eighty columns', () => {
  const written = new Terminal(80);
  const output = { isTerminal: true, write: (text: string) => written.write(text), columns: () => 0 };
  list = liveList(output, () => now, false);
  end(start('x'.repeat(100)));
  expect(written.text).toBe(`✓     0.0 s  ${'x'.repeat(65)}…`);
});

/** What of a directory is published, and what the comment with it is about. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
import { readSavedReports } from '../../src/publish/saved-reports.ts';
import { renderJson } from '../../src/report/json.ts';
import { fail, pass } from '../report/reports.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

let directory: string;
beforeEach(() => {
  directory = scratchDirectory();
});
afterEach(() => removeDirectory(directory));

function save(path: string, report: Report): void {
  mkdirSync(join(directory, path, 'base'), { recursive: true });
  writeFileSync(join(directory, path, 'report.json'), renderJson(report));
}

async function read(path = '') {
  const { reports, isCollection, subject } = await readSavedReports(join(directory, path), '--output');
  return { titles: reports.map(({ service, scenario }) => `${service} ${scenario ?? '-'}`), isCollection, subject };
}

const of = (service: string, scenario?: string): Report => ({ ...pass, service, scenario });

describe('a run', () => {
  test('of one scenario without a name is about its service', async () => {
    save('', of('orders'));
    expect(await read()).toEqual({ titles: ['orders -'], isCollection: false, subject: 'orders' });
  });

  test('of several is about its service too, and each of them alone about itself', async () => {
    save('checkout', of('orders', 'checkout'));
    save('browse', { ...fail, scenario: 'browse' });
    expect(await read()).toEqual({
      titles: ['orders browse', 'orders checkout'],
      isCollection: false,
      subject: 'orders',
    });
    expect(await read('checkout')).toEqual({
      titles: ['orders checkout'],
      isCollection: false,
      subject: 'orders · checkout',
    });
  });

  test('whose config has one scenario today is the same comment as with two tomorrow', async () => {
    save('browse', of('orders', 'browse'));
    expect((await read()).subject).toBe('orders');
  });
});

describe('runs of several services', () => {
  test('are found with all their scenarios, and are one thing however many there are', async () => {
    save('orders/checkout', of('orders', 'checkout'));
    save('orders/browse', of('orders', 'browse'));
    save('stock', of('stock'));
    mkdirSync(join(directory, 'logs'));
    expect(await read()).toEqual({
      titles: ['orders browse', 'orders checkout', 'stock -'],
      isCollection: true,
      subject: '*',
    });
    removeDirectory(join(directory, 'stock'));
    removeDirectory(join(directory, 'logs'));
    removeDirectory(join(directory, 'orders/browse'));
    expect(await read()).toMatchObject({ isCollection: true, subject: '*' });
  });

  test('are still several when they are of the same scenario', async () => {
    save('linux/browse', of('orders', 'browse'));
    save('mac/browse', of('orders', 'browse'));
    expect((await read()).subject).toBe('*');
    save('a', of('orders'));
    expect(await read()).toMatchObject({ subject: '*' });
  });
});

test('the same service measured on two machines is two runs', async () => {
  save('linux', of('orders'));
  save('mac', of('orders'));
  expect(await read()).toMatchObject({ isCollection: true, subject: '*' });
});

test('nothing is looked for deeper, or behind links', async () => {
  save('deep/down/below', of('orders'));
  await expect(read()).rejects.toThrow(`there is no report.json in ${directory}, and none in its directories`);
  save('elsewhere/run', of('orders'));
  mkdirSync(join(directory, 'links'));
  symlinkSync(join(directory, 'elsewhere/run'), join(directory, 'links/run'));
  await expect(read('links')).rejects.toThrow('there is no report.json');
});

test('not more than fit into a comment are read, wherever they lie', async () => {
  for (let i = 0; i < 3; i++) for (let j = 0; j < 17; j++) save(`s${i}/c${j}`, of(`s${i}`, `c${j}`));
  await expect(read()).rejects.toThrow(/it would be more than 50 reports, or more than 20 MB of them$/);
});

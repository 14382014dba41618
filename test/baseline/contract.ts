/** What every store must do, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { World } from '../../src/base/world.ts';
import { findBundle, type Wanted } from '../../src/baseline/find.ts';
import { type Key, keyText } from '../../src/baseline/key.ts';
import { prune } from '../../src/baseline/prune.ts';
import { LARGEST_BUNDLE_BYTES, type Store, StoreError } from '../../src/baseline/store.ts';
import { testWorld } from '../support/world.ts';
import { bundleOf, COMMIT, FINGERPRINT } from './measured.ts';

export interface Fixture {
  /** Another client of one and the same store, as another job would have it. */
  open(world: World): Promise<Store>;
  /** What somebody else puts there, under any name. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Where a server of the test does the work: it is done with what a writer that is no more has sent. */
  settled?(): Promise<void>;
  remove(): Promise<void>;
}

const commitOf = (n: number) => n.toString(16).padStart(40, '0');
const key = (service: string, n: number): Key => ({
  service,
  scenario: undefined,
  committed: `202611${String(1 + Math.floor(n / 24)).padStart(2, '0')}T${String(n % 24).padStart(2, '0')}0000Z`,
  commit: commitOf(n),
  code: '0123456789abcdef',
  fingerprint: 'fedcba9876543210',
});
const bytesOf = (text: string) => new Uint8Array(Buffer.from(`${text}\0\xff\r\n`, 'latin1'));
const names = (keys: readonly Key[]) => keys.map(keyText).sort();

export function describeStore(kind: string, makeFixture: () => Promise<Fixture>): void {
  describe(kind, () => {
    let fixture: Fixture;
    let store: Store;
    let another: Store;
    beforeAll(async () => {
      fixture = await makeFixture();
      store = await fixture.open(testWorld('/'));
      another = await fixture.open(testWorld('/'));
    });
    afterAll(() => fixture.remove());

    test('at first there is nothing', async () => {
      expect(await store.list('orders')).toEqual([]);
      expect(await store.read(key('orders', 1))).toBeUndefined();
      await store.remove([key('orders', 1)]);
      await store.remove([]);
      expect(await store.list('orders')).toEqual([]);
    });

    test('what one writes another reads, byte for byte', async () => {
      await store.write(key('bytes', 1), bytesOf('one'));
      expect(names(await another.list('bytes'))).toEqual(names([key('bytes', 1)]));
      expect(Buffer.from((await another.read(key('bytes', 1)))!)).toEqual(Buffer.from(bytesOf('one')));
      expect(await another.read(key('bytes', 2))).toBeUndefined();
    });

    test('to write again what is there is no mistake', async () => {
      await store.write(key('again', 1), bytesOf('one'));
      await another.write(key('again', 1), bytesOf('one'));
      expect(names(await store.list('again'))).toEqual(names([key('again', 1)]));
    });

    test('services do not see each other, whatever they are called', async () => {
      const services = ['a', 'a.lock', 'a..b', 'constructor', 'a'.repeat(100)];
      for (const service of services) await store.write(key(service, 1), bytesOf(service));
      for (const service of services) {
        expect(names(await another.list(service))).toEqual(names([key(service, 1)]));
        expect(Buffer.from((await another.read(key(service, 1)))!)).toEqual(Buffer.from(bytesOf(service)));
      }
    });

    test('scenarios of a service lie side by side', async () => {
      const scenarios = [undefined, 'browse', 'check-out_2', '0123456789abcdef'];
      const keys = scenarios.map((scenario) => ({ ...key('scenarios', 1), scenario }));
      for (const one of keys) await store.write(one, bytesOf(`of ${one.scenario}`));
      expect(names(await another.list('scenarios'))).toEqual(names(keys));
      await store.remove([keys[1]!]);
      const left = [keys[0]!, ...keys.slice(2)];
      expect(names(await another.list('scenarios'))).toEqual(names(left));
      expect(await another.read(keys[1]!)).toBeUndefined();
      for (const one of left) {
        expect(Buffer.from((await another.read(one))!)).toEqual(Buffer.from(bytesOf(`of ${one.scenario}`)));
      }
    });

    test('what is no bundle of ours is not seen', async () => {
      await fixture.put('foreign/README.md', bytesOf('hello'));
      await fixture.put(`foreign/-rf`, bytesOf('hello'));
      await fixture.put(`${keyText(key('foreign', 1))}.half`, bytesOf('hello'));
      await store.write(key('foreign', 2), bytesOf('two'));
      expect(names(await store.list('foreign'))).toEqual(names([key('foreign', 2)]));
      await store.remove([key('foreign', 2)]);
      expect(await store.list('foreign')).toEqual([]);
    });

    test('a writer that is stopped half-way leaves a whole bundle or none', async () => {
      const bytes = new Uint8Array(3_000_000).map((_, i) => (i * 2654435761) >>> 24);
      for (const delayMs of [3, 40]) {
        const stop = new AbortController();
        const stopped = await fixture.open(testWorld('/', { signal: stop.signal }));
        const one = key('stopped', delayMs);
        const writing = stopped.write(one, bytes).catch(() => undefined);
        setTimeout(() => stop.abort(new Error('stopped')), delayMs);
        await writing;
        await fixture.settled?.();
        const read = await another.read(one);
        if (read !== undefined) expect(Buffer.compare(read, bytes)).toBe(0);
        expect((await another.list('stopped')).map(({ commit }) => commit).includes(one.commit)).toBe(
          read !== undefined,
        );
      }
    });

    test('eight writers at once lose nothing', async () => {
      const writers = await Promise.all(Array.from({ length: 8 }, () => fixture.open(testWorld('/'))));
      const keys = writers.map((_, i) => key('crowd', i));
      await Promise.all(writers.map((writer, i) => writer.write(keys[i]!, bytesOf(`writer ${i}`))));
      expect(names(await store.list('crowd'))).toEqual(names(keys));
      for (const [i, one] of keys.entries()) {
        expect(Buffer.from((await store.read(one))!)).toEqual(Buffer.from(bytesOf(`writer ${i}`)));
      }
    });

    test('the newest stay, and a commit that is spared', async () => {
      for (let n = 1; n <= 4; n++) await store.write(key('prune', n), bytesOf(`${n}`));
      await store.write({ ...key('prune', 4), fingerprint: '0'.repeat(16) }, bytesOf('4, measured otherwise'));
      const removed = await prune(store, 'prune', 2, commitOf(1));
      expect(removed.map(({ commit }) => commit)).toEqual([commitOf(2)]);
      const left = (await another.list('prune')).map(({ commit }) => commit).sort();
      expect(left).toEqual([1, 3, 4, 4].map(commitOf));
      expect(await prune(another, 'prune', 3)).toEqual([]);
    });

    describe('a base is looked for', () => {
      const { code } = bundleOf().key;
      const wanted = (service: string, changes: Partial<Wanted> = {}): Wanted => ({
        service,
        scenario: undefined,
        commits: [COMMIT, commitOf(8), commitOf(7), commitOf(6)],
        code,
        here: FINGERPRINT,
        instruments: ['instructions', 'allocs', 'io'],
        readsTheSame: async () => true,
        ...changes,
      });
      const keep = async (service: string, commit: string) => {
        const { key: one, bytes } = bundleOf({ service, commit });
        await store.write(one, bytes);
        return one;
      };

      test('the nearest commit of the same program is found', async () => {
        await keep('find', commitOf(6));
        await keep('find', commitOf(7));
        const { found } = await findBundle(another, wanted('find'));
        expect([found?.distance, found?.bundle.manifest.commit]).toEqual([2, commitOf(7)]);
      });

      test('a damaged one is refused, and the next one taken', async () => {
        await keep('damaged', commitOf(6));
        const { key: one, bytes } = bundleOf({ service: 'damaged' });
        await store.write(one, bytes.slice(0, -10));
        const { found, reasons } = await findBundle(another, wanted('damaged'));
        expect(found?.distance).toBe(3);
        expect(reasons).toEqual([`the bundle ${keyText(one)} is damaged: it cannot be unpacked`]);
      });

      test('one that is too large is not even read', async () => {
        const { key: one } = bundleOf({ service: 'large' });
        await fixture.put(keyText(one), new Uint8Array(LARGEST_BUNDLE_BYTES + 1));
        await expect(another.read(one)).rejects.toThrow(StoreError);
        await expect(another.read(one)).rejects.toThrow(/is larger than 64 MB$/);
      });
    });
  });
}

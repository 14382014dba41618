/** perf-gate baseline: what is in the store. All that comes from there is somebody else's text. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EXIT, UserError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import { formatAmount } from '../base/units.ts';
import { padded, widthsOf } from '../base/width.ts';
import type { World } from '../base/world.ts';
import { ago } from '../baseline/age.ts';
import { type Bundle, unpackBundle, writeBundle } from '../baseline/bundle.ts';
import { isoTime, type Key, newestFirst } from '../baseline/key.ts';
import { prune } from '../baseline/prune.ts';
import { totalsOf } from '../compare/totals.ts';
import { findCommit } from '../git/refs.ts';
import { labelOf, titleOf } from '../report/words.ts';
import { type ConfiguredStore, configuredStore } from '../run/configured-store.ts';
import type { GivenTo } from './given.ts';
import type { Command } from './list.ts';
import { settingsOf } from './settings.ts';

type Given = GivenTo<'baseline'>;

export const baseline: Command<'baseline'> = async (given, world) => {
  world.stdout.write(await actions[given.action](given, world));
  return EXIT.pass;
};

/** What each of them writes to the standard output. */
const actions: Readonly<Record<Given['action'], (given: Given, world: World) => Promise<string>>> = {
  list: async ({ values }, world) => {
    const { config, store } = await configuredStore(values.config, world, settingsOf(values));
    const keys = (await store.list(config.service.name)).sort(newestFirst);
    if (keys.length === 0) return `nothing of ${config.service.name} is in ${store.place}\n`;
    // Only where there are any.
    const hasScenarios = keys.some(({ scenario }) => scenario !== undefined);
    const ofScenario = (name: string) => (hasScenarios ? [name] : []);
    const rows = keys.map(({ scenario = '', commit, committed, code, fingerprint }) => {
      const time = isoTime(committed);
      const age = ago(world.now().getTime() - Date.parse(time));
      return [shortId(commit), ...ofScenario(scenario), time.slice(0, 16).replace('T', ' '), age, code, fingerprint];
    });
    return aligned([['commit', ...ofScenario('scenario'), 'committed', '', 'program', 'measured how'], ...rows]);
  },

  show: async ({ values, positionals }, world) => {
    const configured = await configuredStore(values.config, world, settingsOf(values));
    const bundles: string[] = [];
    for (const key of await keysOf(configured, positionals[0]!)) bundles.push(shown(await open(configured, key)));
    return bundles.join('\n');
  },

  fetch: async ({ values, positionals }, world) => {
    const [commit = '', path = ''] = positionals;
    const directory = resolve(world.cwd, path);
    const there = await readdir(directory).catch(absent(path));
    if (there.length > 0)
      throw new UserError(`${path} is not empty`, { hint: 'name a directory that is not there yet' });
    const configured = await configuredStore(values.config, world, settingsOf(values));
    const keys = await keysOf(configured, commit);
    const scenarios = [...new Set(keys.map(({ scenario }) => scenario))];
    const lines: string[] = [];
    for (const scenario of scenarios) {
      const bundle = await open(configured, keys.find((key) => key.scenario === scenario)!);
      writeBundle(bundle, join(directory, scenario ?? ''));
      const place = scenario === undefined ? path : join(path, scenario);
      lines.push(`${titleOf(bundle.key, plainText)} ${shortId(bundle.key.commit)} is in ${place}\n`);
    }
    return lines.join('');
  },

  prune: async ({ values }, world) => {
    const { config, store } = await configuredStore(values.config, world, settingsOf(values));
    const keep = values.keep === undefined ? config.baseline.keep : Number(values.keep);
    if (!Number.isInteger(keep) || keep < 1)
      throw new UserError(`--keep is a whole number from 1 on, not "${plainText(values.keep ?? '')}"`);
    const removed = await prune(store, config.service.name, keep);
    const lines = removed.map(({ commit }) => `removed ${shortId(commit)}\n`);
    return lines.length === 0 ? `there is nothing to remove from ${store.place}\n` : lines.join('');
  },
};

const shortId = (commit: string) => commit.slice(0, 7);

/** What is kept of the commit that a person means, at least one; the newest in the list first. */
async function keysOf({ repo, config, store }: ConfiguredStore, ref: string): Promise<Key[]> {
  const all = (await store.list(config.service.name)).sort(newestFirst);
  const isId = /^[0-9a-f]{4,64}$/.test(ref);
  const byId = isId ? all.filter(({ commit }) => commit.startsWith(ref)) : [];
  const commits = new Set(byId.map(({ commit }) => commit));
  if (commits.size > 1) {
    throw new UserError(`${ref} is the beginning of ${commits.size} commits that are kept`, {
      hint: [...commits].join(', '),
    });
  }
  if (byId.length > 0) return byId;
  const commit = await findCommit(repo, ref);
  const found = all.filter((key) => key.commit === commit);
  if (found.length > 0) return found;
  const name = commit === undefined ? `"${plainText(ref)}"` : shortId(commit);
  throw new UserError(`nothing of ${config.service.name} is kept under ${name} in ${store.place}`, {
    hint: 'perf-gate baseline list shows what there is',
  });
}

async function open({ store }: ConfiguredStore, key: Key): Promise<Bundle> {
  const bytes = await store.read(key);
  if (bytes !== undefined) return unpackBundle(bytes, key);
  throw new UserError(`${shortId(key.commit)} has just been removed from ${store.place}`);
}

function shown({ key, manifest }: Bundle): string {
  const totals = totalsOf(manifest, manifest).map(({ name, base, unit }) => [
    `  ${labelOf(name)}`,
    formatAmount(base, unit),
  ]);
  const missing = manifest.missing.map(({ instrument, reason }) => [
    `  ${instrument}`,
    `missing: ${plainText(reason)}`,
  ]);
  const fingerprint = Object.entries(manifest.fingerprint).map(([name, value]) => [
    `  ${plainText(name)}`,
    plainText(value),
  ]);
  return [
    `${titleOf(key, plainText)} ${key.commit} (${plainText(manifest.version)})`,
    `measured ${plainText(manifest.measuredAt)} with perf-gate ${plainText(manifest.tool)}`,
    '',
    `per request\n${aligned([...totals, ...missing])}`,
    `how it was measured\n${aligned([['  program', key.code], ...fingerprint])}`,
  ].join('\n');
}

/** Columns of the width that they need. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = widthsOf(rows);
  const line = (row: readonly string[]) => row.map((cell, i) => padded(cell, widths[i]!)).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

const absent = (path: string) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return [];
  throw new UserError(`cannot write to ${path}: ${error.message}`, { cause: error });
};

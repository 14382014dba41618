/** Whose rules judge a commit: its own, or those of its base where it changes them. */
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Note } from '../compare/report.ts';
import { type Config, ON_CONFIG_CHANGE, type OnConfigChange } from '../config/config.ts';
import { type Difference, differencesOf, otherFiles } from '../config/differences.ts';
import { configDirectory, isOutside } from '../config/places.ts';
import { findConfig, readConfig } from '../config/read.ts';
import { withLoadOfBase, withRulesOfBoth } from '../config/rules.ts';
import type { Setting } from '../config/settings.ts';
import type { Checkout } from '../git/checkout.ts';
import type { Repository } from '../git/repository.ts';
import type { OwnBase } from './own-base.ts';
import { judgingPart, type RulesRecord } from './rules-record.ts';
import type { OwnRules } from './under-rules-of-base.ts';

export interface Asked {
  /** The config in charge of the run. */
  readonly head: Config;
  readonly settings: readonly Setting[];
  readonly checkouts: Readonly<Record<'base' | 'head', Checkout>>;
  /** What stands for the service's package in the base, where the commit moves it. */
  readonly basePackage: string | undefined;
  /** By a flag, in place of the one that is found. */
  readonly isNamed: boolean;
  /** The job takes the rules of the commit. */
  readonly accepts: boolean;
  /** Where it has chosen the base by itself. */
  readonly ownBase: OwnBase | undefined;
  /** Paths that differ between the commits. */
  readonly changedPaths: readonly string[];
}

export interface Rules extends Omit<OwnRules, 'rewritten'> {
  /** The head's, with the limits that count and the load that is sent. */
  readonly config: Config;
  /** Of the base's file, where its rules hold besides. */
  readonly base?: RulesRecord['base'];
  /** Where that load is not the head's own. */
  readonly ofBase?: LoadOfBase | undefined;
  /** By other commands than the base's, so that the same code says nothing. */
  readonly isBuiltOtherwise: boolean;
}

export interface LoadOfBase {
  /** Absolute, in the base's checkout: what the paths of its files are relative to. */
  readonly directory: string;
  /** The rules of both with the head's own load, which is sent where the base's cannot be. */
  readonly headsOwn: Config;
}

export async function rulesFor(repo: Repository, asked: Asked): Promise<Rules> {
  const { head, accepts, changedPaths, basePackage, ownBase } = asked;
  const chosen = ownBase === undefined ? [] : [ownBase.difference];
  const leastMode = ownBase === undefined || accepts ? 'note' : ownBase.mode;
  const own = {
    ...{ config: head, mode: leastMode, differences: chosen },
    ...{ dropped: [], notes: [], isBuiltOtherwise: false },
  };
  const base = await configOfBase(repo, asked);
  if (base === undefined) return own;
  if ('code' in base) return { ...own, notes: [base] };
  // A package that is moved is built from where it is, on either side.
  const isMoved = basePackage !== undefined && resolve('/', basePackage) === resolve('/', base.service.package);
  const isOther = basePackage !== undefined && !isMoved;
  const found = [...differencesOf(base, head), ...otherFiles(head, changedPaths)].map((one): Difference => {
    if (one.key === 'service.package' && isMoved) return { ...one, about: 'other' };
    return one.key === 'service.base' && isOther ? { ...one, about: 'build' } : one;
  });
  const differences = [...chosen, ...found.filter(({ key }) => chosen.every((one) => one.key !== key))];
  if (differences.length === 0) return own;
  if (accepts) {
    const text = 'the job accepts the rules of this commit, which are not those of the base (--accept-config)';
    return { ...own, differences, notes: [{ code: 'config-accepted', text }] };
  }
  const mode = stricterMode(base.onConfigChange, leastMode);
  if (mode === 'note') return { ...own, differences };
  const dropped = base.instruments.filter((name) => !head.instruments.includes(name));
  const isBuiltOtherwise = differences.some(({ about }) => about === 'build');
  const judged = {
    ...own,
    ...{ config: withRulesOfBoth(base, head), base: judgingPart(base) },
    ...{ mode, differences, dropped, isBuiltOtherwise },
  };
  if (!differences.some(({ about }) => about === 'load')) return judged;
  const directory = join(asked.checkouts.base.directory, configDirectory(base.fileName));
  return { ...judged, config: withLoadOfBase(base, judged.config), ofBase: { directory, headsOwn: judged.config } };
}

const stricterMode = (a: OnConfigChange, b: OnConfigChange) =>
  ON_CONFIG_CHANGE.indexOf(a) > ON_CONFIG_CHANGE.indexOf(b) ? a : b;

/** Undefined where the config is no part of the repository, but the job's own. */
async function configOfBase(repo: Repository, asked: Asked): Promise<Config | Note | undefined> {
  const { head, settings, checkouts } = asked;
  if (isOutside(head.fileName)) return undefined;
  const { directory } = checkouts.base;
  const missing = { code: 'new-config', text: `the base has no ${head.fileName}: this one judges` };
  try {
    const path = await placeInBase(repo, asked);
    if (path === undefined) return missing;
    const base = await readConfig(path, directory, settings);
    return (await isOfSameService(base, head, checkouts)) ? base : missing;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const said = error.message.replaceAll(`${directory}/`, '');
    return { code: 'base-config-unreadable', text: `the base's config cannot be used, so this one judges: ${said}` };
  }
}

/** The same path; of a config that nobody named, else the one that would have been in charge. */
async function placeInBase(repo: Repository, { head, isNamed, checkouts }: Asked): Promise<string | undefined> {
  const { directory } = checkouts.base;
  const same = join(directory, head.fileName);
  if (await isThere(same)) return same;
  if (isNamed) return undefined;
  let from = join(directory, repo.prefix);
  while (!(await isThere(from))) from = dirname(from);
  return findConfig(from, directory);
}

/**
 * A config that is new beside one of another service has no base. One that takes the place of the base's has: so a
 * commit cannot be rid of the base's rules by moving the file.
 */
async function isOfSameService(base: Config, head: Config, checkouts: Asked['checkouts']): Promise<boolean> {
  const places = [base, head].map(({ fileName, service }) => {
    const directory = configDirectory(fileName);
    return { directory, service: join(service.dir ?? directory, service.package) };
  });
  const [old, own] = places as [(typeof places)[0], (typeof places)[0]];
  if (old.directory === own.directory || old.service === own.service) return true;
  return !(await isThere(join(checkouts.head.directory, base.fileName)));
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** perf-gate top: the table of one profile. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT, UserError } from '../base/errors.ts';
import { listed } from '../base/text.ts';
import { decodeProfile } from '../profile/decode.ts';
import { tableOf } from '../profile/table.ts';
import { renderTop } from '../report/top.ts';
import type { Command } from './list.ts';

const LARGEST_FILE_BYTES = 256_000_000;

export const top: Command<'top'> = async ({ values, positionals }, world) => {
  const { sort } = values;
  const limit = values.limit === undefined ? undefined : Number(values.limit);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new UserError(`--limit is a whole number from 1 on, not "${values.limit}"`);
  const path = resolve(world.cwd, positionals[0]!);
  const about = await stat(path).catch((cause: Error) => {
    throw new UserError(`cannot read ${positionals[0]}: ${cause.message}`, { cause });
  });
  if (!about.isFile()) throw new UserError(`${positionals[0]} is not a file`);
  if (about.size > LARGEST_FILE_BYTES)
    throw new UserError(`${positionals[0]} is larger than ${LARGEST_FILE_BYTES / 1e6} MB`);
  const profile = decodeProfile(await readFile(path), positionals[0]!);
  const type = values.type ?? (profile.defaultSampleType || profile.sampleTypes.at(-1)?.type) ?? '';
  const types = profile.sampleTypes.map((known) => known.type);
  if (values.type !== undefined && !types.includes(values.type)) {
    throw new UserError(`${positionals[0]} has no values of type "${values.type}"`, {
      hint: `--type takes ${listed(types, 'or')}`,
    });
  }
  const table = tableOf(profile, { type });
  world.stdout.write(renderTop(table, { sort, ...(limit === undefined ? {} : { limit }) }));
  return EXIT.pass;
};

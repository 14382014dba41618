/** perf-gate run: the gate, its report on the standard output, the verdict as the exit code. */
import { findJobBase } from '../ci/base.ts';
import { UserError } from '../errors.ts';
import { progressLines } from '../progress.ts';
import { type FormatName, formats } from '../report/formats.ts';
import { listed } from '../report/words.ts';
import { plainText } from '../service/log.ts';
import type { World } from '../world.ts';
import { exitCodeOf } from './exit-code.ts';
import { readFlags } from './flags.ts';
import { gate } from './gate.ts';
import type { Command } from './list.ts';

export const run: Command = async (args, world) => {
  const { values } = readFlags(
    args,
    {
      base: { type: 'string' },
      head: { type: 'string' },
      config: { type: 'string' },
      output: { type: 'string', default: 'perf-gate-out' },
      format: { type: 'string', default: 'text' },
    },
    [],
  );
  const format = formatOf(values.format);
  const { head, config: configFile, output } = values;
  const chosen = values.base === undefined && head === undefined ? await findJobBase(world) : undefined;
  const base = { base: values.base ?? chosen?.commit, baseReason: chosen?.reason };
  const options = { ...base, head, config: configFile, output };
  const { report, config } = await gate(options, world, progressLines(world));
  world.stdout.write(formats[format](report, { color: wantsColor(world) }));
  return exitCodeOf(report, config.onInconclusive);
};

export function formatOf(name: string): FormatName {
  if (Object.hasOwn(formats, name)) return name as FormatName;
  throw new UserError(`--format is ${listed(Object.keys(formats), 'or')}, not "${plainText(name)}"`);
}

/** https://no-color.org, and FORCE_COLOR as most tools read it. */
export function wantsColor({ env, stdout }: World): boolean {
  if (env['NO_COLOR']) return false;
  return env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : stdout.isTerminal;
}

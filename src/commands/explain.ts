/** perf-gate explain: one function of a run, or of a measured side, with all that was measured of it. */
import { join, parse, resolve } from 'node:path';
import { wantsColor } from '../base/color.ts';
import { EXIT, UserError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';
import { differingFunctions, unknownChanges } from '../compare/changed-code.ts';
import { findFunction, type NamedFunction } from '../compare/find-function.ts';
import { inspector } from '../compare/inspect.ts';
import type { LimitsConfig } from '../config/config.ts';
import { findConfig, readConfig } from '../config/read.ts';
import { cleanName } from '../report/clean.ts';
import { renderInspection } from '../report/explain.ts';
import { jsonText } from '../report/json-text.ts';
import { type MeasuredRun, readRun } from '../run/measured-run.ts';
import { configUnder, limitsUnder } from '../run/rules-record.ts';
import { sourceLines } from '../run/source-lines.ts';
import { spendMemory } from '../run/spend-memory.ts';
import type { Command } from './list.ts';

export const explain: Command<'explain'> = async ({ values, positionals }, world) => {
  const { format } = values;
  const limit = Number(values.limit);
  if (!(Number.isInteger(limit) && limit > 0))
    throw new UserError(`--limit is a whole number from 1 on, not "${plainText(values.limit)}"`);
  const [wanted = '', directory = 'perf-gate-out'] = positionals;
  spendMemory();
  const run = readRun(resolve(world.cwd, directory));
  const { limits, unjudged } = await limitsFor(run, values.config, world);
  const asked = inspector({ ...run, changes: changesOf(run), limits, today: world.now().toISOString().slice(0, 10) });
  const inspection = asked.inspect(functionMeant(wanted, asked.functions));
  if (format === 'json') {
    world.stdout.write(jsonText(inspection));
    return EXIT.pass;
  }
  const source = await sourceLines(inspection, world);
  const options = { color: wantsColor(world), limit, source, ...(unjudged !== undefined && { unjudged }) };
  world.stdout.write(renderInspection(inspection, options));
  return EXIT.pass;
};

function changesOf({ base, head, changes }: MeasuredRun) {
  if (base === undefined || head === undefined) return undefined;
  return changes ?? unknownChanges(differingFunctions({ base, head }));
}

/** Those of the config that is in charge here, and of what judged the run; a single side is held against nothing. */
async function limitsFor(
  { base, head, rules }: MeasuredRun,
  explicit: string | undefined,
  { cwd }: World,
): Promise<{ limits: LimitsConfig | undefined; unjudged?: string }> {
  if (base === undefined || head === undefined) return { limits: undefined };
  const path = await findConfig(cwd, parse(cwd).root, explicit);
  if (path === undefined) {
    return { limits: undefined, unjudged: `there is no perf-gate.yml in ${cwd} or above it; name one with --config` };
  }
  const config = configUnder(rules, await readConfig(path));
  const howToName = 'name a config with --config that has one of them alone';
  return { limits: limitsUnder(rules, config, { measured: head.manifest.scenario, howToName }) };
}

const MOST_CANDIDATES = 10;

function functionMeant(wanted: string, functions: readonly NamedFunction[]): NamedFunction {
  const found = findFunction(wanted, functions);
  if (found.kind === 'one') return found.fn;
  const shown = plainText(wanted);
  const { fns } = found;
  const names = fns.slice(0, MOST_CANDIDATES).map(({ key }) => cleanName(key));
  const more = fns.length > names.length ? [`… and ${fns.length - names.length} more`] : [];
  const detail = [...names, ...more].join('\n');
  if (found.kind === 'several') {
    throw new UserError(`"${shown}" may be any of ${fns.length} functions`, {
      hint: `write more of the name${exampleOf(fns[0]!.key)}`,
      detail,
    });
  }
  throw new UserError(`no function that ran is called "${shown}"`, {
    ...(names.length > 0 && { detail }),
    hint:
      names.length > 0
        ? 'is it one of these? A function that the compiler inlined everywhere or that no request reached is not there'
        : `perf-gate top ${join('perf-gate-out', 'head', 'instructions.pb.gz')} lists those that ran`,
  });
}

/** `: perf-gate explain 'api.(*server).find'`; nothing where the name needs more than quotes in a shell. */
function exampleOf(key: string): string {
  const short = key.slice(key.lastIndexOf('/') + 1);
  return /^[\w.*()[\]-]+$/.test(short) ? `: perf-gate explain '${short}'` : '';
}

/** The report of one scenario of a run: what was found, and what the run was of. Pure. */
import type { Secrets } from '../base/redact.ts';
import { VERSION } from '../base/version.ts';
import { REPORT_SCHEMA, type Report } from '../compare/report.ts';
import { type Setting, shownSetting } from '../config/settings.ts';
import type { Side, Sides } from '../git/sides.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A report before anything was measured. */
const NOTHING: Pick<
  Report,
  'totals' | 'causes' | 'moved' | 'unchanged' | 'noisy' | 'notes' | 'missing' | 'sensitivity'
> = { totals: [], causes: [], moved: [], unchanged: [], noisy: [], notes: [], missing: [], sensitivity: [] };

/** What a person has chosen, as far as it is needed to do it again. */
export interface Asked {
  readonly head: string | undefined;
  readonly config: string | undefined;
  readonly settings?: readonly Setting[];
  readonly acceptConfig?: boolean;
  readonly isQuick?: boolean;
}

export interface About extends Pick<Report, 'service' | 'scenario' | 'directory'> {
  readonly sides: Pick<Sides, 'base' | 'head' | 'baseReason'>;
  readonly asked: Asked;
}

/** Cleaned of what nobody may be told. */
export function reportOf(
  outcome: Partial<Report> & Pick<Report, 'verdict' | 'isSameCode' | 'durationMs'>,
  { service, scenario, directory, sides: { base, head, baseReason }, asked }: About,
  secrets: Secrets,
): Report {
  const report: Report = {
    ...NOTHING,
    schema: REPORT_SCHEMA,
    tool: VERSION,
    service,
    scenario,
    base: reported(base),
    head: reported(head),
    baseReason,
    baselineSource: undefined,
    reproduce: reproduce(asked, base, scenario),
    directory,
    ...outcome,
  };
  return withoutSecrets(report, secrets);
}

const reported = ({ commit, version, isDirty }: Side) => ({ commit, version, isDirty });

function reproduce(asked: Asked, base: Side, scenario: string | undefined): string {
  const { head, config, isQuick = false, acceptConfig = false, settings = [] } = asked;
  const flags = Object.entries({ head, config, scenario }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const flagged = [...(isQuick ? ['--quick'] : []), ...(acceptConfig ? ['--accept-config'] : [])];
  return ['npx perf-gate run', ...flagged, '--base', base.shortCommit, ...flags, ...settings.map(shownSetting)].join(
    ' ',
  );
}

/** What may be shown to anybody who may see the job. Pure. */
import type { Secrets } from '../base/redact.ts';
import type { Report } from '../compare/report.ts';
import type { RulesRecord } from './rules-record.ts';

/** What stands for something of the program: a name, never a secret, and a figure would be another without a part of it. */
const NAMES: ReadonlySet<string> = new Set([
  ...['function', 'functions', 'file', 'module', 'service', 'scenario', 'commit', 'version', 'schema', 'tool', 'kind'],
  ...['metric', 'name', 'unit', 'status', 'verdict', 'instrument', 'instruments', 'code', 'counts', 'key', 'level'],
]);

/** What is kept of the rules of a run. */
type Told = Pick<RulesRecord, 'whyNotBase' | 'differences' | 'notes'>;

/** A report, or a part of one, with all sentences and commands in it cleaned; names and figures stay as they are. */
export function withoutSecrets<Part extends Partial<Report> | Told>(report: Part, { clean }: Secrets): Part {
  const cleaned = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(cleaned);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, one]) => [key, NAMES.has(key) ? one : cleaned(one)]);
    return Object.fromEntries(entries);
  };
  return cleaned(report) as Part;
}

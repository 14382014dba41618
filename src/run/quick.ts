/**
 * What a quick look leaves out. It keeps what a red must have: the same limits, exact counts of both sides taken twice, so
 * that their noise is known, and the call paths, so that a function is named. It gives up what only makes figures finer.
 */

import { UserError } from '../base/errors.ts';
import { listed } from '../base/text.ts';
import type { Config, LoadConfig } from '../config/config.ts';
import { type Bench, wholeDecks } from '../measure/bench.ts';

/** Figures per request hardly depend on how many are counted; what of them does shows in the two counts. */
const REQUESTS = 50;
const WARMUP = 30;

/** The config of a quick look; nothing is stored under the figures of so few requests, so the store is not asked. */
export function quickConfig(config: Config): Config {
  const isLimited = config.scenarios
    .concat([{ name: '', load: config.load, limits: config.limits }])
    .some(({ limits: { metrics } }) => metrics['io-calls'].total !== 'off' || metrics['io-bytes'].total !== 'off');
  const instruments = config.instruments.filter((name) => name !== 'cpu' && (name !== 'io' || isLimited));
  if (instruments.length === 0) {
    throw new UserError(
      `--quick measures no ${listed(config.instruments, 'and no')}, and ${config.fileName} names nothing else`,
      {
        hint: 'leave --quick out, or name more with --instruments instructions,allocs',
      },
    );
  }
  const fewer = (load: LoadConfig) => ({
    ...load,
    count: Math.min(load.count, REQUESTS),
    warmup: Math.min(load.warmup, WARMUP),
  });
  return {
    ...config,
    instruments,
    load: fewer(config.load),
    scenarios: config.scenarios.map((scenario) => ({ ...scenario, load: fewer(scenario.load) })),
    baseline: { ...config.baseline, store: undefined },
  };
}

/** The bench of a quick look; what it did not measure is told with its figures. */
export function quickBench(bench: Bench, asked: Config): Bench {
  const { instruments, load } = bench.config;
  const leftOut = asked.instruments.filter((name) => !instruments.includes(name));
  const notMeasured = leftOut.length === 0 ? '' : `, without ${listed(leftOut, 'and')}`;
  const text = `a quick look: ${wholeDecks(bench, load.count)} requests were counted${notMeasured}; perf-gate run measures everything`;
  return { ...bench, isQuick: true, warnings: [...bench.warnings, { code: 'quick', text }] };
}

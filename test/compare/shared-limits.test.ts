import { expect, test } from '@jest/globals';
import { patternsOfOthers, withoutRulesOfOthers } from '../../src/compare/shared-limits.ts';
import { parseConfig } from '../../src/config/parse.ts';

const rules = (name: string) => `functions: [{ match: ${name}.*, bytes: +1% }], ignore: [${name}.*], waivers: [
  { function: ${name}.*, metric: bytes, up-to: +9%, until: 2026-12-31, reason: known }]`;
const config = parseConfig(
  `service: { package: . }
limits: { ${rules('pricing')} }
scenarios: { buy: { requests: [GET /], limits: { ${rules('cart')} } } }`,
  'perf-gate.yml',
);
const shared = config.limits;
const { limits } = config.scenarios[0]!;

const kept = (here: string[], elsewhere: string[]) => {
  const patterns = patternsOfOthers(shared, here, elsewhere);
  const { functions, ignore, waivers, metrics } = withoutRulesOfOthers(limits, shared, patterns);
  expect(metrics).toBe(limits.metrics);
  const lists = [
    functions.map(({ match }) => match),
    ignore.map(({ match }) => match),
    waivers.map((one) => one.function),
  ];
  expect(lists[1]).toEqual(lists[0]);
  expect(lists[2]).toEqual(lists[0]);
  return lists[0];
};

test('a shared rule that fits a function here stays', () => {
  expect(kept(['pricing.Sum', 'cart.Add'], ['pricing.Sum'])).toEqual(['pricing.*', 'cart.*']);
});

test('a shared rule that fits one of another scenario alone is none of the business of this one', () => {
  expect(kept(['cart.Add'], ['main.serve', 'pricing.Sum'])).toEqual(['cart.*']);
});

test('a shared rule that fits nothing anywhere stays, to be told', () => {
  expect(kept(['cart.Add'], ['main.serve'])).toEqual(['pricing.*', 'cart.*']);
});

test('a rule of its own has to fit a function of this scenario, whatever others run', () => {
  expect(kept(['pricing.Sum'], ['cart.Add'])).toEqual(['pricing.*', 'cart.*']);
});

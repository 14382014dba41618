/** The line that a reader may type is built from a closed list, whatever a report has in its place. */
import { describe, expect, test } from '@jest/globals';
import { safeReproduce } from '../../src/report/reproduce.ts';
import { fail } from './reports.ts';

const of = (reproduce: string) => safeReproduce({ ...fail, reproduce });

describe('the command that repeats a comparison', () => {
  test.each([
    'npx perf-gate run --base 88d0e14',
    'npx perf-gate run --quick --base 88d0e14 --head HEAD~1 --config services/orders/perf-gate.yml --scenario search',
  ])('is kept as it is: %s', (line) => expect(of(line)).toBe(line));

  test.each([
    ['npx perf-gate run --base 88d0e14 --set baseline.store=exec --set baseline.command=/tmp/x', '--base 88d0e14'],
    ['npx perf-gate run --setup=x --base --set --head --upload-pack=x', ''],
    ['npx perf-gate run --base 88d0e14 --config ../../tmp/evil.yml', '--base 88d0e14'],
    ['npx perf-gate run --base 88d0e14 --config /tmp/evil.yml', '--base 88d0e14'],
    ['npx perf-gate run --base 88d0e14 --config evil.sh --scenario -x --output /etc', '--base 88d0e14'],
    ['npx perf-gate compare a/base b/head --set service.setup=x', '--base 88d0e14'],
    ['npx perf-gate init --force --setup x', '--base 88d0e14'],
    ['npx perf-gate', '--base 88d0e14'],
  ])('has nothing else of %j', (line, flags) => {
    expect(of(line)).toBe(`npx perf-gate run ${flags}`.trim());
  });
});

/** What must not be told goes out through no door, wherever it came from. */
import { afterAll, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { Secrets } from '../../src/base/redact.ts';
import { annotationsOfFailure } from '../../src/publish/annotations.ts';
import { documentOfFailure } from '../../src/publish/document.ts';
import { formats } from '../../src/report/formats.ts';
import { withoutSecrets } from '../../src/run/without-secrets.ts';
import { Bench, making, QUICK } from '../commands/mistake.ts';
import { fail } from '../report/reports.ts';

const bench = new Bench();
afterAll(() => bench.remove());

test('a service that says all it knows: progress, commands, the last lines of its log, its answer', async () => {
  const secrets = {
    environment: 'of-environment-1',
    header: 'of-a-header-2',
    service: 'of-the-service-3',
    build: 'of-the-build-4',
    url: 'of-a-url-5',
    flag: 'of-a-flag-6',
  };
  const config = making(
    'says all it knows',
    QUICK.replace('GET /price', '{ path: /price, headers: { x-caller: "{env:CALLER}" } }'),
  )
    .replace(
      '  ready:',
      `  env: { DB_PASSWORD: ${secrets.service}, DSN: "postgres://ann:${secrets.url}@db/shop" }\n  ready:`,
    )
    .replace('  ready:', `  build: { env: { REGISTRY_TOKEN: ${secrets.build} } }\n  ready:`)
    .replace('{port}"]', `{port}", "--", "-api-key=${secrets.flag}"]`);
  const env = { SHOP_TOKEN: secrets.environment, CALLER: secrets.header };
  const { code, said, progress, out } = await bench.attempt(['--verbose'], { config, env });
  expect(said).toContain('answered 500');
  expect(`${progress}${said}`).toContain('***');
  for (const secret of Object.values(secrets)) expect(`${progress}${said}${out}`).not.toContain(secret);
  expect(code).toBe(3);
});

test('a report, in every format: its sentences and its commands, and nothing else', () => {
  const secrets = new Secrets({ SHOP_TOKEN: 'orders-token' });
  const told = 'it said orders-token at https://ann:pw@host';
  const report = {
    ...fail,
    service: 'orders-token',
    reproduce: 'npx perf-gate run --set service.env.X=orders-token',
    notes: [{ code: 'other' as const, text: told }],
    missing: [{ instrument: 'io' as const, reason: told, hint: told }],
  };
  const clean = withoutSecrets(report, secrets);
  expect(clean.totals).toEqual(report.totals);
  expect(clean.causes).toEqual(report.causes);
  expect(clean.service).toBe('orders-token'); // a name of the program
  for (const render of [formats.text, formats.markdown, formats.json, formats.junit]) {
    const rendered = render({ ...clean, service: 'orders' });
    expect(rendered).not.toContain('orders-token');
    expect(rendered).not.toContain('ann:pw');
  }
});

test('an error, as a comment and as annotations', () => {
  const secrets = new Secrets();
  secrets.add('abc-123');
  const error = new MeasurementError('no abc-123', { hint: 'ask abc-123 at https://ann:pw@host' });
  const shown = [
    documentOfFailure('orders', error, undefined, secrets).render(65_536),
    JSON.stringify(annotationsOfFailure(error, () => undefined, secrets)),
  ].join('\n');
  expect(shown).not.toMatch(/abc-123|ann:pw/);
});

/** What a person is told of a config. */
import { parseConfig } from '../../src/config/parse.ts';
import { ConfigError } from '../../src/config/problem.ts';

/** The lines of the error, without the file's name; none where the config is good. */
export function problemsOf(text: string): string[] {
  try {
    parseConfig(text, 'perf-gate.yml');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return (error.detail ?? error.message).split('\n').map((line) => line.replace(/^perf-gate\.yml:/, ''));
  }
}

/** A config that is good, with some of its lines left to the test. */
export function config(parts: { service?: string; load?: string; rest?: string } = {}): string {
  return [
    'service:',
    '  package: ./cmd/orders',
    ...indented(parts.service),
    'load:',
    ...(parts.load?.includes('requests:') === true ? [] : ['  requests: [GET /]']),
    ...indented(parts.load),
    parts.rest ?? '',
  ].join('\n');
}

function indented(lines = ''): string[] {
  return lines === '' ? [] : lines.split('\n').map((line) => `  ${line}`);
}

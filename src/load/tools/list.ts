/** The load tools that are known, and which of them a command calls. */
import type { LoadToolName } from '../../config/config.ts';
import { autocannon } from './autocannon.ts';
import { ghz } from './ghz.ts';
import { hey } from './hey.ts';
import { json } from './json.ts';
import { k6 } from './k6.ts';
import { oha } from './oha.ts';
import type { LoadTool } from './tool.ts';
import { vegeta } from './vegeta.ts';
import { wrk } from './wrk.ts';

export const TOOLS: Readonly<Record<LoadToolName, LoadTool>> = { k6, hey, wrk, oha, ghz, autocannon, vegeta, json };

export interface Call {
  readonly tool: LoadTool;
  /** The words of the command up to the tool's name, `npx autocannon`; undefined: it is not called by name. */
  readonly program: string | undefined;
}

/** What may stand before a program's name in a simple command. */
const BEFORE = /^(\w+=\S*|npx|exec|env|nice|time|command|-[\w-]+|\d+)$/;

/** The first of the tools that a shell command calls, or the one that it is said to be; `json` where there is none. */
export function toolIn(command: string, named: LoadToolName | undefined): Call {
  for (const simple of command.split(/\|\|?|&&?|;|\n/)) {
    const words = simple.trim().split(/\s+/);
    const at = words.findIndex((word) => !BEFORE.test(word));
    const name =
      words[at]
        ?.replace(/^["']|["']$/g, '')
        .split('/')
        .at(-1) ?? '';
    if (!isTool(name) || name === 'json' || (named !== undefined && name !== named)) continue;
    return { tool: TOOLS[name], program: words.slice(0, at + 1).join(' ') };
  }
  return { tool: TOOLS[named ?? 'json'], program: undefined };
}

const isTool = (name: string): name is LoadToolName => Object.hasOwn(TOOLS, name);

/**
 * The forms that text in the config may have: for each, what it is called in a sentence and what is wrong with a given
 * text. The schema names them as `format`; the sentences come from the parsers themselves, so both cannot disagree.
 */
import { UserError } from '../base/errors.ts';
import { CAPTURE_NAME, parseJsonPath } from './capture.ts';
import { durationForNumber, parseDuration } from './duration.ts';
import { limitForNumber, parseLimit, parseShare } from './limit.ts';
import { misspeltIn, PLACEHOLDERS, placeholdersIn } from './placeholders.ts';
import { parsePath, parseRequestLine, parseStepLine, parseStepPath } from './request-line.ts';
import { SCENARIO_PATTERN } from './scenarios.ts';
import { secretsIn } from './secrets.ts';
import { quoted } from './show.ts';

export interface Fault {
  readonly message: string;
  readonly hint?: string | undefined;
}

export interface Format {
  /** "must be …". */
  readonly noun: string;
  /** What is wrong with the text, or undefined where nothing is. */
  fault(text: string): Fault | undefined;
  /** What to write where a plain number stands instead. */
  forNumber?(value: number): string;
}

/** Set by the load generator itself, or meaningless in a request of one body. */
const OWN_HEADERS = [
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const LIMIT: Format = { noun: 'a limit such as "+2%"', fault: faultOf(parseLimit), forNumber: limitForNumber };

const TABLE = {
  limit: LIMIT,
  'limit-or-off': {
    noun: 'a limit such as "+2%", or off',
    fault: (text) => (text === 'off' ? undefined : (misspeltOff(text) ?? LIMIT.fault(text))),
    forNumber: limitForNumber,
  },
  off: {
    noun: 'off',
    fault: (text) =>
      text === 'off'
        ? undefined
        : (misspeltOff(text) ?? {
            message: `${quoted(text)} does not say what it is a limit of`,
            hint: 'write { total: "+2%" }, or off for no limit',
          }),
    forNumber: () => 'write { total: "+2%" }, or off for no limit',
  },
  share: {
    noun: 'a share such as "0.1%"',
    fault: faultOf(parseShare),
    forNumber: () => 'write a share such as "1%"',
  },
  floor: { noun: 'a share such as "0.1%"', fault: faultOf(parseShare) },
  duration: { noun: 'a duration such as "30s"', fault: faultOf(parseDuration), forNumber: durationForNumber },
  date: { noun: 'a date such as "2026-12-31"', fault: faultOfDate },
  glob: { noun: 'a pattern such as "example.com/shop/*"', fault: faultOfGlob },
  'narrow-glob': {
    noun: 'a pattern such as "example.com/shop/debug.*"',
    fault: (text) =>
      /^\*+$/.test(text)
        ? {
            message: `${quoted(text)} would ignore every function`,
            hint: 'name the functions, or set the limits to off',
          }
        : faultOfGlob(text),
  },
  text: { noun: 'text', fault: (text) => (text.trim() === '' ? { message: 'there is nothing in it' } : undefined) },
  'request-line': { noun: 'a request such as "GET /path"', fault: faultOf(parseRequestLine) },
  'step-line': { noun: 'a request such as "GET /orders/{id}"', fault: faultOf(parseStepLine) },
  path: { noun: 'a path such as "/orders?limit=40"', fault: faultOf(parsePath) },
  'step-path': { noun: 'a path such as "/orders/{id}"', fault: faultOf(parseStepPath) },
  'header-name': { noun: 'the name of a header', fault: faultOfHeaderName },
  'answer-header': { noun: 'the name of a header', fault: faultOfToken },
  'header-value': { noun: 'text', fault: (text) => oneLine('a header')(text) ?? faultOf(secretsIn)(text) },
  'basic-auth': {
    noun: 'a user and a password such as "admin:{env:PASSWORD}"',
    fault: (text) =>
      text.replaceAll(/\{env:[^{}]*\}/g, '').includes(':') || /^\{env:[^{}]*\}$/.test(text)
        ? (oneLine('it')(text) ?? faultOf(secretsIn)(text))
        : { message: 'there is no ":" between user and password', hint: 'write "user:{env:PASSWORD}"' },
  },
  'json-path': { noun: 'a place in JSON such as "$.order.id"', fault: faultOf(parseJsonPath) },
  'json-place': {
    noun: 'a place in JSON such as "$.errors"',
    fault: (text) => {
      const found = faultOf(parseJsonPath)(text);
      return found && { ...found, hint: 'write $.errors or $.items[0].id' };
    },
  },
  'regular-expression': { noun: 'a regular expression', fault: faultOfPattern },
  'capture-name': {
    noun: 'a name such as "id"',
    fault: (text) =>
      CAPTURE_NAME.test(text)
        ? undefined
        : { message: `${quoted(text)} cannot be a name`, hint: 'use letters, digits and "_", a letter first' },
  },
  'host-name': {
    noun: 'the name of a host such as "shop.internal"',
    fault: (text) =>
      /^(?!-)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*$/.test(text)
        ? undefined
        : { message: `${quoted(text)} cannot be the name of a host` },
  },
  'env-name': {
    noun: 'the name of an environment variable',
    fault: (text) =>
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && text !== '__proto__'
        ? undefined
        : { message: `${quoted(text)} cannot be the name of an environment variable` },
  },
  'env-value': { noun: 'text', fault: faultOfText },
  'go-variable': {
    noun: 'a Go variable such as main.version',
    fault: (text) =>
      /^[^\s='"]+\.[\p{L}_][\p{L}\p{N}_]*$/u.test(text)
        ? undefined
        : { message: `${quoted(text)} is not a Go variable`, hint: 'write package and name: main.version' },
  },
  'go-package': { noun: 'a package such as "./cmd/orders"', fault: faultOfPackage },
  directory: { noun: 'a directory such as "services/orders"', fault: faultOfPathInside },
  file: { noun: 'a file such as "testdata/order.json"', fault: faultOfPathInside },
  branch: {
    noun: 'the name of a branch',
    // The rules of git-check-ref-format(1).
    fault: (text) =>
      /^(?![-/.])(?!.*(\.\.|\/\/|\/\.|@\{|\.lock(\/|$)))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u.test(text) && text !== '@'
        ? undefined
        : { message: `${quoted(text)} cannot be the name of a branch` },
  },
  remote: {
    noun: 'a remote such as "origin"',
    fault: (text) =>
      text === '' || text.startsWith('-') || /[\s\p{Cc}]/u.test(text)
        ? { message: `${quoted(text)} is neither a remote nor a URL` }
        : undefined,
  },
  bucket: {
    noun: 'the name of a bucket',
    fault: (text) =>
      /^[A-Za-z0-9](?!.*\.\.)[A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(text)
        ? undefined
        : { message: `${quoted(text)} cannot be the name of a bucket` },
  },
  'object-prefix': {
    noun: 'a prefix such as "perf-gate"',
    fault: (text) =>
      /^(?!.*(^|\/)\.{1,2}(\/|$))(?!.*\/\/)([A-Za-z0-9._-][A-Za-z0-9._/-]{0,400})?$/.test(text)
        ? undefined
        : {
            message: `${quoted(text)} cannot begin the names of objects`,
            hint: 'use letters, digits, ".", "-", "_" and "/" between them',
          },
  },
  region: {
    noun: 'a region such as "eu-central-1"',
    fault: (text) =>
      /^[A-Za-z0-9-]{1,50}$/.test(text) ? undefined : { message: `${quoted(text)} cannot be the name of a region` },
  },
  'http-url': { noun: 'a URL such as "https://storage.example.com"', fault: faultOfHttpUrl },
  'service-name': {
    noun: 'a name such as "orders"',
    fault: (text) =>
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text)
        ? undefined
        : {
            message: `${quoted(text)} cannot be a name`,
            hint: 'use letters, digits, ".", "-" and "_", a letter or digit first',
          },
  },
  'scenario-name': { noun: 'a name such as "checkout"', fault: faultOfScenarioName },
  'build-flag': { noun: 'a flag of go build', fault: faultOfBuildFlag },
  'build-tag': {
    noun: 'a build tag',
    fault: (text) =>
      /^[\p{L}\p{N}_.]+$/u.test(text)
        ? undefined
        : {
            message: `${quoted(text)} is not a build tag`,
            hint: /[\s,]/.test(text) ? 'write each tag as an entry of its own' : undefined,
          },
  },
  'build-command': { noun: 'a shell command', fault: faultOfBuildCommand },
  'inject-template': { noun: 'text', fault: faultOfTemplate(PLACEHOLDERS.inject) },
  'run-template': { noun: 'text', fault: faultOfTemplate(PLACEHOLDERS.run) },
  'service-file': { noun: 'a file such as "config/app.yaml"', fault: faultOfServiceFile },
  'file-template': { noun: 'the text of a file', fault: faultOfFileTemplate },
  'load-command': { noun: 'a shell command', fault: faultOfLoadCommand },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof TABLE;

export const FORMATS: Readonly<Record<FormatName, Format>> = TABLE;

/** What a parser complains of; anything but a UserError is a bug of ours and goes on its way. */
function faultOf(parse: (text: string) => unknown): Format['fault'] {
  return (text) => {
    try {
      parse(text);
      return undefined;
    } catch (error) {
      if (error instanceof UserError) return { message: error.message, hint: error.hint };
      throw error;
    }
  };
}

/** What people write who mean off. */
function misspeltOff(text: string): Fault | undefined {
  if (!/^(off|no|none|never|false|disabled?)$/i.test(text)) return undefined;
  return { message: `${quoted(text)} is not a limit`, hint: 'write off for no limit' };
}

function faultOfTemplate(legal: readonly string[]): Format['fault'] {
  return (text) => faultOfText(text) ?? faultOf((template) => placeholdersIn(template, legal))(text);
}

function faultOfBuildCommand(text: string): Fault | undefined {
  if (text.trim() === '') return { message: 'there is nothing in it' };
  return faultOf((command) => {
    if (placeholdersIn(command, PLACEHOLDERS.build).includes('output')) return;
    throw new UserError('the build command does not say {output}, so the program would not be found', {
      hint: 'write {output} where the command takes the name of the program to write',
    });
  })(text);
}

function faultOfLoadCommand(text: string): Fault | undefined {
  if (text.trim() === '') return { message: 'there is nothing in it' };
  const found = faultOfText(text);
  if (found !== undefined) return found;
  return faultOf((command) => {
    const known = placeholdersIn(command, PLACEHOLDERS.load);
    if (!['url', 'port', 'socket'].some((name) => known.includes(name))) {
      throw new UserError('the command says neither {url} nor {port}, so it could not find the service', {
        hint: 'write {url} where the command takes the address, as in {url}/orders',
      });
    }
    const [byRequests, bySeconds] = [known.includes('requests'), known.includes('seconds')];
    if (byRequests && bySeconds) {
      throw new UserError('the command says both {requests} and {seconds}, and only one of them can end it', {
        hint: 'keep {requests} where the tool takes a number of requests',
      });
    }
    if (byRequests || bySeconds) return;
    throw new UserError('the command says neither {requests} nor {seconds}, so its load could not be told', {
      hint: 'write {requests} where the command takes how many to send, as in -n {requests}',
    });
  })(text);
}

function faultOfBuildFlag(text: string): Fault | undefined {
  const own = /^--?(o|C|ldflags|tags)(=|$)/.exec(text)?.[1];
  if (own === 'o' || own === 'C')
    return { message: `the flag ${quoted(text)} is set by perf-gate itself`, hint: 'leave it out' };
  if (own !== undefined)
    return { message: `the flag ${quoted(text)} has a key of its own`, hint: `write service.build.${own}` };
  return FORMATS.text.fault(text) ?? faultOfText(text);
}

function faultOfDate(text: string): Fault | undefined {
  const hint = 'write it as "2026-12-31"';
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return { message: `${quoted(text)} is not a date`, hint };
  const date = new Date(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return isReal ? undefined : { message: `there is no day ${text}`, hint };
}

function faultOfGlob(text: string): Fault | undefined {
  if (text.trim() === '') return { message: 'an empty pattern matches nothing' };
  if (text !== text.trim())
    return { message: `the pattern ${quoted(text)} begins or ends with a space, which no function has` };
  return oneLine('the pattern')(text);
}

function faultOfHeaderName(text: string): Fault | undefined {
  if (OWN_HEADERS.includes(text.toLowerCase()))
    return { message: `the header ${text} is set by perf-gate itself`, hint: 'leave it out' };
  return faultOfToken(text);
}

/** RFC 9110, section 5.6.2. */
function faultOfToken(text: string): Fault | undefined {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text) && text !== '__proto__') return undefined;
  return { message: `${quoted(text)} cannot be the name of a header` };
}

function faultOfPackage(text: string): Fault | undefined {
  const message = `${quoted(text)} is not a package directory`;
  if (text.includes('...'))
    return { message: `${quoted(text)} is more than one package`, hint: 'name the main package alone' };
  if (text.includes('\\')) return { message, hint: `write ${quoted(text.replaceAll('\\', '/'))}` };
  if (text.endsWith('.go')) return { message, hint: 'name the directory, not a file' };
  if (text.startsWith('/')) return { message, hint: 'it is relative to service.dir, such as "./cmd/orders"' };
  if (!/^\.\.?(\/|$)/.test(text))
    return { message, hint: text === '' ? 'write "." or "./cmd/orders"' : `write ${quoted(`./${text}`)}` };
  return oneLine('the package')(text);
}

/** A path that stays in the repository. */
function faultOfPathInside(text: string): Fault | undefined {
  if (text.trim() === '') return { message: 'there is nothing in it', hint: 'write "." for the directory itself' };
  if (text.includes('\\'))
    return { message: `${quoted(text)} has a backslash`, hint: `write ${quoted(text.replaceAll('\\', '/'))}` };
  if (/^(\/|~|[A-Za-z]:)/.test(text))
    return {
      message: `${quoted(text)} is not relative`,
      hint: 'both commits are checked out elsewhere: write a relative path',
    };
  let depth = 0;
  for (const part of text.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return { message: `${quoted(text)} leads out of the repository` };
  }
  return oneLine('the path')(text);
}

/** It is written, so it stays in the directory of the service. */
function faultOfServiceFile(text: string): Fault | undefined {
  if (text.split('/').some((part) => part === '..' || part === '.git'))
    return { message: `${quoted(text)} is no place for a file of the service`, hint: 'write a path in service.dir' };
  if (/(^|\/)\.?$/.test(text)) return { message: `${quoted(text)} is not a file`, hint: 'such as "config/app.yaml"' };
  return misspelt(text, PLACEHOLDERS.path) ?? faultOfPathInside(text);
}

function faultOfFileTemplate(text: string): Fault | undefined {
  return misspelt(text, PLACEHOLDERS.run) ?? faultOfText(text);
}

function misspelt(text: string, legal: readonly string[]): Fault | undefined {
  const wrong = misspeltIn(text, legal);
  return wrong && { message: `unknown placeholder ${quoted(wrong.written)}`, hint: `did you mean ${wrong.meant}?` };
}

function faultOfPattern(text: string): Fault | undefined {
  try {
    new RegExp(text, 'u');
    return text === '' ? { message: 'an empty pattern matches nothing' } : undefined;
  } catch (error) {
    return { message: `${quoted(text)} is not a regular expression: ${(error as Error).message}` };
  }
}

/** Without what would end up in every log: a password. */
function faultOfHttpUrl(text: string): Fault | undefined {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return { message: `${quoted(text)} is not an http or https URL` };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { message: 'the URL has a user or a password in it' };
  if (url.search !== '' || url.hash !== '') return { message: `${quoted(text)} has more than a host and a path` };
  return undefined;
}

function oneLine(subject: string): Format['fault'] {
  return (text) => (/[\r\n]/.test(text) ? { message: `${subject} must stay on one line` } : faultOfText(text));
}

function faultOfScenarioName(text: string): Fault | undefined {
  const message = `${quoted(text)} cannot be the name of a scenario`;
  if (/^(base|head)$/i.test(text)) return { message, hint: 'a side of the comparison is called that' };
  if (new RegExp(`^${SCENARIO_PATTERN}$`).test(text)) return undefined;
  return { message, hint: 'use at most 60 letters, digits, "-" and "_", a letter or digit first' };
}

/** What no process and no header can be given. */
function faultOfText(text: string): Fault | undefined {
  return text.includes('\0') ? { message: `${quoted(text)} has a zero byte` } : undefined;
}

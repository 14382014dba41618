/** Whether an answer with the right status is the right answer: what the config expects of it, and what its protocol says. */
import { parseJsonPath } from '../config/capture.ts';
import type { AnswerConfig, JsonExpectation } from '../config/config.ts';
import { type Fields, jsonIn, type Response, valueAt } from './capture.ts';
import { type GrpcKind, grpcKindOf, type Wrong, wrongCallOf } from './grpc.ts';
import { search } from './search.ts';

/** What an answer must be besides its status. */
export interface AnswerCheck {
  /** Whether there is anything to check in an answer with these headers. */
  applies(headers: Fields): boolean;
  /** Whether the body is looked into. */
  needsBody(headers: Fields): boolean;
  /** Undefined: it is as it should be. */
  wrongIn(response: Response): Wrong | undefined;
}

/** The check of what is expected of the answer to a request with this content type. */
export function answerCheckOf(expected: AnswerConfig, contentType: string | undefined): AnswerCheck {
  const ofHeaders = headerCheckOf(expected);
  const ofBody = bodyCheckOf(expected);
  const asked = grpcKindOf(contentType);
  const kindOf = ({ 'content-type': type }: Fields): GrpcKind | undefined =>
    grpcKindOf(typeof type === 'object' ? type[0] : type) ?? asked;
  return {
    applies: (headers) => ofHeaders !== undefined || ofBody !== undefined || kindOf(headers) !== undefined,
    needsBody(headers) {
      const kind = kindOf(headers);
      return ofBody !== undefined || kind === 'web' || kind === 'text';
    },
    wrongIn(response) {
      const kind = kindOf(response.headers);
      const call = kind === undefined ? undefined : wrongCallOf(response, kind, expected.grpc ?? 'OK');
      if (call !== undefined) return call;
      const what = ofHeaders?.(response) ?? ofBody?.(response);
      return what === undefined ? undefined : { what };
    },
  };
}

type Check = (response: Response) => string | undefined;

function headerCheckOf({ headers: expected }: AnswerConfig): Check | undefined {
  const entries = Object.entries(expected);
  if (entries.length === 0) return undefined;
  return ({ headers }) => {
    for (const [name, wanted] of entries) {
      const value = Object.hasOwn(headers, name) ? [headers[name] ?? []].flat().join(', ') : undefined;
      if (value === undefined) {
        if (wanted === 'absent') continue;
        return `it has no header ${name}${wanted === 'exists' ? '' : `, expected ${shown(wanted)}`}`;
      }
      if (wanted === 'exists' || (wanted !== 'absent' && value.includes(wanted))) continue;
      return `its header ${name} is ${shown(value)}, expected ${wanted === 'absent' ? 'none' : shown(wanted)}`;
    }
    return undefined;
  };
}

function bodyCheckOf({ contains, regex, json }: AnswerConfig): Check | undefined {
  const checks: Check[] = [];
  if (contains !== undefined) {
    const wanted = Buffer.from(contains);
    checks.push(({ body }) => (body.includes(wanted) ? undefined : `its body does not have ${shown(contains)}`));
  }
  if (regex !== undefined) {
    const pattern = new RegExp(regex, 'u');
    checks.push(({ body }) => {
      const found = search(pattern, body.toString('utf8'));
      return typeof found === 'string' ? found : found === null ? `its body does not match ${shown(regex)}` : undefined;
    });
  }
  if (json.length > 0) checks.push(jsonCheckOf(json));
  if (checks.length === 0) return undefined;
  // Most answers are the same again, and comparing bytes is far cheaper than a look into them.
  let right: Buffer | undefined;
  return (response) => {
    if (right?.equals(response.body)) return undefined;
    for (const check of checks) {
      const wrong = check(response);
      if (wrong !== undefined) return wrong;
    }
    right = response.body;
    return undefined;
  };
}

function jsonCheckOf(expected: readonly JsonExpectation[]): Check {
  const places = expected.map((one) => ({ ...one, steps: parseJsonPath(one.path) }));
  return ({ body }) => {
    const document = jsonIn(body);
    if (document === undefined) return 'it is not JSON';
    for (const { path, steps, is, value: wanted } of places) {
      const found = valueAt(document.value, steps);
      if (found === undefined) {
        if (is === 'absent') continue;
        return `it has no ${path}${is === 'there' ? '' : `, expected ${shown(wanted)}`}`;
      }
      if (is === 'there' || (is === 'equal' && found.value === wanted)) continue;
      return `${path} is ${shown(found.value)}, expected ${is === 'absent' ? 'nothing there' : shown(wanted)}`;
    }
    return undefined;
  };
}

const LONGEST_SHOWN = 100;

/** As JSON, its beginning where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${[...text].slice(0, LONGEST_SHOWN).join('')}…` : text;
}

/** What is captured from a response must be used behind it, and what is used must have been captured before. */

import { nearest } from '../base/nearest.ts';
import { namesIn } from './capture.ts';
import { asList, asMap } from './fields.ts';
import { placeName, pointer } from './places.ts';
import { quoted } from './show.ts';

type Report = (place: string, message: string, hint?: string) => void;

/** Of one request with all that is sent behind it. */
export function checkCaptures(request: unknown, place: string, report: Report): void {
  const then = asList(asMap(request)['then']);
  const steps = [
    { written: request, place },
    ...then.map((written, i) => ({ written, place: pointer(place, 'then', i) })),
  ];
  const captured = new Map<string, string>();
  const used = new Set<string>();
  for (const step of steps) {
    const { capture, path, headers, body } = asMap(step.written);
    const line = typeof step.written === 'string' ? step.written : typeof path === 'string' ? path : '';
    for (const name of namesIn(line)) {
      used.add(name);
      if (captured.has(name)) continue;
      const what = `${placeName(step.place)}: nothing before it captures ${quoted(name)}`;
      const meant = nearest(name, [...captured.keys()]);
      report(
        step.place,
        what,
        meant === undefined
          ? 'add it to "capture" of a request before it; a literal { is written %7B'
          : `did you mean {${meant}}?`,
      );
    }
    for (const name of textsIn([headers, body]).flatMap(namesIn)) used.add(name);
    for (const [name, written] of Object.entries(asMap(capture))) {
      const at = pointer(step.place, 'capture', name);
      const { header, match } = asMap(written);
      if (typeof written === 'object' && header === undefined && match === undefined)
        report(at, `${placeName(at)} has neither "header" nor "match"`, 'for example $.id, or { header: location }');
      captured.set(name, at);
    }
  }
  for (const [name, at] of captured) {
    if (used.has(name)) continue;
    const example = 'for example then: ["GET /orders/{id}"]'.replace('{id}', `{${name}}`);
    report(
      at,
      `${placeName(at)} is captured and never used`,
      then.length === 0 ? example : `write {${name}} behind it`,
    );
  }
}

/** Every text in a value, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What is expected of an answer must be something, and something that such an answer can have. */
import type { ConfigDocument } from './document.ts';
import { asMap, type Fields, isMap } from './fields.ts';
import { placeName, pointer } from './places.ts';

type Report = (place: string, message: string, hint?: string) => void;

/** `common` are the headers of all requests, those that win first. */
export function checkExpectation(
  request: Fields,
  common: readonly Fields[],
  place: string,
  document: ConfigDocument,
  report: Report,
): void {
  const { expect } = request;
  if (!isMap(expect)) return;
  const at = pointer(place, 'expect');
  const parts = [
    { value: expect, place: at, example: '{ status: 200 }' },
    { value: expect['header'], place: pointer(at, 'header'), example: '{ content-type: json }' },
    { value: expect['body'], place: pointer(at, 'body'), example: '{ contains: "order" }' },
    { value: asMap(expect['body'])['json'], place: pointer(at, 'body', 'json'), example: '{ "$.errors": absent }' },
  ];
  for (const { value, place, example } of parts) {
    if (isMap(value) && Object.keys(value).length === 0)
      report(place, `${placeName(place)} expects nothing`, `for example ${example}, or leave it out`);
  }
  if ('grpc' in expect && !isGrpc(request, common)) {
    const message = `${placeName(at)}.grpc is for gRPC, and this request is none`;
    report(pointer(at, 'grpc'), message, 'add the header content-type: application/grpc');
  }
  checkNumbers(asMap(asMap(expect['body'])['json']), pointer(at, 'body', 'json'), document, report);
}

/** Headers of the request win over those of all. */
function isGrpc({ headers }: Fields, common: readonly Fields[]): boolean {
  const [type] = [asMap(headers), ...common].flatMap((all) =>
    Object.entries(all).flatMap(([name, value]) => (name.toLowerCase() === 'content-type' ? [value] : [])),
  );
  return typeof type === 'string' && /^application\/grpc/i.test(type);
}

/** Which JSON cannot have, or which would be equal to others. */
function checkNumbers(json: Fields, place: string, document: ConfigDocument, report: Report): void {
  for (const [path, value] of Object.entries(json)) {
    if (typeof value !== 'number') continue;
    const at = pointer(place, path);
    const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!isExact)
      report(
        at,
        `${placeName(at)}: the number ${document.source(at) ?? value} cannot be compared exactly`,
        'write a "regex" for it',
      );
  }
}

/** What the service listens on and speaks, held against what it and the load are told. */
import type { ConfigDocument } from './document.ts';
import { asList, asMap, type Fields } from './fields.ts';
import { pointer } from './places.ts';

type Report = (place: string, message: string, hint?: string) => void;

/** Of the whole file. By what is written, since the schema has filled in the rest. */
export function checkListen(root: Fields, document: ConfigDocument, report: Report): void {
  const service = asMap(root['service']);
  checkSocket(service, report);
  if (service['listen'] === 'unix') checkCommands(root, report);
  const { protocol } = service;
  if (!document.isWritten('/service/tls') || protocol === 'https' || protocol === 'h2') return;
  const message = 'service.tls is for the protocols https and h2';
  report('/service/tls', message, 'add protocol: https to service, or leave tls out');
}

/** A unix socket and its placeholder go together. */
function checkSocket(service: Fields, report: Report): void {
  const files = Object.values(asMap(service['files']));
  const texts = [...asList(service['args']), ...Object.values(asMap(service['env'])), ...files];
  const isTold = texts.some((text) => typeof text === 'string' && text.includes('{socket}'));
  const mayBeTold = isTold || files.some((file) => typeof file === 'object');
  if (service['listen'] === 'unix' && !mayBeTold) {
    const message = 'service.listen is unix, but nothing tells the service its {socket}';
    report('/service/listen', message, 'write {socket} in service.args, service.env or service.files');
  } else if (service['listen'] !== 'unix' && isTold) {
    report('/service', '{socket} is for a service that listens on it', 'add listen: unix to service');
  }
}

/** Load tools are told an address, and there is none. */
function checkCommands(root: Fields, report: Report): void {
  const scenarios = Object.entries(asMap(root['scenarios'])).map(([name, load]) => ({
    place: pointer('/scenarios', name),
    load,
  }));
  for (const { place, load } of [{ place: '/load', load: root['load'] }, ...scenarios]) {
    if (!('command' in asMap(load))) continue;
    const message = 'a command cannot reach the service on a unix socket';
    report(pointer(place, 'command'), message, 'let perf-gate send the requests itself: write them under "requests"');
  }
}

/** Reads as much XML as JUnit reports need, and nothing that XML 1.0 forbids: a report must be well-formed. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML 1.0, production [2] Char. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export function parseXml(document: string): Element {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error('no XML declaration');
  if (FORBIDDEN.test(document)) throw new Error(`forbidden: ${JSON.stringify(FORBIDDEN.exec(document)?.[0])}`);
  const { element, rest } = elementAt(document.slice(declaration.length));
  if (rest !== '\n') throw new Error(`more behind the root: ${rest.slice(0, 50)}`);
  return element;
}

function elementAt(text: string): { element: Element; rest: string } {
  const start = /^<([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/.exec(text);
  if (start === null) throw new Error(`no element at ${text.slice(0, 100)}`);
  const [whole, name = '', attributeText = '', isEmpty] = start;
  const pairs = [...attributeText.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decoded(value!)]);
  const attributes: Record<string, string> = Object.fromEntries(pairs);
  if (Object.keys(attributes).length !== pairs.length) throw new Error(`an attribute twice: ${whole}`);
  let rest = text.slice(whole.length);
  const children: Element[] = [];
  let content = '';
  while (isEmpty === '') {
    const [before = ''] = /^[^<]*/.exec(rest) ?? [];
    content += decoded(before);
    rest = rest.slice(before.length);
    if (rest.startsWith(`</${name}>`))
      return { element: { name, attributes, children, text: content }, rest: rest.slice(name.length + 3) };
    const child = elementAt(rest);
    children.push(child.element);
    rest = child.rest;
  }
  return { element: { name, attributes, children, text: content }, rest };
}

function decoded(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replaceAll(/&([a-z]*;?)/g, (_, name: string) => {
    const character = name.endsWith(';') ? ENTITIES[name.slice(0, -1)] : undefined;
    if (character === undefined) throw new Error(`no entity: &${name}`);
    return character;
  });
}

/**
 * The package-level variables and constants of Go files, as far as `-X` is concerned: by a reading of the text that
 * blanks comments and literals first and follows brackets. It knows no types but those written down.
 */

export interface Declaration {
  readonly name: string;
  /**
   * What the linker can do with it: 'text' can be set; a value from a 'call' is put back when the program starts; the
   * others cannot be set at all.
   */
  readonly kind: 'text' | 'call' | 'constant' | 'other';
}

/** The declarations of one file, in order. */
export function declarationsIn(source: string): Declaration[] {
  const found: Declaration[] = [];
  let depth = 0;
  let group: 'var' | 'const' | undefined;
  for (const line of blanked(source).split('\n')) {
    const start = depth === 0 ? /^\s*(var|const)\b\s*(.*)$/.exec(line) : null;
    const keyword = (start?.[1] as typeof group) ?? group;
    const text = start?.[2] ?? line;
    if (start !== null && /^\(/.test(text)) {
      group = keyword;
      for (const spec of text.slice(1).split(';')) found.push(...declared(keyword!, spec.replace(/\)\s*$/, '')));
    } else if (start !== null || (group !== undefined && depth === 1)) {
      for (const spec of text.split(';')) found.push(...declared(keyword!, spec));
    }
    for (const bracket of line.match(/[()[\]{}]/g) ?? []) depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth === 0) group = undefined;
  }
  return found;
}

/** `name, name type = value, value` */
function declared(keyword: 'var' | 'const', spec: string): Declaration[] {
  const [, names, rest] = /^\s*([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*)(.*)$/su.exec(spec) ?? [];
  if (names === undefined || rest === undefined) return [];
  const equals = rest.indexOf('=');
  const type = (equals === -1 ? rest : rest.slice(0, equals)).trim();
  const values = equals === -1 ? [] : topLevel(rest.slice(equals + 1));
  return names.split(',').map((name, i) => ({
    name: name.trim(),
    kind: keyword === 'const' ? 'constant' : kindOf(type, values[i]?.trim() ?? (equals === -1 ? undefined : values[0])),
  }));
}

function kindOf(type: string, value: string | undefined): Declaration['kind'] {
  if (type !== '' && type !== 'string') return 'other';
  if (value === undefined) return type === 'string' ? 'text' : 'other';
  const plain = value.replace(/\bstring\(\s*""\s*\)/g, '""');
  if (/[({]/.test(plain)) return /^func\b|^&|^(?:map|struct)\b|^\[/.test(plain.trim()) ? 'other' : 'call';
  // A literal, a sum of them, or another name, which may well be a constant.
  return /^[\d'&*<!-]|^(?:true|false|nil|iota)\b/.test(plain.trim()) ? 'other' : 'text';
}

/** The parts between commas that are in no brackets. */
function topLevel(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** The source with comments gone and every text literal empty; lines stay lines. */
function blanked(source: string): string {
  return source.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (token) =>
    token.startsWith('//') ? '' : token.startsWith('/*') ? token.replace(/[^\n]/g, '') : token[0] === "'" ? "''" : '""',
  );
}

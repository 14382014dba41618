/**
 * The text behind `go build -ldflags`, which go splits into fields by rules of its own: white space separates, a field
 * may stand in single or double quotes, and there are no escapes (cmd/internal/quoted).
 */
import { UserError } from '../base/errors.ts';

/** The fields, as go splits them. */
export function splitFields(text: string): string[] {
  const fields: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const quote = rest[0]!;
    if (quote === '"' || quote === "'") {
      const end = rest.indexOf(quote, 1);
      if (end === -1) {
        throw new UserError(`-ldflags have a ${quote} without a partner: ${text}`, { hint: 'service.build.ldflags' });
      }
      fields.push(rest.slice(1, end));
      rest = rest.slice(end + 1).trimStart();
    } else {
      const [field] = /^\S+/.exec(rest)!;
      fields.push(field);
      rest = rest.slice(field.length).trimStart();
    }
  }
  return fields;
}

/** The text that go splits into these fields. */
export function joinFields(fields: readonly string[]): string {
  return fields.map(quoteField).join(' ');
}

function quoteField(field: string): string {
  if (field !== '' && !/[\s'"]/.test(field)) return field;
  if (!field.includes("'")) return `'${field}'`;
  if (!field.includes('"')) return `"${field}"`;
  throw new UserError(`go cannot be told a value that has single and double quotes: ${field}`, {
    hint: 'the fields of -ldflags know no escapes; leave one kind of quotes out of service.inject',
  });
}

/** `-X` and its value, for every variable. */
export function settingFields(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!/^[^\s'"=]+\.[^\s'"=.]+$/.test(name)) {
      throw new UserError(`${name} is no variable for the linker to set`, {
        hint: 'service.inject: an import path, a dot and the variable; for package main just main.version',
      });
    }
    if (value.includes('\0'))
      throw new UserError(`the value for ${name} has a NUL character`, { hint: 'service.inject' });
    return ['-X', `${name}=${value}`];
  });
}

/** The fields without those that leave the symbol table out; nothing that is loaded changes. */
export const withoutStripping = (fields: readonly string[]) =>
  fields.filter((field) => !/^--?[sw](?:=(?:true|1|t))?$/i.test(field));

/** The fields without `-X` and its values. */
export function withoutSettings(fields: readonly string[]): string[] {
  return fields.filter((field, i) => !/^--?X(?:=|$)/.test(field) && !/^--?X$/.test(fields[i - 1] ?? ''));
}

/** The values of a flag in GOFLAGS (`-ldflags=-w`, `'-ldflags=-s -w'`): one on the command line replaces them. */
export function valuesOfFlag(goFlags: string, name: string): string[] {
  const flag = new RegExp(`^--?${name}=`);
  return splitFields(goFlags).flatMap((field) => (flag.test(field) ? [field.replace(flag, '')] : []));
}

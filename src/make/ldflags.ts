/** The linker's flags: a list in one string, fields quoted as cmd/internal/quoted of Go does it (no escapes). */
import { MeasurementError } from '../errors.ts';

/** `flags` with a `-X` for every variable. */
export function withVariables(flags: string, variables: Readonly<Record<string, string>>): string {
  const settings = Object.entries(variables).map(([name, value]) => `-X ${quoted(`${name}=${value}`)}`);
  return [flags, ...settings].filter((part) => part !== '').join(' ');
}

/** The flags without those that leave out the symbol table. */
export function unstripped(flags: string): string {
  return flags.replace(/(?<=^|\s)-(s|w)(=(true|1))?(?=\s|$)/g, '').trim();
}

function quoted(field: string): string {
  if (/[\r\n]/.test(field))
    throw new MeasurementError(`a value of service.inject holds an end of line: ${JSON.stringify(field)}`);
  if (!/[\s'"]/.test(field) && field !== '') return field;
  if (!field.includes("'")) return `'${field}'`;
  if (!field.includes('"')) return `"${field}"`;
  throw new MeasurementError(
    `a value of service.inject holds both kinds of quotes, which -ldflags cannot express: ${field}`,
  );
}

/**
 * Proves that every injected value is in the executable. The linker takes a `-X` for a variable that does not exist, for
 * a constant and for one initialised by a call without a word; only the symbol that it makes for the value tells.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Elf, symbolsOf } from '../binary/elf.ts';
import { nearest } from '../config/nearest.ts';
import { MeasurementError } from '../errors.ts';
import type { Build, Prepared } from './build.ts';
import { ask } from './command.ts';

/** Throws a MeasurementError that names the first variable whose value is not in an executable with symbols. */
export async function proveInjected(
  prepared: Prepared,
  { elf, injected }: Pick<Build, 'elf' | 'injected'>,
): Promise<void> {
  const wanted = new Map(Object.entries(injected));
  if (wanted.size === 0) return;
  const found = new Map<string, string>();
  let hasSymbols = false;
  for (const { name, address, size } of symbolsOf(elf)) {
    hasSymbols ||= name === 'main.main' || name === 'runtime.text';
    const variable = name.endsWith('.str') ? name.slice(0, -4) : '';
    if (wanted.has(variable)) found.set(variable, textAt(elf, address, size));
  }
  // A build command of the service's own may strip the executable whatever we ask for.
  if (!hasSymbols) return;
  for (const [variable, value] of wanted) {
    if (found.get(variable) !== value) await refuse(prepared, variable);
  }
}

function textAt(elf: Elf, address: number, size: number): string {
  const segment = elf.segments.find((s) => address >= s.address && address + size <= s.address + s.fileSize);
  if (segment === undefined) return '';
  const start = segment.offset + address - segment.address;
  return new TextDecoder().decode(elf.bytes.subarray(start, start + size));
}

async function refuse(prepared: Prepared, variable: string): Promise<void> {
  const dot = variable.lastIndexOf('.');
  const [path, name] = [variable.slice(0, dot), variable.slice(dot + 1)];
  const directory = await directoryOf(prepared, path);
  const hint = 'see service.inject in the config';
  if (directory === undefined)
    throw new MeasurementError(`service.inject names ${variable}, but the service has no package ${path}`, { hint });
  const declared = declarations(directory);
  const what = declared.get(name);
  switch (what) {
    case undefined: {
      const strings = [...declared].filter(([, kind]) => kind === 'string').map(([known]) => known);
      const meant = nearest(name, strings);
      throw new MeasurementError(`service.inject names ${variable}, but package ${path} has no such variable`, {
        hint:
          meant !== undefined
            ? `did you mean ${path}.${meant}?`
            : strings.length > 0
              ? `its string variables: ${strings.join(', ')}`
              : hint,
      });
    }
    case 'constant':
      throw new MeasurementError(
        `service.inject names ${variable}, which is a constant: the linker can set variables only`,
        { hint: `write var ${name} = "…"` },
      );
    case 'other':
      throw new MeasurementError(
        `service.inject names ${variable}, which the linker cannot set: it is no string, or a call gives it its value`,
        {
          hint: `write var ${name} = "…" with a literal, or without a value`,
        },
      );
    case 'string':
      // Declared as it should be and not in the executable: nothing uses it, so the linker left it out.
      return;
  }
}

async function directoryOf(
  { spec, packageDirectory, importPath }: Prepared,
  path: string,
): Promise<string | undefined> {
  if (path === 'main' || path === importPath) return path === 'main' ? packageDirectory : undefined;
  const { directory: cwd, env, build, signal } = spec;
  const answer = await ask({
    command: 'go',
    args: ['list', '-f', '{{.Dir}}', path],
    cwd,
    env: { ...env, ...build.env },
    signal,
  });
  return answer.exitCode === 0 ? answer.stdout.trim() : undefined;
}

type Kind = 'string' | 'constant' | 'other';

/** The package-level variables and constants of a package, by a reading of its text that knows gofmt's layout. */
function declarations(directory: string): Map<string, Kind> {
  const found = new Map<string, Kind>();
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))) {
    const text = readFileSync(join(directory, file), 'utf8');
    for (const [, keyword, single, group] of text.matchAll(/^(var|const) (?:([^(\n].*)$|\(\n([\s\S]*?)^\))/gm)) {
      for (const line of (single ?? group ?? '').split('\n')) {
        const declared = /^\s*([\w, ]+?)(?:\s+([\w.*[\]]+))?\s*(?:=\s*(.*))?$/.exec(line.replace(/\s*\/\/.*/, ''));
        if (declared === null) continue;
        const [, names = '', type, value] = declared;
        const isString =
          value === undefined ? type === 'string' : /^["`]/.test(value) && (type === undefined || type === 'string');
        const kind = keyword === 'const' ? 'constant' : isString ? 'string' : 'other';
        for (const name of names.split(',')) if (name.trim() !== '') found.set(name.trim(), kind);
      }
    }
  }
  return found;
}

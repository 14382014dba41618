/**
 * Proves that every injected value is in the executable. The linker takes a `-X` for a variable that does not exist, for
 * a constant and for one that nothing uses without a word. Where there is a symbol table the symbol that
 * the linker makes for a value tells; without one, a text that nothing else can hold is put in and looked for.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MeasurementError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { type Elf, symbolsOf } from '../binary/elf.ts';
import { ask } from '../process/command.ts';
import { type Build, link, type Prepared } from './build.ts';
import { type Declaration, declarationsIn } from './declarations.ts';
import { listCommand } from './main-package.ts';

/** A variable that service.inject names and that does not exist in this commit. */
export interface Undeclared {
  readonly variable: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * Throws a MeasurementError that names every variable whose value does not reach the program. Those that do not exist in
 * the base are returned instead: it may be older than they are, and a misspelt name fails in the head.
 */
export async function proveInjected(prepared: Prepared, build: Build): Promise<Undeclared[]> {
  const variables = Object.keys(build.injected);
  if (variables.length === 0) return [];
  const set = await variablesSetIn(prepared, build);
  const packages = await packagesOf(prepared, [...new Set(variables.map((variable) => split(variable).path))]);
  const problems: (Undeclared & { readonly isMissing: boolean })[] = [];
  for (const variable of variables) {
    const { path, name } = split(variable);
    const declarations = packages.get(path);
    const declared = declarations?.find((declaration) => declaration.name === name);
    if (set.has(variable) && declared?.kind !== 'call') continue;
    problems.push({
      variable,
      ...(declarations === undefined
        ? noPackage(prepared, variable)
        : declared === undefined
          ? noVariable(variable, declarations)
          : unsettable(variable, declared)),
      isMissing: declared === undefined,
    });
  }
  const isOlder = prepared.spec.label === 'base' && problems.every(({ isMissing }) => isMissing);
  if (problems.length > 0 && !isOlder) {
    const [first, ...others] = problems;
    throw new MeasurementError(first!.message, {
      hint: `${first!.hint} (service.inject in perf-gate.yml)`,
      ...(others.length > 0 ? { detail: others.map(({ message, hint }) => `${message}: ${hint}`).join('\n') } : {}),
    });
  }
  return problems.map(({ variable, message, hint }) => ({ variable, message, hint }));
}

/** `example.com/shop/internal/version.Commit`: all before the last dot is the package, as for the linker. */
function split(variable: string): { path: string; name: string } {
  const dot = variable.lastIndexOf('.');
  return { path: variable.slice(0, dot), name: variable.slice(dot + 1) };
}

async function variablesSetIn(prepared: Prepared, build: Build): Promise<Set<string>> {
  const texts = textsSetIn(build.elf);
  if (texts !== undefined) {
    return new Set(Object.keys(build.injected).filter((variable) => texts.get(variable) === build.injected[variable]));
  }
  if (build.isComparable) return variablesHeldBy(build.elf.bytes, build.injected);
  const output = `${build.binary}.proof`;
  try {
    const proof = await link(prepared, { output, inject: build.injected, isComparable: true });
    return await variablesSetIn(prepared, proof);
  } finally {
    await rm(output, { force: true });
  }
}

/** The texts that the linker has put into variables; undefined for an executable without a symbol table. */
function textsSetIn(elf: Elf): Map<string, string> | undefined {
  const texts = new Map<string, string>();
  for (const { name, address, size } of symbolsOf(elf)) {
    if (!name.endsWith('.str')) continue;
    const segment = elf.segments.find((s) => address >= s.address && address + size <= s.address + s.fileSize);
    const start = segment === undefined ? 0 : segment.offset + address - segment.address;
    // The linker ends the text with a NUL. Symbols have the dots of a path's last element as %2e.
    const text = new TextDecoder().decode(elf.bytes.subarray(start, start + (segment === undefined ? 0 : size - 1)));
    texts.set(
      name
        .slice(0, -'.str'.length)
        .replace(/%([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
      text,
    );
  }
  // The linker sets this one in every program.
  return texts.has('runtime.buildVersion') ? texts : undefined;
}

/** Whose placeholder is in the file, not counting `name=placeholder` in a record of the linker's flags. */
function variablesHeldBy(bytes: Uint8Array, placeholders: Readonly<Record<string, string>>): Set<string> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isHeld = ([variable, placeholder]: [string, string]) => {
    for (let at = file.indexOf(placeholder); at !== -1; at = file.indexOf(placeholder, at + 1)) {
      const before = `${variable}=`;
      if (file.toString('utf8', Math.max(0, at - Buffer.byteLength(before)), at) !== before) return true;
    }
    return false;
  };
  return new Set(
    Object.entries(placeholders)
      .filter(isHeld)
      .map(([variable]) => variable),
  );
}

/** The declarations of packages, by path; a package that is no part of the build is not there. */
async function packagesOf(prepared: Prepared, paths: readonly string[]): Promise<Map<string, Declaration[]>> {
  const found = new Map<string, Declaration[]>();
  const { spec } = prepared;
  const format = '{{.ImportPath}}|{{.Name}}|{{.Dir}}{{range .GoFiles}}|{{.}}{{end}}{{range .CgoFiles}}|{{.}}{{end}}';
  const answer = await ask(listCommand(spec, `{{if not .Standard}}${format}{{end}}`, [spec.package], ['-deps']));
  for (const line of answer.stdout.split('\n')) {
    const [importPath = '', name, directory = '', ...files] = line.split('|');
    const path = name === 'main' ? 'main' : importPath;
    if (!paths.includes(path)) continue;
    const sources = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
    found.set(path, sources.flatMap(declarationsIn));
  }
  return found;
}

function noPackage({ importPath, spec }: Prepared, variable: string) {
  const { path, name } = split(variable);
  if (path === importPath) {
    return {
      message: `${variable} cannot be set in ${spec.label}: the linker calls package main by its name alone`,
      hint: `write main.${name}`,
    };
  }
  return {
    message: `${variable} cannot be set in ${spec.label}: package ${path} is no part of ${importPath}`,
    hint: 'the name is the import path of a package in the build, a dot and the variable',
  };
}

function noVariable(variable: string, declarations: readonly Declaration[]) {
  const { path, name } = split(variable);
  const texts = declarations.filter(({ kind }) => kind === 'text').map((declaration) => declaration.name);
  const meant = nearest(name, texts);
  return {
    message: `${variable} cannot be set: package ${path} has no such variable`,
    hint:
      texts.length === 0
        ? `package ${path} has no string variables at all`
        : `${meant === undefined ? '' : `did you mean ${path}.${meant}? `}its string variables: ${texts.join(', ')}`,
  };
}

function unsettable(variable: string, { name, kind }: Declaration) {
  const cannot = `${variable} cannot be set:`;
  switch (kind) {
    case 'constant':
      return { message: `${cannot} it is a constant`, hint: `write var ${name} = "…"` };
    case 'call':
      return {
        message: `${cannot} a call gives it its value when the program starts, and overwrites what the linker has put in`,
        hint: `write var ${name} = "…" with a literal, or var ${name} string`,
      };
    case 'other':
      return { message: `${cannot} it is no string`, hint: `write var ${name} = "…"` };
    case 'text':
      return {
        message: `${cannot} nothing in the program uses it, so the linker left it out`,
        hint: 'use it, or do not inject it',
      };
  }
}

/** What a reader of the report should know beside the figures. */
import { posix } from 'node:path';
import type { Note } from '../compare/report.ts';
import type { Config } from '../config/config.ts';
import type { CheckoutWarning } from '../git/checkout.ts';
import type { MeasureWarning } from '../measure/manifest.ts';
import { few } from '../report/words.ts';
import { type ComparedCode, type Job, NOT_READ } from './build-sides.ts';

/** Files that cannot change what the service does while it is measured, or that do so through its machine code. */
const HARMLESS = [
  /\.(go|s|c|h|cc|cpp|cxx|hpp|m|mod|sum|work|md|markdown)$/i,
  /(^|\/)(testdata|\.github|\.circleci|\.gitlab|\.vscode|\.idea)\//,
  /(^|\/)(LICEN[CS]E|CODEOWNERS|Dockerfile[^/]*|\.git(ignore|attributes|modules)|\.editorconfig|\.golangci\.ya?ml|\.goreleaser\.ya?ml|perf-gate\.ya?ml)$/,
];

/**
 * Of the paths that differ, those that the service could read while it runs: templates, data, configuration, and whatever
 * its arguments and variables name.
 */
export function filesReadAtRunTime(
  paths: readonly string[],
  { args, env }: Pick<Config['service'], 'args' | 'env'>,
): string[] {
  const given = [...args, ...Object.values(env)];
  const isNamed = (path: string) =>
    given.some((text) => text.includes(posix.basename(path)) || (IN_TESTDATA.test(path) && text.includes('testdata')));
  return paths.filter((path) => isNamed(path) || !HARMLESS.some((pattern) => pattern.test(path)));
}

const IN_TESTDATA = /(^|\/)testdata\//;

interface Known {
  readonly code: ComparedCode;
  readonly dataFiles: readonly string[];
  readonly warnings: readonly MeasureWarning[];
}

/** Of a service that the base does not have. */
export function notesOnNew({ config, checkouts }: Job, warnings: Known['warnings']): Note[] {
  const text = `the base has no package ${config.service.package}: the service is new, so nothing was compared and no limit was held against it; if the commit moved it, name its place in the base as service.base.package`;
  return [{ code: 'new-service', text }, ...warnings.map(({ code, text }) => ({ code, text })), ...lacking(checkouts)];
}

export function notesOn({ config, checkouts, basePackage }: Job, { code, dataFiles, warnings }: Known): Note[] {
  const notes: Note[] = warnings.map(({ code, text }) => ({ code, text }));
  if (basePackage !== undefined) {
    const text = `the main package is ${basePackage} in the base and ${config.service.package} in the head: the commit moved it`;
    notes.push({ code: 'package-moved', text });
  }
  for (const { variable } of code.base.undeclared) {
    notes.push({
      code: 'inject-undeclared',
      text: `the base has no variable ${variable} yet, so nothing was put into it`,
    });
  }
  if (!code.isRead && !code.isSame) notes.push({ code: 'machine-code-not-compared', text: NOT_READ });
  if (code.isSame && dataFiles.length > 0) {
    notes.push({
      code: 'same-code-other-files',
      text: `the machine code is the same on both sides; measured all the same, because files differ that the service may read: ${few(dataFiles)}`,
    });
  }
  return [...notes, ...lacking(checkouts)];
}

const lacking = ({ head }: Job['checkouts']): Note[] =>
  head.warnings.map(({ code, paths }) => ({ code, text: `${LACKING[code]}: ${few(paths)}` }));

/** In CI, green without a comparison is mostly a base that was chosen wrongly. */
export function notesOnSameCode({ base, head }: Job['sides']): Note[] {
  if (base.treeCommit !== head.treeCommit) return [];
  const text = 'base and head are the same commit, so there is nothing to compare: name another commit with --base';
  return [{ code: 'same-commit', text }];
}

const LACKING: Readonly<Record<CheckoutWarning['code'], string>> = {
  'submodules-empty': 'submodules that this clone does not have are empty (git submodule update --init --recursive)',
  'lfs-pointers':
    'files of LFS are pointers and not what they stand for, as git-lfs is not set up here (git lfs install)',
};

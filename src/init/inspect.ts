/** Asks the Go program in go/inspect what the source of packages says; it is built with the service's own Go. */
import configs from '../../go/inspect/configs.go';
import environment from '../../go/inspect/environment.go';
import grpc from '../../go/inspect/grpc.go';
import helpers from '../../go/inspect/helpers.go';
import inspect from '../../go/inspect/inspect.go';
import load from '../../go/inspect/load.go';
import routers from '../../go/inspect/routers.go';
import routes from '../../go/inspect/routes.go';
import settings from '../../go/inspect/settings.go';
import text from '../../go/inspect/text.go';
import variables from '../../go/inspect/variables.go';
import { askGoProgram, type GoProgram, type GoProgramOptions } from '../changes/go-program.ts';
import type { GoPackage } from '../changes/list.ts';
import { type PackageSource, parseSource } from './source.ts';

/** A test compares its files with the folder. */
export const INSPECT_PROGRAM: GoProgram = {
  name: 'inspect',
  files: {
    'configs.go': configs,
    'environment.go': environment,
    'grpc.go': grpc,
    'helpers.go': helpers,
    'inspect.go': inspect,
    'load.go': load,
    'routers.go': routers,
    'routes.go': routes,
    'settings.go': settings,
    'text.go': text,
    'variables.go': variables,
  },
};

/** What the source of the packages below `root` says, in their order; of the others only the names are used. */
export async function inspectSource(
  root: string,
  packages: readonly GoPackage[],
  options: GoProgramOptions,
): Promise<PackageSource[]> {
  const input = {
    root,
    packages: packages
      .filter((one) => isBelow(root, one))
      .map(({ importPath, dir, goFiles, cgoFiles }) => ({ importPath, dir, files: [...goFiles, ...cgoFiles] })),
    names: Object.fromEntries(packages.map(({ importPath, name }) => [importPath, name])),
  };
  return parseSource(await askGoProgram(INSPECT_PROGRAM, input, options));
}

/** Whether a package's files are the repository's own, not vendored ones. One that go has not found has no directory. */
export function isBelow(root: string, { dir }: { readonly dir: string | undefined }): boolean {
  if (dir === undefined) return false;
  return dir === root || (dir.startsWith(`${root}/`) && !dir.slice(root.length).includes('/vendor/'));
}

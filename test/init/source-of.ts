/** What the source of a package says, written so that a reader sees the case. */
import type { ConfigStruct, PackageSource } from '../../src/init/source.ts';

const PLACE = { file: 'main.go', line: 1 };

/** 'yaml web.port# web.address names' : a struct of that format with these keys, `#` for a number. */
export function struct(text: string): ConfigStruct {
  const [format = '', ...names] = text.split(' ');
  const keys = names.map((name) => ({
    path: name.replace('#', '').split('.'),
    isNumber: name.endsWith('#'),
    ...PLACE,
  }));
  const top = [...new Set(keys.map(({ path }) => path[0]!))];
  return { format: format as ConfigStruct['format'], top, keys, ...PLACE };
}

/**
 * A package with settings ('flag -addr=:8080', 'flag --port=80 #' for a number, 'flag run --port=80' of a subcommand, 'environment PORT=', 'command serve', 'config yaml web.port#', see struct),
 * listeners ('http.ListenAndServe :8080'), routes ('GET /orders', '/any') and variables ('version=dev').
 */
export function source(
  settings: readonly string[],
  listens: readonly string[] = [],
  routes: readonly string[] = [],
  variables: readonly string[] = [],
  importPath = 'example.com/shop',
): PackageSource {
  const split = (text: string, at: string) => {
    const index = text.indexOf(at);
    return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
  };
  const of = (kind: string) =>
    settings.filter((text) => text.startsWith(`${kind} `)).map((text) => text.slice(kind.length + 1));
  return {
    importPath,
    imports: listens.length > 0 ? ['net/http'] : [],
    flags: of('flag').map((text) => {
      const [name = '', value = ''] = split(text.replace(/ #$/, ''), '=');
      const [, command = '', written = ''] = /^(?:(\w[\w-]*) )?(.*)$/.exec(name) ?? [];
      const dashes = written.startsWith('--') ? '--' : '-';
      return {
        command,
        name: written.replace(/^-+/, ''),
        dashes,
        default: value,
        isNumber: text.endsWith(' #'),
        ...PLACE,
      };
    }),
    environment: of('environment').map((text) => {
      const [name = '', value = ''] = split(text, '=');
      return { name, default: value, ...PLACE };
    }),
    commands: of('command').map((name) => ({ name, ...PLACE })),
    listens: listens.map((text) => {
      const [call = '', address = ''] = split(text, ' ');
      return { call, address, isTold: address === '?', ...PLACE };
    }),
    routes: routes.map((text) => {
      const [method = '', path = ''] = text.startsWith('/') ? ['', text] : split(text, ' ');
      return { method, path, ...PLACE };
    }),
    rpcs: [],
    configs: of('config').map(struct),
    unclear: [],
    variables: variables.map((text) => {
      const [name = '', value = ''] = split(text, '=');
      return { name, value, ...PLACE };
    }),
  };
}

/** Which main package is the service: the one that serves HTTP. Pure. */
import { UserError } from '../base/errors.ts';
import { grpcServer } from './grpc.ts';
import type { Main } from './mains.ts';

export interface Choice {
  readonly chosen: Main;
  /** Nobody named it, and others serve too. */
  readonly isGuess: boolean;
  /** The other main packages, those that serve first. */
  readonly others: readonly { readonly main: Main; readonly serves: boolean }[];
}

/** The chosen package. `wanted` is a directory from the repository's root, as the person has named it. */
export function choosePackage(
  mains: readonly Main[],
  wanted: { readonly directory: string; readonly shown: string } | undefined,
  nameOf: (main: Main) => string,
): Choice {
  if (mains.length === 0) {
    throw new UserError('there is no main package here: nothing that could be started', {
      hint: 'run perf-gate init in the repository of a Go service, in the directory with its go.mod or below it',
    });
  }
  const ranked = [...mains].sort((a, b) => rank(b) - rank(a));
  const chosen = wanted === undefined ? ranked[0]! : mains.find((main) => directoryOf(main) === wanted.directory);
  const names = ranked.map(nameOf);
  if (chosen === undefined) {
    throw new UserError(`there is no main package in ${wanted!.shown}`, { hint: `there are: ${few(names)}` });
  }
  if (wanted === undefined && !serves(chosen)) {
    throw new UserError(
      mains.length === 1
        ? `${names[0]} does not seem to serve HTTP or gRPC: no call that listens was found in its source`
        : `none of the main packages seems to serve HTTP or gRPC: ${few(names)}`,
      {
        hint: `perf-gate measures services that answer HTTP or gRPC; if one does, name it: perf-gate init --package ${names[0]}`,
      },
    );
  }
  const others = ranked.filter((main) => main !== chosen).map((main) => ({ main, serves: serves(main) }));
  return { chosen, others, isGuess: wanted === undefined && others.some((one) => one.serves) };
}

/** From the repository's root. */
export const directoryOf = ({ moduleDirectory, package: name }: Main): string => {
  const parts = [moduleDirectory, name].flatMap((path) => path.split('/')).filter((part) => part !== '.');
  return parts.length === 0 ? '.' : parts.join('/');
};

const ROUTERS = /^(net\/http|github\.com\/(valyala\/fasthttp|gofiber\/fiber|gin-gonic\/gin|labstack\/echo)(\/.*)?)$/;

/** It opens a port, and something that it is built from imports a known way to answer HTTP. */
export function servesHttp({ sources }: Main): boolean {
  const listens = sources.some((source) => source.listens.length > 0);
  return listens && sources.some((source) => source.imports.some((path) => ROUTERS.test(path)));
}

/** HTTP, or gRPC. */
export const serves = (main: Main) => servesHttp(main) || grpcServer(main.sources) !== undefined;

/** Services before what is beside them: examples, tools and tests that serve something too. */
function rank(main: Main): number {
  const { sources } = main;
  const isAside = /(^|\/)(examples?|_?tests?|e2e|tools?|hack|scripts?|mocks?|demo|bench\w*|internal)(\/|$)/.test(
    directoryOf(main),
  );
  const routes = sources.reduce((sum, source) => sum + source.routes.length, 0);
  return (
    (servesHttp(main) ? 10 : serves(main) ? 9 : 0) -
    (isAside ? 5 : 0) +
    3 * Math.min(1, routes / 100) +
    nameRank(directoryOf(main))
  );
}

function nameRank(directory: string): number {
  const name = directory.split('/').at(-1)!;
  if (/cli$|ctl$|migrat|worker|seed|cron|job|client|gen/.test(name)) return -2;
  return /^(httpd?|web|app|main|\.)$|(server|api|service)$/.test(name) ? 0.5 : 0;
}

const few = (names: readonly string[]) => [...names.slice(0, 8), ...(names.length > 8 ? ['…'] : [])].join(', ');

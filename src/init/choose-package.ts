/** Which main package is the service: the one that serves HTTP. Pure. */
import { MeasurementError, UserError } from '../base/errors.ts';
import { grpcServer } from './grpc.ts';
import type { Main } from './mains.ts';

export interface Choice {
  readonly chosen: Main;
  /** Nobody named it, and others serve too. */
  readonly isGuess: boolean;
  /** The other main packages, those that serve first; `mayBe`: nearly as likely to be the service. */
  readonly others: readonly { readonly main: Main; readonly serves: boolean; readonly mayBe: boolean }[];
}

interface Person {
  /** Where the person is, from the repository's root; '' for the root itself. */
  readonly prefix: string;
  /** A directory from the root, as the person has named it. */
  readonly wanted?: { readonly directory: string; readonly shown: string } | undefined;
}

/** The chosen package; of those that serve, one where the person is or below comes before all others. */
export function choosePackage(
  mains: readonly Main[],
  { prefix, wanted }: Person,
  nameOf: (main: Main) => string,
): Choice {
  if (mains.length === 0) {
    throw new UserError('there is no main package here: nothing that could be started', {
      hint: 'run perf-gate init in the repository of a Go service, in the directory with its go.mod or below it',
    });
  }
  const here = (main: Main) => (serves(main) && `${directoryOf(main)}/`.startsWith(`${prefix}/`) ? HERE : 0);
  const rankOf = new Map(mains.map((main) => [main, rank(main) + here(main) + (isDaemonOf(main, mains) ? 0.25 : 0)]));
  const ranked = [...mains].sort((a, b) => rankOf.get(b)! - rankOf.get(a)!);
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
  const nearly = rankOf.get(chosen)! - NEARLY;
  const others = ranked
    .filter((main) => main !== chosen)
    .map((main) => ({ main, serves: serves(main), mayBe: serves(main) && rankOf.get(main)! > nearly }));
  return { chosen, others, isGuess: wanted === undefined && others.some((one) => one.serves) };
}

/** More than all else makes of a rank. */
const HERE = 100;

/** What a name alone makes of a rank. */
const NEARLY = 2;

/** The error of a service that is a guess, with those that may be meant. */
export function orAnother(error: UserError, { chosen, others, isGuess }: Choice, nameOf: (main: Main) => string) {
  const likely = others.filter(({ mayBe }) => mayBe).map(({ main }) => nameOf(main));
  if (!isGuess || likely.length === 0) return error;
  const guess = `that ${nameOf(chosen)} is the service is a guess; it may be ${few(likely)}: perf-gate init --package ${likely[0]}`;
  const { message, hint, at, detail } = error;
  const Kind = error instanceof MeasurementError ? MeasurementError : UserError;
  return new Kind(message, {
    hint: hint === undefined ? guess : `${hint}. And ${guess}`,
    ...(at === undefined ? {} : { at }),
    ...(detail === undefined ? {} : { detail }),
    cause: error,
  });
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

/** shopd beside shop: the other one is its client. */
const isDaemonOf = (main: Main, all: readonly Main[]) =>
  all.some((one) => `${directoryOf(one)}d` === directoryOf(main));

function nameRank(directory: string): number {
  const name = directory.split('/').at(-1)!;
  if (/cli$|ctl$|tool$|migrat|worker|seed|cron|job|client|gen/.test(name)) return -2;
  return /^(httpd?|web|app|main|\.)$|(server|api|service)$/.test(name) ? 0.5 : 0;
}

const few = (names: readonly string[]) => [...names.slice(0, 8), ...(names.length > 8 ? ['…'] : [])].join(', ');

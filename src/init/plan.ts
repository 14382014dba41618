/** All that perf-gate init has decided: what perf-gate.yml is written from, and what the person is told. */
import type { LeftOut } from './candidates.ts';
import type { AnsweredCall } from './grpc.ts';
import type { Injectable } from './inject.ts';
import type { Answered } from './try-requests.ts';

export interface Plan {
  /** The main package, relative to the service's directory. */
  readonly package: string;
  /** Relative to the root of the repository; undefined: the directory of the config. */
  readonly directory: string | undefined;
  readonly setup: readonly string[];
  readonly inject: readonly Injectable[];
  /** Templates, as are the values of `env`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Written before each start, by their paths in the service's directory. */
  readonly files: Readonly<Record<string, string>>;
  readonly ready: { readonly path: string; readonly status: number } | undefined;
  /** HTTP/2 in clear text, of a gRPC service; undefined: HTTP/1.1. */
  readonly protocol: 'h2c' | undefined;
  /** Of a gRPC service, in place of `kept`. */
  readonly calls: readonly AnsweredCall[];
  /** Requests that the person gave, as YAML. */
  readonly givenRequests: readonly string[];
  readonly kept: readonly Answered[];
  readonly spare: readonly Answered[];
  readonly leftOut: readonly LeftOut[];
  readonly branch: string | undefined;
  /** What `$schema=` says: a URL, or a path from the config. */
  readonly schema: string;
}

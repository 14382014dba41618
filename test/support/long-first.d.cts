interface Shard {
  /** From 1. */
  readonly shardIndex: number;
  readonly shardCount: number;
}

declare class LongFirst {
  sort<Test extends { readonly path: string }>(tests: readonly Test[]): Test[];
  shard<Test extends { readonly path: string }>(tests: readonly Test[], shard: Shard): Test[];
}
export = LongFirst;

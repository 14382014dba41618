/**
 * The order of the test files: the longest first, so that none of them is left alone at the end. Shards get about the same
 * to do: each file, the longest first, goes to the one that has the least so far.
 */
const { relative, resolve } = require('node:path');
const { goSecondsOf } = require('./starts-go.cjs');

const ROOT = resolve(__dirname, '../..');
/** Of a file that starts no Go. */
const FAST_SECONDS = 2;

const secondsOf = ({ path }) => goSecondsOf(relative(ROOT, path)) ?? FAST_SECONDS;

module.exports = class LongFirst {
  sort(tests) {
    return [...tests].sort((a, b) => secondsOf(b) - secondsOf(a) || (a.path < b.path ? -1 : 1));
  }

  /** The same files on every machine, whatever the order in which they were found. */
  shard(tests, { shardIndex, shardCount }) {
    const shards = Array.from({ length: shardCount }, () => ({ seconds: 0, tests: [] }));
    for (const test of this.sort(tests)) {
      const emptiest = shards.reduce((least, shard) => (shard.seconds < least.seconds ? shard : least));
      emptiest.seconds += secondsOf(test);
      emptiest.tests.push(test);
    }
    return shards[shardIndex - 1].tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // The order is always the same, so times of earlier runs are of no use.
  }
};

/** The order of the test files: those that run whole gates first, so that none of them is left alone at the end. */
const LONG = [
  'test/gate/',
  'test/services/',
  'test/commands/',
  'test/baseline/st',
  'test/doctor/',
  'test/init/init',
  'test/action/run',
];

const rank = ({ path }) => {
  const found = LONG.findIndex((part) => path.includes(part));
  return found < 0 ? LONG.length : found;
};

module.exports = class LongFirst {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // The order is always the same, so times of earlier runs are of no use.
  }
};

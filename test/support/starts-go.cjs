/**
 * The test files that start Go: builds, services, valgrind. The beginning of their paths, and about how many seconds one
 * takes on two quiet cores; the first that fits counts. What stands here is left out of `npm run test:fast`, which has no
 * Go; the seconds make the order of the whole, and its shards.
 */
const STARTS_GO = [
  ['test/gate/', 330],
  ['test/services/versions', 95],
  ['test/commands/mistakes-valgrind', 85],
  ['test/commands/demo', 65],
  ['test/services/goroutines', 60],
  ['test/doctor/doctor', 50],
  ['test/baseline/stored-runs', 50],
  ['test/baseline/stores.', 45],
  ['test/commands/own-rules', 45],
  ['test/commands/mistakes-service', 45],
  ['test/services/native', 45],
  ['test/services/children', 45],
  ['test/action/run', 45],
  ['test/init/init', 40],
  ['test/services/', 25],
  ['test/build/build.', 20],
  ['test/examples/examples', 20],
  ['test/commands/mistakes', 20],
  ['test/commands/scenarios', 20],
  ['test/commands/quick', 15],
  ['test/load/transports', 15],
  ['test/binary/same-code', 15],
  ['test/progress/cli', 15],
  ['test/examples/', 10],
  ['test/load/tools-gate', 10],
  ['test/load/tools-mistakes', 10],
  ['test/commands/new-service', 10],
  ['test/orbs/gate-job', 10],
  ['test/package/package', 10],
  ['test/run/secrets', 10],
  ['test/profile/parity', 10],
  ['test/agent/agent', 5],
  ['test/load/tools-command', 5],
  ['test/baseline/bundle', 5],
  ['test/changes/find', 5],
  ['test/profile/decode', 5],
  ['test/profile/encode', 5],
  ['test/profile/names', 5],
  ['test/profile/table', 3],
  ['test/profile/top', 3],
  ['test/binary/', 3],
  ['test/build/toolchain', 3],
  ['test/init/mains', 3],
  ['test/init/source', 3],
];

/** What the path, relative to the root, stands for in the list; undefined for a file that starts no Go. */
const goSecondsOf = (path) => STARTS_GO.find(([beginning]) => path.startsWith(beginning))?.[1];

module.exports = { STARTS_GO, goSecondsOf };

// A Jest reporter for scripts that read the outcome: after everything else, one line `N passed, N failed`.
module.exports = class ClosingLine {
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests },
  ) {
    // A suite that could not run is a failure; a skipped test would be one that nobody sees.
    const failed = numFailedTests + numRuntimeErrorTestSuites + numPendingTests + numTodoTests;
    process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
  }
};

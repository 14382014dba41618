#!/usr/bin/env node
/** The door for people and scripts: the arguments in, the exit code out. */

try {
  // Imported here, so that a program that cannot be read, for want of open files or of memory, is no finding either.
  const { throughDoor } = await import('./door.ts');
  await throughDoor(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'], async (world) =>
    (await import('../main.ts')).main(process.argv.slice(2), world),
  );
} catch (error) {
  process.exitCode = 3;
  process.stderr.write(`perf-gate: the program itself cannot be loaded: ${(error as Error).message}\n`);
}

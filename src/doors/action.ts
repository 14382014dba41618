/** The door for GitHub Actions: action.yml names this file, bundled. */
import { tmpdir } from 'node:os';
import { throughDoor } from './door.ts';
import { startAfresh } from './start-afresh.ts';

startAfresh(process, process.env['RUNNER_TEMP'] || tmpdir());
// Not loaded by a process that is about to be replaced.
const [core, { githubAction }] = await Promise.all([import('@actions/core'), import('./github-action.ts')]);
// A cancelled job sends SIGINT, then SIGTERM 7.5 s later, and kills 2.5 s after that.
await throughDoor(['SIGINT', 'SIGTERM'], (world) => githubAction(core, world));

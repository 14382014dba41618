/** The door for GitHub Actions: action.yml names this file, bundled. */
import * as core from '@actions/core';
import { throughDoor } from './door.ts';

// A cancelled job sends SIGINT, then SIGTERM 7.5 s later, and kills 2.5 s after that.
await throughDoor(['SIGINT', 'SIGTERM'], async (world) =>
  (await import('./github-action.ts')).githubAction(core, world),
);

/** The door for GitHub Actions: action.yml names this file, bundled. */
import * as core from '@actions/core';
import { openDoor } from './door.ts';
import { githubAction } from './github-action.ts';

// A cancelled job sends SIGINT, then SIGTERM 7.5 s later, and kills 2.5 s after that.
process.exitCode = await githubAction(core, openDoor('SIGINT', 'SIGTERM'));

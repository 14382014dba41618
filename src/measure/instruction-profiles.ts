/**
 * Counted code as pprof profiles. *Executed*: one sample an instruction and one a function entered, for exact counts by
 * line (`go tool pprof -list`). *Paths*: one sample a call path.
 */
import { ProfileBuilder } from '../profile/builder.ts';
import type { CallPaths, ExecutedCode } from '../profile/callgrind-stacks.ts';
import type { Profile } from '../profile/profile.ts';

const INSTRUCTIONS = { type: 'instructions', unit: 'count' };
const CALLS = { type: 'calls', unit: 'count' };

export function executedProfile({ executed, entered }: ExecutedCode, executable: string): Profile {
  const builder = newBuilder([CALLS, INSTRUCTIONS], executable);
  for (const { site, count } of executed) builder.add([site], [0, count]);
  for (const { site, calls } of entered) builder.add([site], [calls, 0]);
  return builder.build();
}

export function pathsProfile({ stacks }: CallPaths, executable: string): Profile {
  const builder = newBuilder([INSTRUCTIONS], executable);
  for (const { sites, instructions } of stacks) {
    if (Math.round(instructions) > 0) builder.add(sites, [instructions]);
  }
  return builder.build();
}

function newBuilder(sampleTypes: readonly (typeof INSTRUCTIONS)[], executable: string): ProfileBuilder {
  const header = { sampleTypes, defaultType: 'instructions', periodType: INSTRUCTIONS, period: 1 };
  return new ProfileBuilder(header).mapping(executable, '');
}

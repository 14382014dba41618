/** Everything of the machine that can be looked at without building anything, at once. */
import { join } from 'node:path';
import { atOnce } from '../base/at-once.ts';
import type { World } from '../base/world.ts';
import type { Config } from '../config/config.ts';
import type { Repository } from '../git/repository.ts';
import { activityFacts, judgeActivity } from './activity.ts';
import { compilerFacts, judgeCompiler } from './c-compiler.ts';
import { readCgroupLimits } from './cgroup.ts';
import { coreFacts, judgeCores } from './cores.ts';
import { diskFacts, judgeDisk } from './disk.ts';
import { type Finding, looked, untried } from './finding.ts';
import { lookAtGo } from './go.ts';
import { judgeMemory, memoryFacts } from './memory.ts';
import { judgePerfEvents } from './perf-events.ts';
import { lookAtPort } from './port.ts';
import { readSystemText } from './system-text.ts';
import { lookAtValgrind } from './valgrind.ts';

export interface Ground {
  readonly repo: Repository | undefined;
  readonly loaded: { readonly config: Config; readonly serviceDirectory: string } | undefined;
  /** The run directory, absolute. */
  readonly output: string;
}

type Look = (here: World) => Promise<readonly Finding[]>;

export async function lookAtMachine({ repo, loaded, output }: Ground, world: World): Promise<Finding[]> {
  const read = readSystemText;
  const limits = readCgroupLimits(read);
  const config = loaded?.config;
  const directory = loaded === undefined ? world.cwd : join(repo?.root ?? world.cwd, loaded.serviceDirectory);
  const looks: Look[] = [
    (here) => lookAtCompilers(directory, config, here),
    async () => [judgeCores(coreFacts(world, read, limits)), judgeMemory(memoryFacts(world, limits))],
    async (here) => [
      await looked('disk', here, async () => judgeDisk(await diskFacts(here, read, { output, repo }))),
      judgeActivity(await activityFacts(read, here.signal)),
      await lookAtValgrind(here, config?.instruments),
      judgePerfEvents(read),
      await lookAtPort(here),
    ],
  ];
  return (await atOnce(looks, world.signal, (look, signal) => look({ ...world, signal }))).flat();
}

async function lookAtCompilers(directory: string, config: Config | undefined, world: World): Promise<Finding[]> {
  const { env, signal } = world;
  const { finding, toolchain } = await lookAtGo(directory, config, env, world);
  if (toolchain === undefined) return [finding, untried('c compiler', 'go must say first whether it is needed')];
  if (config === undefined) return [finding, untried('c compiler', 'the config must name the service first')];
  const compiler = looked('c compiler', world, async () =>
    judgeCompiler(await compilerFacts(directory, config, toolchain, env, signal)),
  );
  return [finding, await compiler];
}

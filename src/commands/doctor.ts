/** perf-gate doctor: what a run needs, looked at and tried, each with what to do about it. It changes nothing. */
import { resolve } from 'node:path';
import { wantsColor } from '../base/color.ts';
import { VERSION } from '../base/version.ts';
import { errorsIn, exitCodeOf, type Section } from '../doctor/finding.ts';
import { lookAtMachine } from '../doctor/machine.ts';
import { renderJson, renderTable } from '../doctor/render.ts';
import { lookAtFiles } from './doctor-files.ts';
import { examineService, notTried } from './doctor-service.ts';
import type { Command } from './list.ts';
import { progressFor } from './progress-flags.ts';
import { settingsOf } from './settings.ts';

export const doctor: Command<'doctor'> = async ({ values }, world) => {
  const progress = progressFor(world, values);
  const output = resolve(world.cwd, values.output);

  const { files, machine } = await progress.step('looking at your files and this machine', async () => {
    const files = await lookAtFiles({ config: values.config, settings: settingsOf(values), output }, world);
    return { files, machine: await lookAtMachine({ ...files, output }, world) };
  });
  const looked: Section[] = [
    { title: 'your files', findings: files.findings },
    { title: 'this machine', findings: machine },
  ];
  const { repo, loaded } = files;
  const service = async (): Promise<Section[]> => {
    if (values['no-service']) return [notTried(loaded?.config, 'left out by --no-service')];
    const isReady = !errorsIn(looked).some(({ name }) => NEEDED.includes(name));
    if (repo === undefined || loaded === undefined || !isReady) return [notTried(loaded?.config)];
    return examineService({ repo, ...loaded, output }, world, progress);
  };
  const sections = [...looked, ...(await service())];
  const diagnosis = { tool: VERSION, sections };
  const rendered =
    values.format === 'json' ? renderJson(diagnosis) : renderTable(diagnosis, { color: wantsColor(world) });
  world.stdout.write(world.secrets.clean(rendered));
  return exitCodeOf(sections);
};

/** What must be right before a service can be built and tried. */
const NEEDED: readonly string[] = ['config', 'go', 'disk', 'port'];

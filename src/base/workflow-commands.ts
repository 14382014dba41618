/**
 * Takes from what is written in a step of GitHub Actions what its runner would obey: a function may be called `::add-mask::e`
 * or a service write it into its log. Formats: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import type { Output, World } from './world.ts';

/** Zero-width space: nothing that a runner trims, and nothing that a person sees. */
const BREAK = '\u200B';

/** The world as it is, or in a step of GitHub Actions one whose outputs say nothing to the runner. */
export function withoutWorkflowCommands(world: World): World {
  if (world.env['GITHUB_ACTIONS'] !== 'true') return world;
  return { ...world, stdout: harmless(world.stdout), stderr: harmless(world.stderr) };
}

function harmless(output: Output): Output {
  /** The line that has no end yet. */
  let open = '';
  return {
    ...output,
    write: (text) => {
      output.write(broken(open + text).slice(broken(open).length));
      open = (open + text).replace(/^.*[\r\n]/s, '');
    },
  };
}

/** `::name::` is a command behind spaces at most, `##[name]` everywhere. */
const broken = (text: string) =>
  text.replaceAll(/(^|[\r\n])(\s*):(?=:)/g, `$1$2:${BREAK}`).replaceAll('##[', `##${BREAK}[`);

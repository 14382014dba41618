import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/workflow-commands.ts
var BREAK = "\u200B";
function withoutWorkflowCommands(world) {
  if (world.env["GITHUB_ACTIONS"] !== "true") return world;
  return { ...world, stdout: harmless(world.stdout), stderr: harmless(world.stderr) };
}
function harmless(output) {
  let open = "";
  return {
    ...output,
    write: (text) => {
      output.write(broken(open + text).slice(broken(open).length));
      open = (open + text).replace(/^.*[\r\n]/s, "");
    }
  };
}
var broken = (text) => text.replaceAll(/(^|[\r\n])(\s*):(?=:)/g, `$1$2:${BREAK}`).replaceAll("##[", `##${BREAK}[`);

export {
  withoutWorkflowCommands
};

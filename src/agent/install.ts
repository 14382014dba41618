/**
 * Writes the agent into package main of a private checkout of a service. What the agent does is its own affair; here
 * are only its files.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import agent from '../../go/agent/perf_gate_agent.go';
import clockOther from '../../go/agent/perf_gate_agent_clock_other.go';
import clockUnix from '../../go/agent/perf_gate_agent_clock_unix.go';
import count from '../../go/agent/perf_gate_agent_count.go';
import expandGo123 from '../../go/agent/perf_gate_agent_expand_go123.go';
import expandPre123 from '../../go/agent/perf_gate_agent_expand_pre123.go';
import limitGo119 from '../../go/agent/perf_gate_agent_limit_go119.go';
import limitPre119 from '../../go/agent/perf_gate_agent_limit_pre119.go';
import resolve from '../../go/agent/perf_gate_agent_resolve.go';
import runtime from '../../go/agent/perf_gate_agent_runtime.go';
import signalsLinux from '../../go/agent/perf_gate_agent_signals_linux.go';
import signalsOther from '../../go/agent/perf_gate_agent_signals_other.go';
import stacks from '../../go/agent/perf_gate_agent_stacks.go';
import { MeasurementError } from '../base/errors.ts';

/** The agent's files: name and text. A test compares them with the folder. */
export const AGENT_FILES: Readonly<Record<string, string>> = {
  'perf_gate_agent.go': agent,
  'perf_gate_agent_clock_other.go': clockOther,
  'perf_gate_agent_clock_unix.go': clockUnix,
  'perf_gate_agent_count.go': count,
  'perf_gate_agent_expand_go123.go': expandGo123,
  'perf_gate_agent_expand_pre123.go': expandPre123,
  'perf_gate_agent_limit_go119.go': limitGo119,
  'perf_gate_agent_limit_pre119.go': limitPre119,
  'perf_gate_agent_resolve.go': resolve,
  'perf_gate_agent_runtime.go': runtime,
  'perf_gate_agent_signals_linux.go': signalsLinux,
  'perf_gate_agent_signals_other.go': signalsOther,
  'perf_gate_agent_stacks.go': stacks,
};

/** A function that is in every executable with the agent, under exactly this name. */
export const AGENT_ANCHOR = 'main.perfGateAnchor';

/** Adds the agent to the package in this directory; nothing that is there already is overwritten. */
export async function installAgent(packageDir: string): Promise<void> {
  for (const [name, text] of Object.entries(AGENT_FILES)) {
    try {
      await writeFile(join(packageDir, name), text, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new MeasurementError(`${join(packageDir, name)} is there already: perf-gate adds a file of this name`, {
        hint: `rename it, or remove it if it was copied here by hand`,
        cause: error,
      });
    }
  }
}

/** Puts the agent's Go files beside those of package main in a private checkout. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeasurementError } from '../errors.ts';
import agent from './go/perf_gate_agent.go';
import agentClockOther from './go/perf_gate_agent_clock_other.go';
import agentClockUnix from './go/perf_gate_agent_clock_unix.go';
import agentExpandGo123 from './go/perf_gate_agent_expand_go123.go';
import agentExpandPre123 from './go/perf_gate_agent_expand_pre123.go';
import agentLimitGo119 from './go/perf_gate_agent_limit_go119.go';
import agentLimitPre119 from './go/perf_gate_agent_limit_pre119.go';
import agentResolve from './go/perf_gate_agent_resolve.go';
import agentRuntime from './go/perf_gate_agent_runtime.go';
import agentSignalsLinux from './go/perf_gate_agent_signals_linux.go';
import agentSignalsOther from './go/perf_gate_agent_signals_other.go';

const FILES: Readonly<Record<string, string>> = {
  'perf_gate_agent.go': agent,
  'perf_gate_agent_clock_other.go': agentClockOther,
  'perf_gate_agent_clock_unix.go': agentClockUnix,
  'perf_gate_agent_expand_go123.go': agentExpandGo123,
  'perf_gate_agent_expand_pre123.go': agentExpandPre123,
  'perf_gate_agent_limit_go119.go': agentLimitGo119,
  'perf_gate_agent_limit_pre119.go': agentLimitPre119,
  'perf_gate_agent_resolve.go': agentResolve,
  'perf_gate_agent_runtime.go': agentRuntime,
  'perf_gate_agent_signals_linux.go': agentSignalsLinux,
  'perf_gate_agent_signals_other.go': agentSignalsOther,
};

/** Writes the agent into the directory of package main; throws a MeasurementError where one of its files is there already. */
export async function installAgent(packageDirectory: string): Promise<void> {
  for (const [name, source] of Object.entries(FILES)) {
    try {
      await writeFile(join(packageDirectory, name), source, { flag: 'wx' });
    } catch (cause) {
      throw new MeasurementError(`cannot write ${name} into package main: ${(cause as Error).message}`, {
        cause,
        hint: 'files called perf_gate_agent*.go are made by perf-gate and belong to no repository',
      });
    }
  }
}

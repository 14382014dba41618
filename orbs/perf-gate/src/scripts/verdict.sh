#!/usr/bin/env bash
# Ends the job as perf-gate ended.
set -euo pipefail

code=$(cat /tmp/perf-gate/exit-code)
if [ "$code" -ne 0 ]; then cat "$PARAM_OUTPUT/report.txt"; fi
exit "$code"

#!/usr/bin/env bash
# Ends the job as perf-gate ended. What failed is printed: the report, or those of the scenarios.
set -euo pipefail

code=$(cat /tmp/perf-gate/exit-code)
case $code in
  0 | 1 | 2 | 3 | 4 | 130) ;;
  *)
    echo "what perf-gate ended with was written over" >&2
    exit 3
    ;;
esac
if [ "$code" -ne 0 ]; then
  for report in "$PARAM_OUTPUT"/report.txt "$PARAM_OUTPUT"/*/report.txt; do
    if [ -f "$report" ]; then cat "$report"; fi
  done
fi
exit "$code"

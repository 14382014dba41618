#!/usr/bin/env bash
# Measures and judges. Where there is a report, its exit code is kept for the last step, so that the report is delivered
# first; where there is none, nothing could be measured, and this step fails.
set -euo pipefail

arguments=(run --output "$PARAM_OUTPUT")
if [ -n "${PARAM_CONFIG:-}" ]; then arguments+=(--config "$PARAM_CONFIG"); fi
if [ -n "${PARAM_BASE:-}" ]; then arguments+=(--base "$PARAM_BASE"); fi

# The pull request's own code is built and run here. It needs no token.
unset "$PARAM_GITHUB_TOKEN"

# shellcheck disable=SC2016 # the inner shell expands it
perf_gate=${PARAM_COMMAND:-'npx --yes "perf-gate@$PARAM_VERSION"'}
code=0
bash -c "${perf_gate%$'\n'}"' "$@"' perf-gate "${arguments[@]}" || code=$?

# With scenarios, each has a directory of its own.
has_report=false
for report in "$PARAM_OUTPUT"/report.json "$PARAM_OUTPUT"/*/report.json; do
  if [ -f "$report" ]; then has_report=true; fi
done
if ! "$has_report"; then exit $((code ? code : 3)); fi
mkdir -p /tmp/perf-gate
echo "$code" >/tmp/perf-gate/exit-code

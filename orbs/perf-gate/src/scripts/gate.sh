#!/usr/bin/env bash
# Measures and judges. Where there is a report, its exit code is kept for the last step, so that the report is delivered
# first; where there is none, nothing could be measured, and this step fails.
set -euo pipefail

measure() {
  local arguments code report has_report started
  arguments=(run --output "$PARAM_OUTPUT")
  if [ -n "${PARAM_CONFIG:-}" ]; then arguments+=(--config "$PARAM_CONFIG"); fi
  # CircleCI writes a boolean as a number where it becomes a variable, and as a word elsewhere.
  case "${PARAM_ACCEPT_CONFIG:-}" in true | 1) arguments+=(--accept-config) ;; esac
  if [ -n "${PARAM_BASE:-}" ]; then arguments+=(--base "$PARAM_BASE"); fi

  # What somebody has committed, or left there, is no result of this run.
  rm -f /tmp/perf-gate/exit-code
  started=$(mktemp)

  # In a prefix of its own, because npx prefers what it finds in the working directory, which the pull request has written.
  # shellcheck disable=SC2016 # the inner shell expands it
  perf_gate=${PARAM_COMMAND:-'npx --yes --prefix "$(mktemp -d)" "perf-gate@$PARAM_VERSION"'}
  code=0
  bash -c "${perf_gate%$'\n'}"' "$@"' perf-gate "${arguments[@]}" || code=$?

  # With scenarios, each has a directory of its own.
  has_report=false
  for report in "$PARAM_OUTPUT"/report.json "$PARAM_OUTPUT"/*/report.json; do
    if [ -f "$report" ] && [ "$report" -nt "$started" ]; then has_report=true; fi
  done
  rm -f "$started"
  if ! "$has_report"; then exit $((code ? code : 3)); fi
  mkdir -p /tmp/perf-gate
  # In one step, over whatever stands there by now.
  echo "$code" >"$started"
  mv -fT "$started" /tmp/perf-gate/exit-code
}

# The pull request's own code is built and run here. It needs no token, and /proc shows what a process was started with,
# whatever that unsets later: so another one takes this one's place.
exec env -u "$PARAM_GITHUB_TOKEN" bash -euo pipefail -c "$(declare -f measure)"$'\nmeasure'

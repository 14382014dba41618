#!/usr/bin/env bash
# Measures the commit that is checked out and stores the result; the exit code is perf-gate's.
set -euo pipefail

arguments=(save)
if [ -n "${PARAM_CONFIG:-}" ]; then arguments+=(--config "$PARAM_CONFIG"); fi

# In a prefix of its own, because npx prefers what it finds in the working directory, which others may have written.
# shellcheck disable=SC2016 # the inner shell expands it
perf_gate=${PARAM_COMMAND:-'npx --yes --prefix "$(mktemp -d)" "perf-gate@$PARAM_VERSION"'}
exec bash -c "${perf_gate%$'\n'}"' "$@"' perf-gate "${arguments[@]}"

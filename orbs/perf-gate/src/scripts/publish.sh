#!/usr/bin/env bash
# Writes the report, or all that lie in one directory, to the pull request. Whatever happens here changes no verdict.
set -euo pipefail

token=${!PARAM_GITHUB_TOKEN:-}
if [ -z "$token" ]; then
  echo "no comment: $PARAM_GITHUB_TOKEN is empty (a token with the right to write to pull requests, best in a context)"
  exit 0
fi

# In a prefix of its own, because npx prefers what it finds in the working directory, which others may have written.
# shellcheck disable=SC2016 # the inner shell expands it
perf_gate=${PARAM_COMMAND:-'npx --yes --prefix "$(mktemp -d)" "perf-gate@$PARAM_VERSION"'}
if ! GITHUB_TOKEN=$token bash -c "${perf_gate%$'\n'}"' "$@"' perf-gate publish --output "$PARAM_OUTPUT"; then
  echo "the report could not be published; it is among the artifacts of the job that measured" >&2
fi

#!/usr/bin/env bash
# Names the baseline that the cache is asked for: the branch and the commit, each in a file, because a cache key can hold
# the checksum of a file and no value that is known only now. Nothing is decided here; a wrong guess costs a rebuilt base.
set -euo pipefail

branch=${PARAM_BASE_BRANCH:-}
if [ -z "$branch" ]; then
  default=$(git symbolic-ref --quiet --short refs/remotes/origin/HEAD || echo origin/main)
  branch=${default#origin/}
fi

if [ "$PARAM_COMMIT" = head ]; then
  commit=$(git rev-parse HEAD)
elif [ -n "${PARAM_BASE:-}" ]; then
  commit=$(git rev-parse --verify --quiet --end-of-options "$PARAM_BASE^{commit}" || echo unknown)
else
  commit=$(git merge-base HEAD "refs/remotes/origin/$branch" || echo unknown)
fi

mkdir -p /tmp/perf-gate
printf '%s\n' "$branch" >/tmp/perf-gate/branch
printf '%s\n' "$commit" >/tmp/perf-gate/commit
echo "baseline: commit $commit of branch $branch"

#!/usr/bin/env bash
# Installs valgrind where it is missing. Never fails: perf-gate says by itself what it could not count.
set -euo pipefail

if command -v valgrind >/dev/null; then
  echo "$(valgrind --version) is there"
  exit 0
fi

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_valgrind() {
  if command -v apt-get >/dev/null; then
    as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends valgrind
  elif command -v dnf >/dev/null; then
    as_root dnf install --assumeyes valgrind
  elif command -v apk >/dev/null; then
    as_root apk add valgrind
  else
    echo "there is no apt-get, dnf or apk" >&2
    return 1
  fi
}

if ! install_valgrind; then
  echo "valgrind could not be installed: instructions will not be counted, and the report will say so" >&2
fi

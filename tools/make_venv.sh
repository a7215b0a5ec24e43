#!/usr/bin/env bash
# Create the virtual environment and install the project with its pinned dependencies.
set -euo pipefail
venv=$1

fail() { printf 'homolog: %s\n' "$*" >&2; exit 2; }

newest_python() {
  local candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
       "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "no Python 3.11 or newer on PATH. Install one (Debian and Ubuntu: apt-get install python3 python3-venv) and call make again."
}

python=$(newest_python)

# Debian ships venv without ensurepip; as root the missing package is one command away.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >/dev/null ||
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
  else
    fail "$python cannot create virtual environments (the module ensurepip is missing). Install python3-venv and call make again."
  fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "homolog: installing the pinned dependencies into $venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  --constraint constraints.txt --editable '.[test]'

#!/usr/bin/env bash
# Other people's client libraries, for tests/clients: an environment of their own, pinned.
set -euo pipefail
python=$1
target=$2
here=$(cd "$(dirname "$0")/.." && pwd)/tests/clients

echo "homolog: installing other people's client libraries into $target"
mkdir -p "$target/node"
[ -x "$target/python/bin/python" ] || "$python" -m venv "$target/python"
"$target/python/bin/python" -m pip install --quiet --disable-pip-version-check \
  --constraint "$here/constraints.txt" --requirement "$here/requirements.txt"
if command -v npm >/dev/null 2>&1; then
  cp "$here/package.json" "$target/node/package.json"
  npm install --prefix "$target/node" --silent --no-audit --no-fund --no-package-lock
else
  echo "homolog: no npm on PATH: the clients written for Node will be skipped"
fi

#!/usr/bin/env bash
# Install a PostgreSQL for the tests of the console's second engine, where that can be done without asking.
# The tests start a server of their own from it; without one they are left out and say why.
set -uo pipefail

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
command -v initdb >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "homolog: installing postgresql with apt-get"
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
fi
echo "homolog: no PostgreSQL here; the tests of that engine are left out (Debian: apt-get install postgresql)" >&2
exit 0

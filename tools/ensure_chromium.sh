#!/usr/bin/env bash
# Make sure that a Chromium is there: HOMOLOG_CHROMIUM, one on PATH, the platform's package, Playwright's download.
set -uo pipefail
python=$1

works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

on_path() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    # Ubuntu's chromium-browser may be an empty shell that asks for snap: only one that answers counts.
    if command -v "$name" >/dev/null 2>&1 && works "$name"; then return 0; fi
  done
  return 1
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

lists_are_fresh=no
install_package() { # installs what of the named packages exists here
  if [ "$lists_are_fresh" = no ]; then
    apt-get update -qq >/dev/null 2>&1
    lists_are_fresh=yes
  fi
  local name
  for name in "$@"; do
    apt-cache show "$name" >/dev/null 2>&1 || continue
    echo "homolog: installing $name with apt-get"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$name" >/dev/null 2>&1
  done
}

playwright_has_one() {
  "$python" - <<'PY'
import sys
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not Path(playwright.chromium.executable_path).exists())
PY
}

if [ -n "${HOMOLOG_CHROMIUM:-}" ]; then
  works "$HOMOLOG_CHROMIUM" && exit 0
  echo "homolog: HOMOLOG_CHROMIUM names $HOMOLOG_CHROMIUM, which does not start. Correct it or unset it." >&2
  exit 2
fi

if can_install; then
  # The headless shell is the same browser without the parts that draw windows: a review takes a third of the
  # time. Without an emoji font screenshots show boxes. Both are best effort; a plain Chromium is enough.
  command -v chromium-headless-shell >/dev/null 2>&1 || install_package chromium-headless-shell
  { command -v fc-list >/dev/null 2>&1 && fc-list | grep -qi emoji; } ||
    install_package fontconfig fonts-noto-color-emoji fonts-dejavu-core
fi

on_path && exit 0
playwright_has_one 2>/dev/null && exit 0
if can_install; then
  install_package chromium
  on_path && exit 0
fi
echo "homolog: downloading Playwright's own Chromium"
"$python" -m playwright install chromium >/dev/null 2>&1
playwright_has_one 2>/dev/null && exit 0

cat >&2 <<'TEXT'
homolog: no Chromium could be found or installed. Any one of these three ways helps:
  1. set HOMOLOG_CHROMIUM to the path of a Chromium or Chrome
  2. install one with the platform's package manager (Debian: apt-get install chromium)
  3. let Playwright download its own: .venv/bin/python -m playwright install chromium
TEXT
exit 2

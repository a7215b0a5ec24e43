#!/usr/bin/env bash
# Ask the advisory service of PyPI for known weaknesses of everything that constraints.txt pins.
# Ends with 1 for a weakness, with 2 when nobody could be asked: no answer is no clean bill.
set -euo pipefail
python=$1
place=$2

[ -x "$place/bin/pip-audit" ] || {
  "$python" -m venv "$place"
  "$place/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
}

report=$(mktemp)
trap 'rm -f "$report" "$report.log"' EXIT
code=0
"$place/bin/pip-audit" --requirement constraints.txt --no-deps --disable-pip --progress-spinner off \
  --timeout 20 >"$report" 2>"$report.log" || code=$?
skipped=$(grep -c 'could not be audited' "$report" || true)
if [ "$skipped" != 0 ] || { [ "$code" != 0 ] && ! grep -q 'known vulnerabilit' "$report.log"; }; then
  grep -v 'could not be audited' "$report.log" | tail -n 3 >&2
  echo "homolog: of the $(grep -c == constraints.txt) pinned packages $skipped were not found where the advisories should be, or nobody answered there; nothing is known about them. Call make audit where PyPI's advisory service can be reached." >&2
  exit 2
fi
cat "$report.log" "$report"
exit "$code"

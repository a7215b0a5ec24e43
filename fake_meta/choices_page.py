"""`python -m fake_meta.choices_page PAGE`: renew a page's table of choices."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_meta.domain.choices.page import renewed

if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")

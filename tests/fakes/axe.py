"""What axe-core thinks of a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def serious_on(page: Page) -> list[str]:
    """What axe-core calls serious or critical, each with its places."""
    options = {"runOnly": {"type": "tag", "values": STANDARD}}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
    ]

"""The person in front of the login dialog: logs in, grants whatever is asked for."""

from __future__ import annotations

import re
from typing import Any

import requests

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_BOXES = re.compile(r'name="(scope|asset)" value="([^"]+)"')


def consent(dialog: str, person: dict[str, Any]) -> str:
    """Where the browser is sent once the person has agreed."""
    browser = requests.Session()
    page = browser.get(dialog, timeout=10)
    typed = {"step": "log-in", "login": person["login"], "password": person["password"]}
    page = browser.post(dialog, data={**_form(page.text), **typed}, timeout=10)
    agreed = {**_form(page.text), "step": "continue"}
    return browser.post(dialog, data=agreed, timeout=10, allow_redirects=False).headers["Location"]


def _form(page: str) -> dict[str, Any]:
    """What the form sends when every box stays ticked."""
    form: dict[str, Any] = {"csrf_token": _TOKEN.findall(page)[-1]}
    for name, value in _BOXES.findall(page):
        form.setdefault(name, []).append(value)
    return form

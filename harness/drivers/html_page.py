"""A server-rendered page as hands without a browser see it: test ids, forms, links."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup, Tag


class HtmlPage:
    """One answered page; `press` follows a link or submits the form around a button."""

    def __init__(self, session: requests.Session, answer: requests.Response) -> None:
        self._session = session
        self.url = answer.url
        self.status = answer.status_code
        self.redirects = tuple(hop.url for hop in answer.history)
        self.soup = BeautifulSoup(answer.text, "html.parser")

    @property
    def title(self) -> str:
        """The text of <title>."""
        return self.soup.title.get_text(strip=True) if self.soup.title else ""

    def find(self, test_id: str) -> Tag | None:
        """The first element with this test id."""
        return self.soup.select_one(f'[data-testid="{test_id}"]')

    def text(self, test_id: str) -> str:
        """The text of the first element with this test id, empty when there is none."""
        found = self.find(test_id)
        return found.get_text(" ", strip=True) if found else ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """The texts of all elements with these tag names, in order."""
        found = (element.get_text(" ", strip=True) for element in self.soup.find_all(list(names)))
        return tuple(text for text in found if text)

    def press(
        self, test_id: str, filled: Mapping[str, str] | None = None, *, timeout_s: float
    ) -> HtmlPage | None:
        """Press a link or button; `filled` gives values by test id. None when it is not there."""
        element = self.find(test_id)
        if element is None:
            return None
        if element.name == "a":
            address = urljoin(self.url, str(element.get("href", "")))
            return HtmlPage(self._session, self._session.get(address, timeout=timeout_s))
        form = element if element.name == "form" else element.find_parent("form")
        return self._submit(form, element, filled or {}, timeout_s) if form else None

    def _submit(
        self, form: Tag, button: Tag, filled: Mapping[str, str], timeout_s: float
    ) -> HtmlPage:
        fields = {
            str(field["name"]): filled.get(str(field.get("data-testid", "")), _value(field))
            for field in form.find_all(["input", "textarea"])
            if field.get("name") and field.get("type") not in ("submit", "checkbox", "radio")
        }
        if button.get("name"):
            fields[str(button["name"])] = str(button.get("value", ""))
        address = urljoin(self.url, str(button.get("formaction") or form.get("action") or ""))
        if str(form.get("method", "get")).lower() == "post":
            answer = self._session.post(address, data=fields, timeout=timeout_s)
        else:
            answer = self._session.get(address, params=fields, timeout=timeout_s)
        return HtmlPage(self._session, answer)


def _value(field: Tag) -> str:
    return field.get_text() if field.name == "textarea" else str(field.get("value", ""))

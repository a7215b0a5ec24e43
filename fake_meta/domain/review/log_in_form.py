"""A log-in form as a reviewer meets it: found, filled in, judged by the answer (§10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_TYPED = frozenset({"text", "email", "tel", ""})
_REFUSED = 400
_REDIRECT = 300


@dataclass(slots=True)
class LogInForm:
    """The form with the password; `username` and `password` are the names of its fields."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    username: str | None = None
    password: str | None = None

    def filled(self, username: str, password: str) -> dict[str, str]:
        """What is sent: hidden fields as they are, and the credentials."""
        typed = {self.username or "": username, self.password or "": password}
        return self.fields | {name: value for name, value in typed.items() if name}


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[LogInForm] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(LogInForm(given.get("action", "")))
            self._is_inside = True
        elif tag == "input" and self._is_inside and given.get("name"):
            self._take(self.forms[-1], given["name"], given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False

    @staticmethod
    def _take(form: LogInForm, name: str, given: Mapping[str, str]) -> None:
        kind = given.get("type", "").lower()
        if kind == "password":
            form.password = form.password or name
        elif kind in _TYPED:
            form.username = form.username or name
        elif kind == "hidden":
            form.fields[name] = given.get("value", "")


def log_in_form(page: bytes) -> LogInForm | None:
    """The first form with a username and a password, or None."""
    finder = _Finder()
    finder.feed(page.decode("utf-8", errors="replace"))
    return next((one for one in finder.forms if one.username and one.password), None)


def target_of(form: LogInForm, page_url: str) -> str | None:
    """Where the form is sent; None for another host, which gets no credentials."""
    url = urljoin(page_url, form.action or page_url)
    is_same = urlsplit(url)[:2] == urlsplit(page_url)[:2]
    return url if is_same else None


def refusal_of(status: int | None, location: str, page: bytes, page_url: str) -> str | None:
    """Why nobody got in, from the answer to the form, or None when somebody did."""
    if status is None:
        return "the log-in form was sent and nothing came back"
    if status >= _REFUSED:
        return f"the log-in form answered HTTP {status} to the credentials of the submission"
    if status >= _REDIRECT:
        back = urlsplit(urljoin(page_url, location)).path == urlsplit(page_url).path
        return "the log-in form led back to itself with these credentials" if back else None
    if log_in_form(page) is not None:
        return "the log-in form came again after the credentials of the submission"
    return None

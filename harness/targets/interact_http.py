"""The reference console without a browser: its login form and its JSON (docs/console.md)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import requests

from harness.drivers.html_page import HtmlPage
from harness.drivers.loopback import loopback_session
from harness.errors import ConformanceFailure, TargetError
from harness.targets.contract import Arrival, Credentials, Outcome, SignIn
from harness.targets.interact_desk import InteractDesk

REFUSED_STATUS = {401: Outcome.REFUSED, 403: Outcome.REFUSED, 429: Outcome.THROTTLED}


class InteractHttpConsole:
    """One HTTP session in front of the login page."""

    camera = None

    def __init__(self, url: str, *, timeout_s: float) -> None:
        self._url = url
        self._timeout_s = timeout_s
        self._session = loopback_session()
        self._page: HtmlPage | None = None

    def arrive(self) -> Arrival:
        """Fetch the test page."""
        try:
            answer = self._session.get(self._url, timeout=self._timeout_s)
        except requests.RequestException as trouble:
            raise TargetError(f"the console does not answer {self._url}: {trouble}") from trouble
        page = self._page = HtmlPage(self._session, answer)
        fields = ("login", "password", "enter")
        return Arrival(
            requested_url=self._url,
            final_url=page.url,
            redirects=page.redirects,
            status=page.status,
            title=page.title,
            has_login_form=all(page.find(field) is not None for field in fields),
            labels=page.texts("label"),
            buttons=page.texts("button"),
            links=page.texts("a"),
            fits_window=None,
        )

    def sign_in(self, credentials: Credentials) -> SignIn:
        """Post the form as the page's script does, and read what comes of it."""
        page = self._page or self._arrived()
        form = page.find("login-form")
        if form is None:
            raise ConformanceFailure(
                "the login page has a form",
                expected="a form with Login and Password",
                actual=f"none at {page.url}",
            )
        token = form.select_one("input[name=csrf_token]")
        filled = {
            "login": credentials.login,
            "password": credentials.password,
            "csrf_token": str(token.get("value", "")) if token else "",
        }
        answer = self._post(urljoin(page.url, str(form.get("action") or page.url)), filled)
        return self._read_outcome(answer)

    @property
    def session(self) -> requests.Session:
        """What carries the cookies, for who speaks to the API without a desk."""
        return self._session

    def close(self) -> None:
        """Forget the session."""
        self._session.close()

    def _arrived(self) -> HtmlPage:
        self.arrive()
        assert self._page is not None
        return self._page

    def _post(self, address: str, filled: dict[str, str]) -> requests.Response:
        try:
            return self._session.post(
                address,
                data=filled,
                headers={"Accept": "application/json"},
                timeout=self._timeout_s,
                allow_redirects=False,
            )
        except requests.RequestException as trouble:
            raise TargetError(f"the console does not answer {address}: {trouble}") from trouble

    def _read_outcome(self, answer: requests.Response) -> SignIn:
        body = _json(answer)
        message = str(body.get("message", ""))
        if answer.status_code in REFUSED_STATUS:
            return SignIn(REFUSED_STATUS[answer.status_code], message, None, None)
        following = str(body.get("next", ""))
        if "first-login" in following:
            return SignIn(Outcome.PASSWORD_CREATION, message, None, None)
        if not answer.ok or not following:
            seen = f"HTTP {answer.status_code} {answer.text[:200]}"
            return SignIn(Outcome.UNCLEAR, seen, None, None)
        desk = InteractDesk(self._session, self._url, timeout_s=self._timeout_s)
        self._page = None
        return SignIn(Outcome.SIGNED_IN, message, None, desk)


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        return {}  # not JSON: the caller words it with the status
    return body if isinstance(body, dict) else {}

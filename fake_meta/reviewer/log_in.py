"""The reviewer logs in to the app, by the form of its page (meta-contract §10.1, §10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode

from fake_meta.courier import DirectSender, OutboundRequest, Reply
from fake_meta.domain.review.forms import AccessPath
from fake_meta.domain.review.log_in_form import log_in_form, refusal_of, target_of
from fake_meta.journal import Entry, EntryKind, EntryOutcome


def try_credentials(
    sender: DirectSender, access: AccessPath, headers: Mapping[str, str]
) -> str | None:
    """Why the credentials of the submission lead nowhere, or None when they lead in."""
    url = access.login_url
    page = _send(sender, OutboundRequest("GET", url, headers))
    form = log_in_form(page.body)
    if form is None:
        return f"{url} has no form with a username and a password to log in by"
    target = target_of(form, url)
    if target is None:
        return f"the log-in form of {url} sends its credentials to another host"
    body = urlencode(form.filled(access.username, access.password)).encode()
    more = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        "Referer": url,
        "Cookie": _cookies(page),
    }
    sent = {name: value for name, value in {**headers, **more}.items() if value}
    answer = _send(sender, OutboundRequest("POST", target, sent, body))
    return refusal_of(answer.status, _header(answer, "location"), answer.body, url)


def _send(sender: DirectSender, request: OutboundRequest) -> Reply:
    about = Entry(EntryKind.REVIEW_VISIT, EntryOutcome.FAILED, 0, events=("log_in",))
    return sender.send_judged(request, about, lambda reply: reply.error)[0]


def _cookies(reply: Reply) -> str:
    try:
        jar = SimpleCookie(_header(reply, "set-cookie"))
    except CookieError:
        return ""
    return "; ".join(f"{name}={one.coded_value}" for name, one in jar.items())


def _header(reply: Reply, name: str) -> str:
    return next((value for key, value in reply.headers.items() if key.lower() == name), "")

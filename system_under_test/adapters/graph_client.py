"""Meta's Graph API over HTTP, every call with a time limit."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from system_under_test.domain.agents import FACEBOOK_LOGIN, INSTAGRAM_LOGIN, PAGE_INBOX, Channel
from system_under_test.domain.customers import Profile
from system_under_test.domain.failure_reasons import reason_of
from system_under_test.domain.graph_errors import Fate, judge
from system_under_test.domain.messages import Part
from system_under_test.service.ports import GraphFailureError, NewToken

if TYPE_CHECKING:
    from requests import Response, Session

_RESPONSE = {"messaging_type": "RESPONSE"}
_SEND_TIMEOUT_S = 10.0
_MEDIA_TIMEOUT_S = 25.0  # Meta fetches the file before it answers; the outbox waits for 30 s
_MOST_COUNTED = 2**63  # what the database can hold


class GraphClient:
    """Implements service.ports.GraphApi; safe to share between threads."""

    def __init__(
        self,
        base_url: str,
        app_secret: str,
        profile_timeout_s: float,
        instagram: tuple[str, str] | None = None,
    ) -> None:
        facebook = (base_url, app_secret)
        # Where calls of a flavour go, and whose secret proves that they are ours (§1.1).
        self._apps = {
            FACEBOOK_LOGIN: facebook,
            PAGE_INBOX: facebook,
            INSTAGRAM_LOGIN: instagram or facebook,
        }
        self._profile_timeout_s = profile_timeout_s
        self._local = threading.local()  # a requests.Session belongs to one thread

    def profile(self, channel: Channel, igsid: str) -> Profile:
        """The customer's profile (meta-contract §5.3)."""
        answer = self._call(
            "GET",
            igsid,
            channel,
            timeout_s=self._profile_timeout_s,
            params={"fields": channel.medium.profile_fields},
        )
        return Profile(
            name=_text(answer, "name") or _whole_name(answer),
            username=_text(answer, "username"),
            avatar_url=_web_address(_text(answer, "profile_pic")),
            followers=_count(answer.get("follower_count")),
        )

    def send_text(self, channel: Channel, igsid: str, text: str, tag: str | None = None) -> str:
        """Send a text, as a reply or with a tag; Meta's message id (meta-contract §4)."""
        return self._send(channel, igsid, {"text": text}, tag, _SEND_TIMEOUT_S)

    def send_media(self, channel: Channel, igsid: str, part: Part, tag: str | None = None) -> str:
        """Send the file at an address of ours; Meta's message id (meta-contract §4.3)."""
        attachment = {"type": part.kind, "payload": {"url": part.url}}
        return self._send(channel, igsid, {"attachment": attachment}, tag, _MEDIA_TIMEOUT_S)

    def _send(
        self,
        channel: Channel,
        igsid: str,
        message: Mapping[str, Any],
        tag: str | None,
        timeout_s: float,
    ) -> str:
        kind = {"messaging_type": "MESSAGE_TAG", "tag": tag} if tag else _RESPONSE
        answer = self._call(
            "POST",
            f"{channel.page_id}/messages",
            channel,
            timeout_s=timeout_s,
            json={"recipient": {"id": igsid}, **kind, "message": message},
        )
        mid = _text(answer, "message_id")
        if mid is None:
            raise GraphFailureError(Fate.UNSURE, "no_message_id")
        return mid

    def subscribe_page(self, channel: Channel, fields: Iterable[str]) -> None:
        """Install the app on the Page for these fields and no others (meta-contract §2.1.2)."""
        self._call(
            "POST",
            f"{channel.page_id}/subscribed_apps",
            channel,
            timeout_s=_SEND_TIMEOUT_S,
            params={"subscribed_fields": ",".join(fields)},
        )

    def refresh_token(self, channel: Channel) -> NewToken:
        """A new long-lived token of Instagram Login for the present one (meta-contract §6.2)."""
        answer = self._call(
            "GET",
            "refresh_access_token",
            channel,
            timeout_s=_SEND_TIMEOUT_S,
            params={"grant_type": "ig_refresh_token", "access_token": channel.token},
        )
        token, life_s = _text(answer, "access_token"), _number(answer.get("expires_in"))
        if token is None or life_s is None:
            raise GraphFailureError(Fate.RETRY, "no_token")
        return NewToken(token, life_s)

    def _call(
        self, method: str, path: str, channel: Channel, *, timeout_s: float, **content: Any
    ) -> Mapping[str, Any]:
        from requests import RequestException

        base_url, secret = self._apps[channel.flavour]
        proof = hmac.new(secret.encode(), channel.token.encode(), hashlib.sha256).hexdigest()
        params = {**content.pop("params", {}), "appsecret_proof": proof}
        headers = {"Authorization": f"Bearer {channel.token}"}
        if method == "POST":
            # A kept connection may die under the request, and then nobody knows whether the
            # message was sent: a fresh one fails before it or not at all.
            headers["Connection"] = "close"
        try:
            response = self._session(method).request(
                method,
                f"{base_url}/{path}",
                params=params,
                headers=headers,
                timeout=timeout_s,
                allow_redirects=False,
                **content,
            )
        except RequestException as error:
            raise _unreachable(method, error) from error
        return _answer(method, response)

    def _session(self, method: str) -> Session:
        import requests

        # Two, so that a POST never meets a connection that a GET has kept.
        sessions: dict[str, Session] = self._local.__dict__.setdefault("sessions", {})
        if method not in sessions:
            sessions[method] = requests.Session()
            sessions[method].trust_env = False
        return sessions[method]


def _answer(method: str, response: Response) -> Mapping[str, Any]:
    body = _body(response)
    if 200 <= response.status_code < 300 and "error" not in body:
        return body
    error = body.get("error")
    error = error if isinstance(error, Mapping) else {}
    code = _number(error.get("code"))
    verdict = judge(
        code,
        _number(error.get("error_subcode")),
        response.status_code,
        transient=error.get("is_transient") is True,
    )
    if method == "POST" and not error and response.status_code >= 500:
        # A proxy's 502 or 504 does not say whether Meta had the message.
        raise GraphFailureError(Fate.UNSURE, verdict.reason)
    raise GraphFailureError(verdict.fate, verdict.reason, code)


def _body(response: Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, Mapping) else {}


def _unreachable(method: str, error: Exception) -> GraphFailureError:
    sure = method == "GET" or _never_left(error)
    return GraphFailureError(
        Fate.RETRY if sure else Fate.UNSURE, reason_of("unreachable", _plain(error))
    )


def _never_left(error: Exception) -> bool:
    """Whether no connection was made, so that the request surely did not arrive."""
    from requests.exceptions import ConnectionError as NoConnectionError
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    if isinstance(error, ConnectTimeout):
        return True
    cause = error.args[0] if isinstance(error, NoConnectionError) and error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _plain(error: Exception) -> str:
    # The full text of requests' errors holds the URL with its query.
    return type(error).__name__


def _text(answer: Mapping[str, Any], name: str) -> str | None:
    value = answer.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _whole_name(answer: Mapping[str, Any]) -> str | None:
    """Messenger has parts of a name, and may leave `name` out (§5.3)."""
    parts = (_text(answer, "first_name"), _text(answer, "last_name"))
    return " ".join(one for one in parts if one) or None


def _web_address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _count(value: object) -> int | None:
    number = _number(value)
    return number if number is not None and 0 <= number < _MOST_COUNTED else None

"""Whatever is thrown at the Graph API is answered with Meta's envelope or a 4xx, and soon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fake_meta.app import app_over, build_emulator
from fake_meta.body_limit import LARGEST, largest
from fake_meta.settings import Settings
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport

FORM = "application/x-www-form-urlencoded"
FIXED = settings(
    max_examples=50,
    deadline=2000,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
METHODS = st.sampled_from(["GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"])
NASTY = st.sampled_from(
    [
        "",
        "\0",
        "\ud800",
        "\r\nX-Injected: 1",
        "🧨" * 400,
        "a" * 20_000,
        "../../etc/passwd",
        "{",
        "null",
        "-1",
        "1e999",
        "9" * 400,
        "[" * 3000,
        "%00",
        "٣",
        "true",
    ]
)
KEYS = st.sampled_from(
    [
        "recipient",
        "message",
        "messaging_type",
        "tag",
        "sender_action",
        "fields",
        "limit",
        "after",
        "before",
        "ids",
        "batch",
        "user_id",
        "platform",
        "access_token",
        "appsecret_proof",
        "input_token",
        "callback_url",
        "object",
        "verify_token",
        "metadata",
        "subscribed_fields",
        "method",
        "locale",
        "folder",
        "depends_on",
        "reply_to",
        "attachment",
        "payload",
        "quick_replies",
        "text",
        "id",
        "type",
        "url",
        "is_reusable",
        "target_app_id",
        "include_headers",
        "relative_url",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | NASTY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
PATHS = st.sampled_from(
    [
        "me",
        "me/messages",
        "me/conversations",
        "me/accounts",
        "me/messenger_profile",
        "me/subscribed_apps",
        "{page}",
        "{page}/messages",
        "{page}/conversations",
        "{page}/subscribed_apps",
        "{page}/message_attachments",
        "{page}/pass_thread_control",
        "{page}/take_thread_control",
        "{account}",
        "{app}/subscriptions",
        "{igsid}",
        "debug_token",
        "oauth/access_token",
        "me/permissions",
        "nobody",
        "0",
        "-1",
        "{mid}",
    ]
)
VERSIONS = st.sampled_from(["/v25.0/", "/", "/v1.0/", "/v99.0/", "/graph.instagram.com/v25.0/"])


class Victim:
    """An emulator with one message in it, and the ids that make hostile calls get far."""

    def __init__(self) -> None:
        self.emulator = build_emulator(Settings(), HandTransport(), HandFetcher())
        self.client: FlaskClient = app_over(self.emulator).test_client()
        world = self.emulator.parts.world
        person = world.customers[0]
        self.token = world.page.access_token
        self.ids = {
            "page": world.page.id,
            "account": world.account.id,
            "app": world.app.id,
            "igsid": person.igsid,
            "mid": world.send_text(person.username, "Olá").mid,
        }

    def call(self, method: str, path: str, **how: Any) -> Any:
        place = path.format(**self.ids)
        headers = {"Authorization": f"Bearer {self.token}", **how.pop("headers", {})}
        return self.client.open(place, method=method, headers=headers, **how)


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    victim = Victim()
    yield victim
    victim.emulator.close()


def judge(answer: Any) -> None:
    """A 2xx, Meta's envelope, or a 4xx of the way in; a 5xx only with Meta's codes 1 and 2."""
    body = answer.get_data(as_text=True)
    assert "Traceback" not in body
    assert "X-Injected" not in answer.headers
    if body and answer.status_code >= 500:
        assert json.loads(body)["error"]["code"] in (1, 2), body
    elif body and answer.status_code >= 400 and answer.content_type.startswith("application/json"):
        error = json.loads(body)["error"]
        assert {"message", "type", "code", "fbtrace_id"} <= set(error), body


@FIXED
@given(method=METHODS, version=VERSIONS, path=PATHS, body=JSON)
def test_hostile_json(victim: Victim, method: str, version: str, path: str, body: Any) -> None:
    judge(victim.call(method, version + path, data=json.dumps(body), content_type="text/json"))


@FIXED
@given(
    method=METHODS,
    path=PATHS,
    query=st.lists(st.tuples(KEYS, NASTY | JSON.map(json.dumps)), max_size=6),
)
def test_hostile_parameters(
    victim: Victim, method: str, path: str, query: list[tuple[str, str]]
) -> None:
    pairs = [(name, value.encode("utf-8", "replace").decode()) for name, value in query]
    judge(victim.call(method, f"/v25.0/{path}", query_string=pairs_text(pairs)))
    judge(victim.call(method, f"/v25.0/{path}", data=pairs_text(pairs), content_type=FORM))


def pairs_text(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs)


@FIXED
@given(method=METHODS, path=st.text(max_size=40), body=st.binary(max_size=200))
def test_hostile_paths_and_bytes(victim: Victim, method: str, path: str, body: bytes) -> None:
    place = "/v25.0/" + path.encode("utf-8", "replace").decode().replace("{", "").replace("}", "")
    kinds = ["application/json", "multipart/form-data; boundary=x", FORM, "\x7f", ""]
    judge(victim.call(method, place, data=body, content_type=kinds[len(body) % len(kinds)]))


@FIXED
@given(
    message=JSON,
    recipient=JSON | st.just({"id": "{igsid}"}),
    extra=st.dictionaries(KEYS, JSON, max_size=3),
)
def test_hostile_messages(
    victim: Victim, message: Any, recipient: Any, extra: dict[str, Any]
) -> None:
    real = {"id": victim.ids["igsid"]} if recipient == {"id": "{igsid}"} else recipient
    wish = {"recipient": real, "message": message, **extra}
    judge(victim.call("POST", "/v25.0/me/messages", json=wish))


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, '{"message":' * 50_000, "\ufeff{}", '{"a":1,"a":2}', "NaN", '"\\ud800"'],
)
def test_json_that_no_parser_loves(victim: Victim, body: str) -> None:
    judge(victim.call("POST", "/v25.0/me/messages", data=body, content_type="application/json"))


UNLOVED = [
    b"[" * 100_000,
    b'{"payload":' * 50_000,
    b'{"name":"\\udfff\\u0000\\r\\nX-Injected: 1"}',
    b'{"seed":' + b"9" * 6000 + b"}",
    b'{"advance_s":1e400}',
    b'{"name":NaN}',
    b"\xff\xfe{}",
    b"[]",
    b"null",
    b'"text"',
    b"",
]


@pytest.mark.parametrize("body", UNLOVED, ids=lambda one: repr(one[:16]))
@pytest.mark.parametrize("path", ["customers", "clock", "marks", "webhook/deliver", "faults"])
def test_the_control_api_refuses_in_one_sentence(victim: Victim, path: str, body: bytes) -> None:
    answer = victim.client.post(f"/_control/{path}", data=body, content_type="application/json")

    assert answer.status_code in (200, 201, 400, 409)
    assert "X-Injected" not in answer.headers
    assert answer.status_code < 400 or set(json.loads(answer.data)) == {"error"}
    assert len(answer.data) < 5000


@pytest.mark.parametrize("depth", [50, 500, 5000])
@pytest.mark.parametrize("field", ["a{", "a.limit(1){", "a.limit("])
def test_fields_nested_without_end(victim: Victim, field: str, depth: int) -> None:
    judge(victim.call("GET", "/v25.0/me", query_string={"fields": field * depth}))


@pytest.mark.parametrize("path", ["/v25.0/me/messages", "/me/messages", "/_control/customers"])
def test_a_body_that_is_too_large_is_refused_unread(victim: Victim, path: str) -> None:
    answer = victim.call("POST", path, environ_overrides={"CONTENT_LENGTH": str(2**25 + 1)})

    assert answer.status_code == 413
    assert "larger than" in answer.get_data(as_text=True)


def test_who_is_not_let_in_is_told_in_metas_form(victim: Victim) -> None:
    too_large = {"CONTENT_LENGTH": str(2**25 + 1)}
    answer = victim.call("POST", "/v25.0/me/messages", environ_overrides=too_large)

    assert answer.content_type == "application/json; charset=UTF-8"
    assert answer.headers["facebook-api-version"] == "v25.0"
    trace_id = answer.get_json()["error"]["fbtrace_id"]
    assert re.fullmatch(r"A[A-Za-z0-9_-]{22}", trace_id)
    assert answer.headers["x-fb-trace-id"] == trace_id


@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE", "CONNECT", "FOO"])
@pytest.mark.parametrize("path", ["/v25.0/me", "/v25.0/nobody/messages"])
def test_a_method_that_meta_has_not_is_refused_in_its_form(
    victim: Victim, method: str, path: str
) -> None:
    answer = victim.call(method, path)

    assert answer.status_code == 400
    assert method.lower() in answer.get_json()["error"]["message"]
    assert answer.headers["facebook-api-version"] == "v25.0"


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_text_is_called_empty(victim: Victim, text: str) -> None:
    wish = {"recipient": {"id": victim.ids["igsid"]}, "message": {"text": text}}
    answer = victim.call("POST", "/v25.0/me/messages", json=wish)

    assert answer.status_code == 400
    assert "non-empty" in answer.get_json()["error"]["message"]


def test_a_file_may_be_larger_than_a_text() -> None:
    assert largest("/v25.0/me/message_attachments", "multipart/form-data; boundary=x") > LARGEST

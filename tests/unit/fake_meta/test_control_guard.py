"""The control API against nonsense and against foreign pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from fake_meta.control.guard import refusal


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8701", None),
        ("localhost", None),
        ("[::1]:8701", "http://[::1]:8701"),
        ("127.0.0.1:8701", "http://127.0.0.1:8701"),
    ],
)
def test_programs_and_the_own_page_may_call(host: str, origin: str | None) -> None:
    assert refusal(host, origin) is None


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8701", "http://evil.example"),
        ("127.0.0.1:8701", "http://127.0.0.1:9000"),
        ("127.0.0.1:8701", "null"),
        ("evil.example", None),
        ("graph.facebook.com", None),
        ("", None),
    ],
)
def test_foreign_pages_and_names_may_not(host: str, origin: str | None) -> None:
    assert refusal(host, origin) is not None


def test_a_foreign_page_cannot_reset_the_world(client: FlaskClient) -> None:
    answer = client.post("/_control/reset", headers={"Origin": "http://evil.example"})

    assert answer.status_code == 403
    assert "http://evil.example" in answer.get_json()["error"]


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, '{"seed":' + "9" * 5000 + "}"])
@pytest.mark.parametrize("call", ["reset", "clock", "customers", "webhook/deliver"])
def test_a_body_that_cannot_be_read_is_refused(client: FlaskClient, call: str, body: str) -> None:
    answer = client.post(f"/_control/{call}", data=body)

    assert answer.status_code == 400
    assert len(answer.get_json()["error"]) < 300


@pytest.mark.parametrize("seed", ["--5", "9" * 5000, 10**30, True, "٣"])
def test_a_seed_that_is_no_whole_number_is_refused(client: FlaskClient, seed: object) -> None:
    answer = client.post("/_control/reset", json={"seed": seed})

    assert answer.status_code == 400
    assert "seed must be a whole number" in answer.get_json()["error"]


@pytest.mark.parametrize("seconds", [1e308, 1e300, 1e15, 10**400, -1, "nan", "inf"])
def test_the_clock_refuses_absurd_jumps(client: FlaskClient, seconds: object) -> None:
    answer = client.post("/_control/clock", json={"advance_s": seconds})

    assert answer.status_code == 400
    assert client.get("/_control/clock").get_json()["offset_ms"] < 1000


@pytest.mark.parametrize(
    "name", ["../x", "a/b", ".", "a..b", "<script>", "a b", "\u202e", "x" * 31]
)
def test_a_username_that_instagram_would_not_give_is_refused(
    client: FlaskClient, name: str
) -> None:
    answer = client.post("/_control/customers", json={"username": name})

    assert answer.status_code == 400
    assert "username must be" in answer.get_json()["error"]

"""Bodies are taken in before anything answers; those that never come have bounded places."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest

from system_under_test.web.body_gate import SMALL, WAIT_S, BodyGate


class Behind:
    """An application that keeps the bodies it was shown."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.bodies.append(environ["wsgi.input"].read())
        start("200 OK", [])
        return [b"answered"]


class Coming:
    """A body on its way: what `while_it_comes` does happens before it is there."""

    def __init__(self, body: bytes, while_it_comes: Callable[[], object]) -> None:
        self.body, self.while_it_comes = body, while_it_comes

    def read(self) -> bytes:
        self.while_it_comes()
        return self.body


def call(gate: BodyGate, body: Any, **environ: str) -> tuple[str, bytes]:
    statuses: list[str] = []
    given: dict[str, Any] = {"PATH_INFO": "/webhooks/meta", "wsgi.input": body, **environ}
    answer = b"".join(gate(given, lambda status, _headers: statuses.append(status)))
    return statuses[0], answer


def test_a_body_is_there_when_the_application_is_asked() -> None:
    behind = Behind()
    came: list[int] = []
    body = Coming(b"abc", lambda: came.append(len(behind.bodies)))

    assert call(BodyGate(behind, 9), body, CONTENT_LENGTH="3") == ("200 OK", b"answered")
    assert (came, behind.bodies) == ([0], [b"abc"])


def test_half_a_body_reaches_nobody() -> None:
    behind = Behind()

    status, answer = call(BodyGate(behind, 9), BytesIO(b"ab"), CONTENT_LENGTH="3")

    assert status == "408 Request Timeout"
    assert json.loads(answer) == {"error": "body_incomplete"}
    assert behind.bodies == []


def test_a_place_is_held_while_a_body_comes_and_no_longer() -> None:
    gate = BodyGate(Behind(), 9, places=1, patience_s=0)
    inner: list[str] = []
    during = Coming(
        b"abc", lambda: inner.append(call(gate, BytesIO(b"abc"), CONTENT_LENGTH="3")[0])
    )

    outer, _ = call(gate, during, CONTENT_LENGTH="3")
    after, _ = call(gate, BytesIO(b"abc"), CONTENT_LENGTH="3")

    assert (inner, outer, after) == (["503 Service Unavailable"], "200 OK", "200 OK")


def test_calls_without_a_body_need_no_place() -> None:
    gate = BodyGate(Behind(), 9, places=0, patience_s=0)

    assert call(gate, BytesIO(), CONTENT_LENGTH="0")[0] == "200 OK"
    assert call(gate, BytesIO())[0] == "200 OK"
    assert call(gate, BytesIO(), HTTP_TRANSFER_ENCODING="chunked")[0].startswith("503")


@pytest.mark.parametrize(
    "head", [{"CONTENT_LENGTH": str(SMALL + 1)}, {"HTTP_TRANSFER_ENCODING": "chunked"}]
)
def test_a_large_or_unmeasured_body_keeps_its_place_until_it_is_answered(
    head: dict[str, str],
) -> None:
    seen: list[str] = []

    def behind(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        seen.append(call(gate, BytesIO(b"abc"), CONTENT_LENGTH="3")[0])
        start("413 Request Entity Too Large", [])
        return []

    gate = BodyGate(behind, 9, places=1, patience_s=0)

    assert call(gate, BytesIO(), **head)[0].startswith("413")
    assert seen == ["503 Service Unavailable"]


def test_a_body_is_overdue_when_its_time_is_over_and_it_has_not_come() -> None:
    now_s = [100.0]
    gate = BodyGate(Behind(), 9, now_s=lambda: now_s[0])
    seen: list[bool] = []

    def time_goes() -> None:
        for now_s[0] in (100 + WAIT_S, 101 + WAIT_S):
            seen.append(gate.is_overdue())

    call(gate, Coming(b"abc", time_goes), CONTENT_LENGTH="3")

    assert (seen, gate.is_overdue()) == ([False, True], False)


def test_no_more_requests_work_at_once_than_there_are_threads_for_work() -> None:
    at_work, go_on = threading.Semaphore(0), threading.Event()

    def slow(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        at_work.release()
        go_on.wait(5)
        start("200 OK", [])
        return []

    gate = BodyGate(slow, threads=2)
    with ThreadPoolExecutor(3) as pool:
        calls = [pool.submit(call, gate, BytesIO()) for _ in range(3)]
        assert at_work.acquire(timeout=5)
        assert at_work.acquire(timeout=5)
        third_came_in = at_work.acquire(timeout=0.05)
        go_on.set()

    assert not third_came_in
    assert [one.result()[0] for one in calls] == ["200 OK"] * 3

"""The automatic reviewer logs in to the reference console with what the submission says (§10.5)."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from harness.clock import SystemClock
from harness.processes import Launcher, free_port
from tests.fakes.running_console import RunningConsole


@pytest.fixture
def review(tmp_path: Path) -> Iterator[str]:
    """The address of App Review in the control API of an emulator."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/_control"
    command = [sys.executable, "-m", "fake_meta", "--port", str(port)]
    with Launcher(tmp_path / "meta", clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"{base}/health")
        yield f"{base}/app-review"


@pytest.mark.parametrize(
    ("password", "seen"),
    [("Aa123*", []), ("forgotten", ["the log-in form answered HTTP 401"])],
)
def test_the_credentials_of_the_submission(
    review: str, interact: RunningConsole, password: str, seen: list[str]
) -> None:
    call(review, "", {"try_credentials": True})
    access = {"login_url": f"{interact.url}/interact_multiagent", "username": "reviewer"}
    call(review, "/access", {**access, "password": password})
    requests.put(f"{review}/permissions/instagram_basic", json={}, timeout=10).raise_for_status()

    (decision,) = requests.get(f"{review}/findings", timeout=20).json()["decisions"]

    found = [one["seen"] for one in decision["findings"] if one["reason"] == "no_access"]
    assert [one.partition(" to the")[0] for one in found] == seen


def call(review: str, path: str, body: dict[str, Any]) -> None:
    requests.patch(f"{review}{path}", json=body, timeout=10).raise_for_status()

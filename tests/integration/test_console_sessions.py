"""Signing in, taking over, streams, and the life of the process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.fakes.running_console import ROOT, AgentHands, RunningConsole, message, until

ANA = "3603717463085785"


def test_six_wrong_passwords_lock_the_right_one_too(interact: RunningConsole) -> None:
    hands = AgentHands(interact.url)

    statuses = [hands.log_in("reviewer", "wrong").status_code for _ in range(5)]
    locked = hands.log_in("reviewer", "Aa123*")
    other = hands.log_in("second", "Bb123*")

    assert statuses == [401] * 5
    assert (locked.status_code, locked.json()["error"]) == (429, "too_many_attempts")
    assert 0 < int(locked.headers["Retry-After"]) <= 30
    assert other.status_code == 200


def test_a_refusal_does_not_say_which_half_was_wrong(interact: RunningConsole) -> None:
    hands = AgentHands(interact.url)

    unknown = hands.log_in("nobody", "Aa123*")
    wrong = hands.log_in("reviewer", "nothing")

    assert unknown.status_code == wrong.status_code == 401
    assert unknown.json() == wrong.json()


def test_the_first_login_creates_the_password(interact: RunningConsole) -> None:
    hands = AgentHands(interact.url)
    answer = hands.log_in("newcomer", "anything")
    page = hands.http.get(interact.url + answer.json()["next"], timeout=5).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    fields = {"new_password": "Nn123*", "repeat_password": "Nn123*", "csrf_token": token[1]}

    before = hands.get("state").status_code
    saved = hands.http.post(f"{hands.base}/first-login", data=fields, timeout=5)

    assert before == 401
    assert saved.url.endswith("/interact_multiagent/console")
    assert interact.agent("newcomer", "Nn123*").state()["agent"]["name"] == "New Agent"


def test_a_newer_sign_in_takes_over(interact: RunningConsole) -> None:
    older = interact.operating()

    with older.stream(older.state()["cursor"]) as stream:
        newer = interact.agent()
        told = stream.next("taken_over")
        ended = stream.ended.wait(3)

    refused = older.get("state")
    assert told["data"]["message"]
    assert ended
    assert (refused.status_code, refused.json()["error"]) == (401, "taken_over")
    assert newer.state()["status"]["id"] == "not_ready"


def test_pages_need_a_session_and_calls_a_token(interact: RunningConsole) -> None:
    agent = interact.agent()
    agent.csrf = "wrong"

    page = requests.get(
        f"{interact.url}/interact_multiagent/console", allow_redirects=False, timeout=5
    )
    call = agent.post("status", {"status": "operating"})

    assert (page.status_code, page.headers["Location"]) == (302, "/interact_multiagent")
    assert (call.status_code, call.json()) == (403, {"error": "csrf"})


def test_another_agents_conversation_does_not_exist(interact: RunningConsole) -> None:
    owner, other = interact.operating(), interact.agent("second", "Bb123*")
    interact.deliver(message(ANA, "Oi"))
    path = f"conversations/{owner.wait_for(1)[0]['id']}"

    statuses = [
        other.get(path).status_code,
        other.post(f"{path}/messages", {"text": "eu!"}).status_code,
        other.post(f"{path}/end").status_code,
        other.post(f"{path}/read").status_code,
    ]

    assert statuses == [404] * 4


def test_signing_out_waits_for_the_last_conversation(interact: RunningConsole) -> None:
    agent = interact.operating()
    interact.deliver(message(ANA, "Oi"))
    number = agent.wait_for(1)[0]["id"]
    headers = {"X-CSRF-Token": agent.csrf}

    busy = agent.http.post(f"{agent.base}/logout", headers=headers, timeout=5)
    agent.post(f"conversations/{number}/end")
    free = agent.http.post(f"{agent.base}/logout", headers=headers, timeout=5)

    assert [busy.status_code, free.status_code] == [409, 200]
    assert agent.get("state").status_code == 401


def test_a_stream_resumes_without_gap_or_repetition(interact: RunningConsole) -> None:
    agent = interact.operating()
    cursor = agent.state()["cursor"]
    with agent.stream(cursor) as stream:
        interact.deliver(message(ANA, "nota 0"))
        opened = stream.next("conversation_opened")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(interact.deliver, [message(ANA, f"nota {one}") for one in range(1, 21)]))
    with agent.stream(cursor, last_event_id=opened["id"]) as stream:
        seen = [stream.next("message")["data"]["message"]["text"] for _ in range(20)]

    polled = agent.get("events", after=opened["id"]).json()
    texts = [one["data"]["message"]["text"] for one in polled["events"] if one["type"] == "message"]
    assert opened["data"]["messages"][0]["text"] == "nota 0"
    assert sorted(seen) == sorted(f"nota {one}" for one in range(1, 21))
    assert texts == seen


def test_a_cursor_of_another_time_is_reset(interact: RunningConsole) -> None:
    agent = interact.agent()

    answer = agent.get("events", after=10_000_000).json()

    assert answer == {"reset": True, "cursor": agent.state()["cursor"]}


def test_the_end_is_prompt_with_open_streams(interact: RunningConsole) -> None:
    agent = interact.operating()

    with agent.stream(0), agent.stream(0), agent.stream(0):
        seconds = interact.stop(signal.SIGTERM)

    assert seconds <= 6  # 1.2 on a quiet machine; streams alone would hold it up without end


def test_streams_never_take_the_last_threads(interact: RunningConsole) -> None:
    interact.stop()
    interact.environ["INTERACT_THREADS"] = "6"
    interact.start()
    agent = interact.operating()

    with agent.stream(0), agent.stream(0), agent.stream(0), agent.stream(0):
        refused = agent.get("stream", after=0)
        state = agent.get("state")

    assert [refused.status_code, state.status_code] == [503, 200]


def test_a_worker_does_not_outlive_its_killed_parent(interact: RunningConsole) -> None:
    interact.stop(signal.SIGKILL)

    until(interact.is_listening, lambda listening: not listening)


def test_a_taken_port_and_a_missing_secret_are_one_line_and_exit_2(
    interact: RunningConsole,
) -> None:
    def serve(**more: str) -> tuple[int, int]:
        environ = {**interact.environ, **more}
        done = subprocess.run(
            interact.command("serve"), cwd=ROOT, env=environ, capture_output=True, timeout=10,
            check=False,
        )  # fmt: skip
        return done.returncode, done.stderr.count(b"\n")

    assert serve() == (2, 1)
    assert serve(INTERACT_APP_SECRET="") == (2, 1)
    assert serve(INTERACT_PORT="many") == (2, 1)
    assert serve(INTERACT_DATABASE_URL="sqlite:////nowhere/at/all.sqlite3") == (2, 1)
    assert serve(INTERACT_SETUP_FILE="/nowhere/setup.toml") == (2, 1)


def test_answers_carry_the_security_headers_and_no_trace(interact: RunningConsole) -> None:
    page = requests.get(f"{interact.url}/interact_multiagent", timeout=5)
    missing = requests.get(f"{interact.url}/interact_multiagent/api/nothing", timeout=5)

    policy = page.headers["Content-Security-Policy"]
    assert page.status_code == 200
    assert "default-src 'self'" in policy
    assert "img-src 'self' https://lookaside.fbsbx.com" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert (missing.status_code, missing.json()) == (404, {"error": "not_found"})
    assert os.linesep not in missing.text.strip()

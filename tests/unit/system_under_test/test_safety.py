"""Attacks on the entrance, on cookies and on addresses; what a log may never tell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.test import Client, TestResponse

from system_under_test.adapters.engines import open_engine
from system_under_test.settings import Settings, SettingsError, from_environment
from tests.fakes.little_console import LittleConsole
from tests.fakes.wsgi_console import ROOT, WsgiConsole

HOUR_S = 3600
SESSION = "interact_session"


@pytest.fixture
def web(tmp_path: Path) -> WsgiConsole:
    little = LittleConsole(f"sqlite:///{tmp_path / 'little.sqlite3'}")
    little.describe(agents=2)
    little.change_agent(1, password_hash="hash:pw")
    return WsgiConsole(little)


def with_settings(web: WsgiConsole, **settings: Any) -> WsgiConsole:
    return WsgiConsole(web.little, **settings)


def log_in(http: Client, **fields: str) -> TestResponse:
    page = http.get(ROOT).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    wish = {"login": "agent1", "password": "pw", "csrf_token": found[1], **fields}
    return http.post(f"{ROOT}/login", data=wish)


def cookies_of(answer: TestResponse) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


# --- sessions --------------------------------------------------------------------------------


def test_a_session_that_nobody_uses_ends_after_twelve_hours(web: WsgiConsole) -> None:
    agent = web.agent()
    web.little.clock.now += 11 * HOUR_S * 1000
    assert agent.get("state").status_code == 200

    web.little.clock.now += 13 * HOUR_S * 1000
    refused = agent.get("state")

    assert (refused.status_code, refused.json["error"]) == (401, "signed_out")  # type: ignore[index]
    assert "nobody used this session" in refused.json["message"]  # type: ignore[index]
    assert agent.http.get(f"{ROOT}/console").headers["Location"] == ROOT


def test_an_open_console_keeps_its_session(web: WsgiConsole) -> None:
    agent = web.agent()
    for _ in range(3):
        web.little.clock.now += 11 * HOUR_S * 1000
        assert agent.get("state").status_code == 200


def test_how_long_a_session_may_be_unused_is_a_setting(web: WsgiConsole) -> None:
    agent = with_settings(web, session_idle_hours=0.5).agent()
    web.little.clock.now += HOUR_S * 1000

    assert agent.get("state").status_code == 401


def test_a_session_ends_at_its_age_however_much_it_is_used(web: WsgiConsole) -> None:
    agent = with_settings(web, session_hours=24).agent()
    answers = []
    for _ in range(3):
        web.little.clock.now += 10 * HOUR_S * 1000
        answers.append(agent.get("state"))

    assert [one.status_code for one in answers] == [200, 200, 401]
    assert "as long as a session may" in answers[2].json["message"]  # type: ignore[index]


def test_an_open_stream_ends_with_its_session_and_prolongs_it_no_more(web: WsgiConsole) -> None:
    little = web.little
    token, _ = little.sign_in.sign_in("agent1", "pw", "here")
    session = little.sign_in.find(token)
    assert session is not None
    batches = [little.feed.read(session, 0).ended]
    for hours in [11] * 15 + [4]:
        little.presence.flush()
        little.clock.now += hours * HOUR_S * 1000
        batches.append(little.feed.read(session, 0).ended)
    before = little.sign_in.find(token)
    little.presence.flush()

    assert batches == [False] * 16 + [True]
    assert little.sign_in.find(token) == before


@pytest.mark.parametrize("hours", ["0", "-1", "nan", "inf", "long"])
@pytest.mark.parametrize("name", ["INTERACT_SESSION_IDLE_HOURS", "INTERACT_SESSION_HOURS"])
def test_a_meaningless_time_is_refused(name: str, hours: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must be a number"):
        from_environment({name: hours})


def test_a_planted_session_is_never_the_one_that_signs_in(web: WsgiConsole) -> None:
    http = Client(web.meta.application)
    http.set_cookie(SESSION, "planted")
    answer = log_in(http)

    given = http.get_cookie(SESSION)
    assert answer.status_code == 303
    assert given is not None
    assert given.value != "planted"
    planted = Client(web.meta.application)
    planted.set_cookie(SESSION, "planted")
    assert planted.get(f"{ROOT}/api/state").status_code == 401


def test_a_token_for_another_cookie_of_the_form_is_refused(web: WsgiConsole) -> None:
    """Whoever can plant a cookie cannot make the victim's browser sign in as somebody else."""
    theirs, victim = Client(web.meta.application), Client(web.meta.application)
    page = theirs.get(ROOT).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    victim.get(ROOT)

    answer = victim.post(
        f"{ROOT}/login", data={"login": "agent1", "password": "pw", "csrf_token": token}
    )

    assert answer.status_code == 403


# --- cookies ---------------------------------------------------------------------------------


def test_cookies_are_kept_from_scripts_and_other_sites(web: WsgiConsole) -> None:
    http = Client(web.meta.application)
    for answer in (http.get(ROOT), log_in(http)):
        for cookie in cookies_of(answer):
            assert "; HttpOnly" in cookie
            assert "; SameSite=Lax" in cookie
            assert "; Secure" not in cookie


def test_behind_tls_cookies_never_go_without_it(web: WsgiConsole) -> None:
    app = with_settings(web, public_url="https://interact.example").meta.application
    http = Client(app)
    page = http.get(ROOT, base_url="http://127.0.0.1")

    assert [one for one in cookies_of(page) if "; Secure" not in one] == []
    assert len(cookies_of(page)) == 1


def test_behind_tls_no_neighbour_can_plant_a_cookie(web: WsgiConsole) -> None:
    """Browsers take `__Host-` only from the host itself, over TLS, for all of its paths."""
    http = Client(with_settings(web, public_url="https://interact.example").meta.application)
    http.set_cookie(SESSION, "planted")
    signed_in = log_in(http)
    given = http.get_cookie("__Host-" + SESSION)
    assert given is not None
    state = http.get(f"{ROOT}/api/state")
    token = state.json["csrf_token"]  # type: ignore[index]
    left = http.post(f"{ROOT}/logout", headers={"X-CSRF-Token": token})

    assert [one.split("=")[0] for one in cookies_of(signed_in)] == ["__Host-" + SESSION]
    assert "; Domain=" not in cookies_of(signed_in)[0]
    assert "; Path=/" in cookies_of(signed_in)[0]
    assert (state.status_code, left.status_code) == (200, 200)
    assert cookies_of(left)[0].startswith("__Host-" + SESSION + "=;")
    assert "; Secure" in cookies_of(left)[0]
    assert http.get(f"{ROOT}/api/state").status_code == 401


# --- addresses -------------------------------------------------------------------------------

ELSEWHERE = ["//evil.example", "/\\evil.example", "https://evil.example", "%2f%2fevil.example"]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_parameter_leads_elsewhere_after_the_sign_in(web: WsgiConsole, target: str) -> None:
    http = Client(web.meta.application)
    wishes = dict.fromkeys(["next", "url", "redirect", "return_to", "continue"], target)
    answer = log_in(http, **wishes)
    page = http.get(f"{ROOT}/console", query_string=wishes)

    assert answer.headers["Location"] == f"{ROOT}/console"
    assert "evil" not in answer.text + page.text


def test_a_strange_host_names_no_link(web: WsgiConsole) -> None:
    agent = web.agent()
    for path in (ROOT, f"{ROOT}/console", f"{ROOT}/supervisor", "/data-deletion/x", "/health"):
        answer = agent.http.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text + answer.headers.get("Location", "")


PATHS = [
    "/static/../settings.py", "/static/..%2f..%2fsettings.py", "/static/%2e%2e/%2e%2e/app.py",
    "/static/console/..\\..\\..\\settings.py", "/static//etc/passwd", "/static/console/%00",
    f"{ROOT}/..%2f..%2fetc/passwd", f"{ROOT}/api/conversations/..%2f1", f"{ROOT}/media/..%2f..%2f1",
    f"{ROOT}/api/conversations/-1", f"{ROOT}/api/conversations/99999999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_its_folder(web: WsgiConsole, path: str) -> None:
    answer = web.agent().http.get(path)

    assert answer.status_code in {400, 404}
    assert "class Settings" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "headers", [{"X-HTTP-Method-Override": "DELETE"}, {"X-Original-URL": "/metrics"}]
)
def test_no_header_makes_another_request_of_it(web: WsgiConsole, headers: dict[str, str]) -> None:
    agent = web.agent()

    assert agent.http.get(f"{ROOT}/api/state", headers=headers).json == agent.get("state").json


# --- metrics and logs ------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_metrics_without_a_token_are_for_this_machine_and_no_proxy_of_it(
    web: WsgiConsole, header: str
) -> None:
    here = {"REMOTE_ADDR": "127.0.0.1"}
    direct = web.meta.get("/metrics", environ_overrides=here)
    passed_on = web.meta.get("/metrics", headers={header: "203.0.113.9"}, environ_overrides=here)

    assert (direct.status_code, passed_on.status_code) == (200, 403)
    assert "INTERACT_METRICS_TOKEN" in passed_on.text


def test_metrics_with_the_token_pass_a_proxy(web: WsgiConsole) -> None:
    with_token = with_settings(web, metrics_token="scrape").meta
    headers = {"Authorization": "Bearer scrape", "X-Forwarded-For": "203.0.113.9"}

    assert with_token.get("/metrics", headers=headers).status_code == 200


def test_an_error_of_the_database_does_not_tell_what_somebody_wrote(database_url: str) -> None:
    engine = open_engine(database_url)
    with pytest.raises(SQLAlchemyError) as raised, engine.connect() as connection:
        connection.execute(text("SELECT :words FROM no_such_table"), {"words": "a secret"})
    engine.dispose()

    assert "no_such_table" in str(raised.value)
    assert "a secret" not in str(raised.value)


def test_the_defaults_of_the_settings_are_safe() -> None:
    assert Settings().host == "127.0.0.1"
    assert Settings().session_idle_hours == 12
    assert Settings().session_hours == 168
    with pytest.raises(SettingsError, match="INTERACT_APP_SECRET is missing"):
        Settings().require_secrets()

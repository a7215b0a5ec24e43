"""Who may do what: every route of the application by every role, one table.

A new route fails until it stands here. What a role may do must do something else than refuse; what
it may not do must be refused in the way that the table says, and change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from system_under_test.web.guard import SESSION_COOKIE
from tests.fakes.little_console import LittleConsole
from tests.fakes.wsgi_console import ROOT, WsgiConsole

ANA = "3603717463085785"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64

# What is answered: `does` is anything but a refusal.
DOES, LOGIN, SIGNED_OUT, NOT_FOUND = "does", "to the login page", "401", "404"
NOT_SUPERVISOR, TAKEN_OVER, UNSIGNED = "403 not_supervisor", "401 taken_over", "no proof"
ROLES = ("stranger", "newcomer", "ousted", "colleague", "holder", "supervisor")
BY_KIND: dict[str, tuple[str, ...]] = {
    # a page or an address for everybody
    "public": (DOES,) * 6,
    # a session is worth nothing here: Meta's signature, the form's own token, an address or token
    "own proof": (UNSIGNED,) * 6,
    # an address that nobody guesses, instead of a session
    "secret address": (NOT_FOUND,) * 6,
    "newcomer's page": (LOGIN, DOES, LOGIN, LOGIN, LOGIN, LOGIN),
    "agent's page": (LOGIN, DOES, LOGIN, DOES, DOES, DOES),  # a newcomer is led to the password
    "agent's call": (SIGNED_OUT, SIGNED_OUT, TAKEN_OVER, DOES, DOES, DOES),
    # also a supervisor acts on others' conversations only on the floor, where it is logged
    "holder's call": (SIGNED_OUT, SIGNED_OUT, TAKEN_OVER, NOT_FOUND, DOES, NOT_FOUND),
    "supervisor's call": (
        SIGNED_OUT, SIGNED_OUT, TAKEN_OVER, NOT_SUPERVISOR, NOT_SUPERVISOR, DOES,
    ),
    "supervisor's page": (LOGIN, LOGIN, LOGIN, NOT_SUPERVISOR, NOT_SUPERVISOR, DOES),
}  # fmt: skip
API, FLOOR, TALK = f"{ROOT}/api", f"{ROOT}/api/floor", f"{ROOT}/api/conversations/{{id}}"
MATRIX = {
    "GET /health": "public",
    "GET /metrics": "own proof",
    f"GET {ROOT}/static/{{path}}": "public",
    f"GET {ROOT}": "public",
    f"POST {ROOT}/login": "own proof",
    "GET /data-deletion/{code}": "secret address",
    f"GET {ROOT}/media/{{id}}/{{signature}}": "secret address",
    "GET /webhooks/meta": "own proof",
    "POST /webhooks/meta": "own proof",
    "POST /webhooks/meta/data-deletion": "own proof",
    "POST /webhooks/meta/deauthorize": "own proof",
    f"GET {ROOT}/first-login": "newcomer's page",
    f"POST {ROOT}/first-login": "newcomer's page",
    f"GET {ROOT}/console": "agent's page",
    f"POST {ROOT}/logout": "agent's call",
    f"GET {API}/state": "agent's call",
    f"GET {API}/events": "agent's call",
    f"GET {API}/stream": "agent's call",
    f"GET {API}/my-day": "agent's call",
    f"GET {API}/routing-log": "agent's call",
    f"GET {API}/transfer-targets": "agent's call",
    f"POST {API}/status": "agent's call",
    f"GET {TALK}": "holder's call",
    f"POST {TALK}/accept": "holder's call",
    f"POST {TALK}/attachments": "holder's call",
    f"POST {TALK}/decline": "holder's call",
    f"POST {TALK}/end": "holder's call",
    f"POST {TALK}/finish": "holder's call",
    f"POST {TALK}/messages": "holder's call",
    f"POST {TALK}/messages/{{id}}/retry": "holder's call",
    f"POST {TALK}/notes": "holder's call",
    f"POST {TALK}/read": "holder's call",
    f"POST {TALK}/transfer": "holder's call",
    f"GET {FLOOR}": "supervisor's call",
    f"GET {FLOOR}/metrics": "supervisor's call",
    f"GET {FLOOR}/routing-log": "supervisor's call",
    f"GET {FLOOR}/conversations/{{id}}": "supervisor's call",
    f"GET {FLOOR}/conversations/{{id}}/export": "supervisor's call",
    f"POST {FLOOR}/conversations/{{id}}/assign": "supervisor's call",
    f"POST {FLOOR}/conversations/{{id}}/end": "supervisor's call",
    f"POST {FLOOR}/conversations/{{id}}/priority": "supervisor's call",
    f"POST {FLOOR}/conversations/{{id}}/requeue": "supervisor's call",
    f"POST {FLOOR}/agents/{{login}}/sign-out": "supervisor's call",
    f"POST {FLOOR}/agents/{{login}}/status": "supervisor's call",
    f"GET {API}/repairs": "supervisor's call",
    f"POST {API}/repairs/quarantine/{{id}}/replay": "supervisor's call",
    f"POST {API}/repairs/dead-letters/{{id}}/retry": "supervisor's call",
    f"GET {ROOT}/supervisor": "supervisor's page",
    f"GET {ROOT}/administration": "supervisor's page",
    f"POST {ROOT}/administration/agents": "supervisor's page",
    f"POST {ROOT}/administration/channels": "supervisor's page",
    f"POST {ROOT}/administration/quick-replies": "supervisor's page",
    f"POST {ROOT}/administration/services": "supervisor's page",
    f"POST {ROOT}/administration/statuses": "supervisor's page",
    f"GET {ROOT}/repairs": "supervisor's page",
    f"POST {ROOT}/repairs/quarantine/{{id}}": "supervisor's page",
    f"POST {ROOT}/repairs/dead-letters/{{id}}": "supervisor's page",
}
VALUES = {"path": "login.js", "code": "unknown", "signature": "0" * 64, "login": "agent2"}
BODIES = {
    "messages": {"text": "Olá"}, "notes": {"text": "Nota"}, "transfer": {"agent": "agent2"},
    "status": {"status": "ready"}, "assign": {"agent": "agent2"}, "priority": {"priority": 1},
}  # fmt: skip
CHANGES = sorted(
    door
    for door, kind in MATRIX.items()
    if door.startswith("POST") and kind not in ("public", "own proof")
)


@dataclass(frozen=True)
class Person:
    """A browser with its cookies, and the token of its pages."""

    http: Client
    csrf: str = ""


@dataclass(frozen=True)
class House:
    """A console in which everybody of the table is, and what they would find there."""

    little: LittleConsole
    web: WsgiConsole
    people: dict[str, Person]
    conversation: str
    message: str

    def knock(self, door: str, who: str, *, csrf: str | None = None) -> TestResponse:
        method, path = door.split(" ")
        values = {**VALUES, "id": self.conversation}
        address = re.sub(r"messages/{id}", f"messages/{self.message}", path).format(**values)
        person = self.people[who]
        http, token = person.http, person.csrf if csrf is None else csrf
        headers = {"X-CSRF-Token": token}
        if path.endswith("/attachments"):
            return http.open(address, method=method, data=PNG, headers=headers)
        if method == "POST" and MATRIX[door].endswith("page"):
            return http.post(address, data={"csrf_token": token})
        if method == "POST":
            return http.post(address, json=BODIES.get(path.split("/")[-1], {}), headers=headers)
        return http.get(address, query_string={"since_ms": "0"} if "my-day" in path else None)

    def everything(self) -> str:
        tables = ("conversation", "message", "note", "outbox", "agent", "service", "channel",
                  "quick_reply", "file", "leg")  # fmt: skip
        with self.little.store._connection("BEGIN") as connection:
            return repr(
                [
                    [
                        tuple(row)
                        for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1")
                    ]
                    for name in tables
                ]
            )


@contextmanager
def furnished(folder: Path) -> Iterator[House]:
    little = LittleConsole(f"sqlite:///{folder / 'house.sqlite3'}")
    little.describe(agents=3)
    little.change_agent(3, role="supervisor")
    little.run(
        "INSERT INTO agent (login, name, status, status_since_ms) VALUES"
        " ('newcomer', 'New', 'not_ready', 0)"
    )
    web = WsgiConsole(little)
    holder = web.agent("agent1")
    web.deliver(little.message(ANA))
    answer = holder.reply(ANA, "Bom dia")
    ousted = web.agent("agent3", status="")  # a newer sign-in follows
    people = {
        "stranger": Person(Client(web.meta.application)),
        "newcomer": newcomer(web),
        "ousted": Person(ousted.http, ousted.csrf),
        **{
            role: Person(desk.http, desk.csrf)
            for role, desk in (
                ("colleague", web.agent("agent2", status="")),
                ("holder", holder),
                ("supervisor", web.agent("agent3", status="")),
            )
        },
    }
    yield House(little, web, people, holder.number(ANA), answer.json["id"])
    little.store.close()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house for all that changes nothing."""
    with furnished(tmp_path_factory.mktemp("still")) as house:
        yield house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with furnished(tmp_path) as house:
        yield house


def newcomer(web: WsgiConsole) -> Person:
    http = Client(web.meta.application)
    fields = {"login": "newcomer", "password": "any", "csrf_token": token_of(http.get(ROOT).text)}
    assert http.post(f"{ROOT}/login", data=fields).status_code == 303
    return Person(http, token_of(http.get(f"{ROOT}/first-login").text))


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def told(answer: TestResponse) -> str:
    """What kind of answer it is, in the words of the table."""
    place = answer.headers.get("Location", "")
    error = (answer.json or {}).get("error", "") if answer.is_json else ""
    if answer.status_code in (302, 303) and place == ROOT:
        return LOGIN
    if answer.status_code == 401:
        return TAKEN_OVER if error == "taken_over" else SIGNED_OUT
    if answer.status_code == 403 and (
        error == "not_supervisor" or "for supervisors" in answer.text
    ):
        return NOT_SUPERVISOR
    if answer.status_code == 404:
        return NOT_FOUND
    if answer.status_code == 403 or error == "bad_signed_request":
        return UNSIGNED
    return DOES if answer.status_code < 500 else f"broken: {answer.status_code}"


def page_error(answer: TestResponse) -> str:
    refused = answer.status_code == 403 and "This page is for supervisors" in answer.text
    return "not_supervisor" if refused else ""


def doors(web: WsgiConsole) -> set[str]:
    """Every route of the application that is built, as `METHOD /path/{what}`."""
    names = {"conversation_id": "id", "message_id": "id", "file_id": "id", "delivery_id": "id",
             "filename": "path"}  # fmt: skip

    def named(found: re.Match[str]) -> str:
        return f"{{{names.get(found[1], found[1])}}}"

    value = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
    return {
        f"{method} {value.sub(named, rule.rule)}"
        for rule in web.meta.application.url_map.iter_rules()  # type: ignore[attr-defined]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def cookie(house: House) -> str:
    found = house.people["holder"].http.get_cookie(SESSION_COOKIE)
    assert found is not None
    return found.value


def combinations(*, changing: bool) -> list[tuple[str, str, str]]:
    """Door, role and what is expected; `changing` are those that really do something."""
    return [
        (door, role, expected)
        for door, kind in sorted(MATRIX.items())
        for role, expected in zip(ROLES, BY_KIND[kind], strict=True)
        if changing == (expected == DOES and door.startswith("POST"))
    ]


def test_every_route_stands_in_the_matrix(still: House) -> None:
    assert doors(still.web) == set(MATRIX)


@pytest.mark.parametrize(("door", "role", "expected"), combinations(changing=False))
def test_who_may_not_is_refused_and_changes_nothing(
    still: House, door: str, role: str, expected: str
) -> None:
    before = still.everything()

    answer = still.knock(door, role)

    assert told(answer) == expected, answer.text[:300]
    assert still.everything() == before


@pytest.mark.parametrize(("door", "role", "expected"), combinations(changing=True))
def test_who_may_does(house: House, door: str, role: str, expected: str) -> None:
    answer = house.knock(door, role)

    assert told(answer) == expected, answer.text[:300]


Token = Callable[[House], str]
FORGED: dict[str, Token] = {
    "none": lambda _house: "",
    "invented": lambda _house: "f" * 64,
    "not even text": lambda _house: "\u00e9\u0101",
    "another session's": lambda house: house.people["colleague"].csrf,
    "one of before": lambda house: house.people["ousted"].csrf,
    "the cookie itself": cookie,
}


@pytest.mark.parametrize("door", CHANGES)
@pytest.mark.parametrize("kind", FORGED)
def test_nothing_changes_without_the_token_of_the_own_session(
    still: House, door: str, kind: str
) -> None:
    may = [role for role, what in zip(ROLES, BY_KIND[MATRIX[door]], strict=True) if what == DOES]
    role = "holder" if "holder" in may else may[-1]
    before = still.everything()

    answer = still.knock(door, role, csrf=FORGED[kind](still))

    assert answer.status_code == 403, answer.text[:300]
    assert still.everything() == before

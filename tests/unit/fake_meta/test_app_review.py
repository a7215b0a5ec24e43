"""App Review: filing, the automatic reviewer, what a decision changes (meta-contract §10)."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.courier import Reply
from fake_meta.domain.accounts import Customer
from fake_meta.domain.review.forms import Reason
from fake_meta.domain.review.wording import MEANINGS, table
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport
from tests.fakes.messenger_page import MessengerPage
from tests.fakes.review_forms import ACCESS, BASIC, FORMS, MESSAGES, file_everything, say

DAY_S = 24 * 3600
ON_MESSENGER = (
    "Agents answer the conversations that people begin on Messenger in the same console, since "
    "many customers of the company write to its Page."
)
Mend = Callable[[FlaskClient], object]


@pytest.fixture
def walked(client: FlaskClient, emulator: Emulator, world: World, tester: Customer) -> World:
    """A world in which the app was used as the steps of the review want it."""
    emulator.parts.courier.freeze_clock()
    hands = f"/_control/customers/{tester.username}"
    message = client.post(f"{hands}/messages", json={"text": "Hello"}).json
    assert message is not None
    client.get(f"/v25.0/{tester.igsid}?access_token={world.page.access_token}")
    reply = {"recipient": {"id": tester.igsid}, "message": {"text": "Hi"}}
    client.post(f"/v25.0/me/messages?access_token={world.page.access_token}", json=reply)
    client.post(f"{hands}/stories", json={"mentions": ["empresa.exemplo"]})
    client.post(f"{hands}/messages/{message['mid']}/unsend", json={"surface": "mobile"})
    return world


@pytest.fixture
def filed(client: FlaskClient, walked: World) -> World:
    file_everything(client)
    return walked


def advance(client: FlaskClient, seconds: float) -> None:
    assert client.post("/_control/clock", json={"advance_s": seconds}).status_code == 200


def reasons(submission: dict[str, Any]) -> dict[str, set[str]]:
    return {
        one["permission"]: {finding["reason"] for finding in one["findings"]}
        for one in submission["decisions"]
    }


def test_a_complete_submission_is_approved_when_its_time_has_come(
    client: FlaskClient, filed: World
) -> None:
    submission = say(client, "POST", "/submissions")
    advance(client, 3 * DAY_S - 1)
    (before,) = say(client, "GET", "")["submissions"]

    advance(client, 1)
    after = say(client, "GET", "")

    assert (submission["state"], before["state"]) == ("in_review", "in_review")
    assert reasons(after["submissions"][0]) == {MESSAGES: set(), BASIC: set()}
    assert after["submissions"][0]["state"] == "approved"
    assert after["access"][MESSAGES] == after["access"][BASIC] == "advanced"


def test_after_the_approval_a_stranger_is_heard(
    client: FlaskClient, filed: World, transport: HandTransport
) -> None:
    stranger = filed.create_customer({})
    filed.send_text(stranger.username, "before")
    deliveries = len(transport.requests)
    number = say(client, "POST", "/submissions")["number"]

    say(client, "POST", f"/submissions/{number}/decide")
    filed.send_text(stranger.username, "after")

    told = [one for one in transport.requests[deliveries:] if one.method == "POST"]
    assert [b"after" in one.body for one in told] == [True]


def test_the_clocks_decision_needs_nobody_who_looks(
    client: FlaskClient, filed: World, transport: HandTransport
) -> None:
    stranger = filed.create_customer({})
    say(client, "POST", "/submissions")

    advance(client, 3 * DAY_S)
    deliveries = len(transport.requests)
    filed.send_text(stranger.username, "after")

    assert [b"after" in one.body for one in transport.requests[deliveries:]] == [True]


def test_an_approval_takes_effect_later_when_told_so(client: FlaskClient, filed: World) -> None:
    say(client, "PATCH", "", {"grant_after_s": 3600})
    number = say(client, "POST", "/submissions")["number"]
    decided = say(client, "POST", f"/submissions/{number}/decide")
    again = client.put(f"/_control/app-review/permissions/{BASIC}", json={})
    advance(client, 3599)
    before = say(client, "GET", "")

    advance(client, 1)
    after = say(client, "GET", "")

    assert decided["state"] == "approved"
    assert (again.status_code, "access is on the way" in str(again.json)) == (409, True)
    assert (before["access"][BASIC], after["access"][BASIC]) == ("standard", "advanced")
    assert before["effective_ms"][BASIC] == decided["decided_ms"] + 3_600_000
    assert after["effective_ms"] == {}


@pytest.mark.parametrize("wait_s", [0, 3600])
def test_access_is_given_back_and_asked_for_again(
    client: FlaskClient, filed: World, wait_s: int
) -> None:
    say(client, "PATCH", "", {"grant_after_s": wait_s})
    number = say(client, "POST", "/submissions")["number"]
    say(client, "POST", f"/submissions/{number}/decide")

    left = say(client, "DELETE", f"/permissions/{BASIC}/access")
    advance(client, 3600)
    twice = client.delete(f"/_control/app-review/permissions/{BASIC}/access")

    assert left["access"][BASIC] == "standard"
    assert (twice.status_code, "no Advanced Access" in str(twice.json)) == (409, True)
    assert say(client, "PUT", f"/permissions/{BASIC}", {})["state"] == "draft"


def form(permission: str, **changes: Any) -> Mend:
    return lambda client: say(client, "PUT", f"/permissions/{permission}", changes)


def details(**changes: Any) -> Mend:
    return lambda client: say(client, "PATCH", "", changes)


def access(**changes: Any) -> Mend:
    return lambda client: say(client, "PATCH", "/access", changes)


def recording(**changes: Any) -> Mend:
    return form(MESSAGES, recording={**FORMS[MESSAGES]["recording"], **changes})


def control(method: str, path: str, body: Any) -> Mend:
    return lambda client: client.open(f"/_control{path}", method=method, json=body)


BOTH = {MESSAGES, BASIC}
PORTUGUESE = "1. Abra a página e faça o log-in.\n2. Clique em ENTRAR.\n3. Responda ao cliente."


@pytest.mark.parametrize(
    ("spoil", "reason", "hit"),
    [
        (access(login_url=""), "no_access", BOTH),
        (access(steps="Just log in."), "use_case_not_verified", BOTH),
        (access(steps=PORTUGUESE), "use_case_not_verified", BOTH),
        (access(steps="1. Open it.\n2. Press Go.\n3. Answer."), "use_case_not_verified", BOTH),
        (access(password=""), "use_case_not_verified", BOTH),
        (details(icon=None), "brand", BOTH),
        (details(icon={"width": 512, "height": 512}), "brand", BOTH),
        (details(category=""), "settings", BOTH),
        (details(contact_email=""), "settings", BOTH),
        (details(data_deletion_url=""), "settings", BOTH),
        (details(privacy_policy_url="ftp://x"), "privacy_policy", BOTH),
        (details(business_verified=False), "verification", BOTH),
        (details(data_handling_answered=False), "verification", BOTH),
        (details(purpose="clients"), "verification", BOTH),
        (form(MESSAGES, description="Messages."), "description", {MESSAGES}),
        (form(BASIC, description=FORMS[MESSAGES]["description"]), "description", BOTH),
        (form(BASIC, description="We sell shoes to everybody. " * 8), "disallowed_use", {BASIC}),
        (form(BASIC, recording=None), "recording", {BASIC}),
        (recording(shows=["login", "message"]), "recording", {MESSAGES}),
        (recording(width=1920), "recording", {MESSAGES}),
        (recording(english=False), "recording", {MESSAGES}),
        (form(MESSAGES, account="@somebody"), "use_case_not_verified", {MESSAGES}),
        (form(MESSAGES, experience=None), "use_case_not_verified", {MESSAGES}),
        (form(MESSAGES, story_replies=" "), "stories", {MESSAGES}),
        (form(MESSAGES, story_mentions=""), "stories", {MESSAGES}),
        (form(MESSAGES, unsent_messages=""), "unsent_messages", {MESSAGES}),
        (form(MESSAGES, escalation=""), "escalation", {MESSAGES}),
        (form(MESSAGES, dependencies=[]), "recording", {MESSAGES}),
        (control("PATCH", "/account", {"message_access": False}), "webhook", {MESSAGES}),
        (control("PATCH", "/customers/ana.silva", {"role": None}), "roles", BOTH),
    ],
)
def test_one_flaw_is_one_reason(
    client: FlaskClient, filed: World, spoil: Mend, reason: str, hit: set[str]
) -> None:
    spoil(client)

    number = say(client, "POST", "/submissions")["number"]
    decided = say(client, "POST", f"/submissions/{number}/decide")

    assert reasons(decided) == {one: ({reason} if one in hit else set()) for one in BOTH}
    assert decided["state"] == ("rejected" if hit == BOTH else "partially_approved")


@pytest.mark.parametrize(
    ("event", "reason"),
    [("message", "webhook"), ("story_mention", "stories"), ("unsend", "unsent_messages")],
)
@pytest.mark.parametrize("flaw", ["never", "refused", "slow"])
def test_what_the_webhooks_showed_counts(
    client: FlaskClient, filed: World, journal: Journal, event: str, reason: str, flaw: str
) -> None:
    entries = journal.find(Query())
    journal.clear()
    for entry in entries:
        changed = _spoilt(entry, flaw) if event in entry.events else entry
        if changed is not None:
            journal.append(changed)

    number = say(client, "POST", "/submissions")["number"]
    decided = say(client, "POST", f"/submissions/{number}/decide")

    expected = "webhook" if flaw == "slow" else reason
    assert reasons(decided) == {MESSAGES: {expected}, BASIC: set()}


def _spoilt(entry: Any, flaw: str) -> Any:
    if flaw == "never":
        return None
    if flaw == "slow":
        return entry._replace(duration_ms=6000.0)
    return entry._replace(response=entry.response._replace(status=500))


def test_what_a_fault_struck_says_nothing_about_the_app(
    client: FlaskClient, filed: World, tester: Customer, transport: HandTransport
) -> None:
    client.post("/_control/faults", json={"name": "unsigned", "times": 1})
    transport.script(401)
    filed.send_text(tester.username, "forged")

    number = say(client, "POST", "/submissions")["number"]

    assert say(client, "POST", f"/submissions/{number}/decide")["state"] == "approved"


@pytest.mark.parametrize("call", ["send", "profile"])
def test_the_button_is_grey_until_the_permission_was_used(
    client: FlaskClient, filed: World, journal: Journal, call: str
) -> None:
    entries = [one for one in journal.find(Query()) if call not in one.events]
    journal.clear()
    for entry in entries:
        journal.append(entry)

    refused = client.post("/_control/app-review/submissions")

    assert refused.status_code == 409
    assert f"stays grey for {MESSAGES if call == 'send' else BASIC}" in str(refused.json)


def test_a_call_of_long_ago_does_not_count(client: FlaskClient, filed: World) -> None:
    advance(client, 31 * DAY_S)

    assert client.post("/_control/app-review/submissions").status_code == 409


def test_an_app_that_nobody_reaches_is_not_looked_at_further(
    client: FlaskClient, filed: World, transport: HandTransport
) -> None:
    say(client, "PUT", f"/permissions/{BASIC}", {"description": ""})
    number = say(client, "POST", "/submissions")["number"]
    transport.script(404, 404)

    decided = say(client, "POST", f"/submissions/{number}/decide")

    assert reasons(decided) == {MESSAGES: {"no_access"}, BASIC: {"no_access"}}


def test_a_visit_is_journalled(client: FlaskClient, filed: World, journal: Journal) -> None:
    say(client, "GET", "/findings")

    visits = journal.find(Query(kind="review_visit"))
    addresses = {one.request.url for one in visits if one.request is not None}
    assert addresses == {"http://app.example/privacy", ACCESS["login_url"]}


def test_looking_ahead_submits_nothing(client: FlaskClient, filed: World) -> None:
    say(client, "PUT", f"/permissions/{BASIC}", {"description": ""})

    ahead = say(client, "GET", "/findings")

    assert reasons(ahead) == {MESSAGES: set(), BASIC: {"description"}}
    assert say(client, "GET", "")["submissions"][0]["state"] == "draft"


def test_a_rejection_is_mended_and_submitted_again(client: FlaskClient, filed: World) -> None:
    say(client, "PUT", f"/permissions/{MESSAGES}", {"escalation": ""})
    first = say(client, "POST", "/submissions")["number"]
    say(client, "POST", f"/submissions/{first}/decide")

    say(client, "PUT", f"/permissions/{MESSAGES}", {"escalation": "A human being answers."})
    second = say(client, "POST", "/submissions")
    decided = say(client, "POST", f"/submissions/{second['number']}/decide")

    history = say(client, "GET", "")["submissions"]
    assert list(second["permissions"]) == [MESSAGES]
    assert decided["state"] == "approved"
    assert [one["state"] for one in history] == ["partially_approved", "approved"]


def test_what_is_approved_cannot_be_asked_for_again(client: FlaskClient, filed: World) -> None:
    number = say(client, "POST", "/submissions")["number"]
    say(client, "POST", f"/submissions/{number}/decide")

    again = client.put(f"/_control/app-review/permissions/{BASIC}", json={})

    assert again.status_code == 409
    assert "has Advanced Access to instagram_basic already" in str(again.json)


def test_a_tester_decides_by_hand(client: FlaskClient, filed: World) -> None:
    number = say(client, "POST", "/submissions")["number"]

    body = {"approve": False, "permission": MESSAGES, "note": "Show the log-in."}
    decided = say(client, "POST", f"/submissions/{number}/decide", body)

    told = {one["permission"]: (one["approved"], one["note"]) for one in decided["decisions"]}
    assert told == {MESSAGES: (False, "Show the log-in."), BASIC: (True, "Show the log-in.")}


def test_a_submission_is_taken_back(client: FlaskClient, filed: World) -> None:
    number = say(client, "POST", "/submissions")["number"]

    cancelled = say(client, "DELETE", f"/submissions/{number}")
    fresh = say(client, "PATCH", "/access", {})

    assert (cancelled["state"], fresh["number"], fresh["state"]) == ("cancelled", 2, "draft")


def test_nothing_is_edited_while_it_is_in_review(client: FlaskClient, filed: World) -> None:
    say(client, "POST", "/submissions")

    refused = client.patch("/_control/app-review/access", json={"username": "x"})

    assert refused.status_code == 409
    assert "submission 1 is in review" in str(refused.json)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "sentence"),
    [
        ("POST", "/submissions", None, 409, "asks for no permission yet"),
        ("POST", "/submissions/7/decide", None, 404, "there is no submission 7"),
        ("DELETE", "/submissions/0", None, 404, "there is no submission 0"),
        ("PATCH", "", {"icon": {"width": 0, "height": 1}}, 400, "icon.width must be 1 to"),
        ("PATCH", "", {"icon": 5}, 400, "icon must be an object of width, height"),
        ("PATCH", "", {"purpose": "fun"}, 400, "purpose must be one of own_business, clients"),
        ("PATCH", "", {"takes_s": 10**12}, 400, "takes_s is at most"),
        ("PATCH", "", {"grant_after_s": 10**12}, 400, "grant_after_s is at most"),
        ("PATCH", "/access", {"steps": "x" * 20_001}, 400, "steps must be a text of at most"),
        ("PUT", "/permissions/pages_show_list", {}, 400, "the permission must be one of"),
        (
            "PUT",
            f"/permissions/{BASIC}",
            {"recording": {"file_name": "a"}},
            400,
            "recording needs size_bytes",
        ),
        (
            "PUT",
            f"/permissions/{BASIC}",
            {"recording": {"shows": ["everything"]}},
            400,
            "recording.shows must be one of login",
        ),
    ],
)
def test_nonsense_is_refused_in_one_sentence(
    client: FlaskClient, method: str, path: str, body: Any, status: int, sentence: str
) -> None:
    answer = client.open(f"/_control/app-review{path}", method=method, json=body)

    assert (answer.status_code, sentence in str(answer.json)) == (status, True), answer.json


def test_every_reason_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Reason)


def test_the_page_of_reasons_is_the_tables() -> None:
    assert table() in Path("docs/app-dashboard.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_works(client: FlaskClient, world: World) -> None:
    page = Path("docs/app-dashboard.md").read_text(encoding="utf-8")
    calls = re.findall(r"curl -X (PATCH|PUT) \$R(\S*) -H \"\$J\" -d '(.*?)'\n", page, re.DOTALL)

    answers = [say(client, method, path, json.loads(body)) for method, path, body in calls]

    assert [sorted(one)[:2] for one in answers[1:]] == [["access", "decided_ms"]] * 2
    assert len(answers) == 3


def test_pages_messaging_is_reviewed_like_the_others_and_lets_strangers_be_heard(
    client: FlaskClient, filed: World, transport: HandTransport
) -> None:
    page = MessengerPage(client, filed, transport)
    form = {"description": ON_MESSENGER, "recording": FORMS[BASIC]["recording"]}
    say(client, "PUT", "/permissions/pages_messaging", form)
    untested = client.post("/_control/app-review/submissions")
    page.send(page.written(), "Hi")

    number = say(client, "POST", "/submissions")["number"]
    decided = say(client, "POST", f"/submissions/{number}/decide")
    page.inbox.send_text(filed.create_customer({}).username, "after")

    assert "pages_messaging" in untested.get_json()["error"]
    assert reasons(decided)["pages_messaging"] == set()
    assert page.items[-1]["message"]["text"] == "after"


LOG_IN = b"""<form action="/search"><input name="q"></form>
<form method="post" action="/interact_multiagent/login"><input type="hidden" name="csrf" value="c1">
<input name="login" type="text"><input name="password" type="password"></form>"""


@pytest.mark.parametrize(
    ("page", "answer", "seen"),
    [
        (LOG_IN, Reply(303, {"Location": "/console"}), None),
        (LOG_IN, Reply(200, body=b"<h1>Welcome</h1>"), None),
        (LOG_IN, Reply(401), "answered HTTP 401 to the credentials"),
        (LOG_IN, Reply(200, body=LOG_IN), "the log-in form came again"),
        (LOG_IN, Reply(302, {"Location": "/interact_multiagent"}), "led back to itself"),
        (LOG_IN, Reply(None, error="timeout"), "nothing came back"),
        (b"<h1>Portal</h1>", Reply(200), "has no form with a username and a password"),
        (LOG_IN.replace(b"/interact", b"//evil.example/i"), Reply(200), "to another host"),
    ],
)
def test_credentials_are_tried_when_asked(
    client: FlaskClient,
    filed: World,
    transport: HandTransport,
    page: bytes,
    answer: Reply,
    seen: str | None,
) -> None:
    say(client, "PATCH", "", {"try_credentials": True})
    transport.answers.extend([Reply(200), Reply(200)])
    transport.answers.extend([Reply(200, {"Set-Cookie": "s=1; Path=/"}, page), answer])

    decisions = say(client, "GET", "/findings")["decisions"]

    told = [one["seen"] for one in decisions[0]["findings"] if one["reason"] == "no_access"]
    assert (told == []) if seen is None else (seen in told[0])


def test_the_form_is_sent_as_a_browser_would(
    client: FlaskClient, filed: World, transport: HandTransport
) -> None:
    say(client, "PATCH", "", {"try_credentials": True})
    transport.answers.extend([Reply(200), Reply(200)])
    transport.answers.append(Reply(200, {"Set-Cookie": "s=1; Path=/"}, LOG_IN))

    say(client, "GET", "/findings")

    sent = transport.requests[-1]
    assert (sent.method, sent.url) == ("POST", "http://app.example/interact_multiagent/login")
    assert sent.body == b"csrf=c1&login=reviewer&password=secret+of+the+app"
    assert sent.headers["Cookie"] == "s=1"


def test_credentials_stay_at_home_unless_asked(
    client: FlaskClient, filed: World, transport: HandTransport
) -> None:
    before = len(transport.requests)

    say(client, "GET", "/findings")

    assert {one.method for one in transport.requests[before:]} == {"GET"}

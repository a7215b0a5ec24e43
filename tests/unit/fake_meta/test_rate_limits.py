"""Calls are counted in rolling windows, told in headers, and refused when told to (§8)."""

import json
from typing import Any
from unittest.mock import ANY

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.app import Emulator
from fake_meta.clock import VirtualClock
from fake_meta.domain.accounts import Customer
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.choices import Choices
from fake_meta.domain.rate_limits import LIMITS, LimitName, LimitRules, RollingCount, most_calls
from fake_meta.domain.tokens import DAY_MS, TokenKind
from fake_meta.world import TokenWish, World
from fake_meta.world.login_state import usual_scopes
from tests.fakes.graph_app import Code, GraphApp, code_of

HOUR_MS = 3_600_000
VIDEO = {"type": "video", "payload": {"url": "https://app.example/a.mp4"}}


@pytest.fixture
def clock(emulator: Emulator) -> VirtualClock:
    """A clock that stands, so that windows pass when the test says so."""
    emulator.parts.clock.freeze()
    return emulator.parts.clock


@pytest.fixture
def app(client: FlaskClient, world: World, clock: VirtualClock) -> GraphApp:
    """The tester has written once."""
    world.send_text(world.customers[0].username, "oi")
    return GraphApp(client, world)


def limit(app: GraphApp, **wish: Any) -> Any:
    answer = app.client.patch("/_control/limits", json={"enforced": True, **wish})
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def user_token(app: GraphApp, kind: TokenKind = TokenKind.USER) -> str:
    return app.world.issue_token(TokenWish(kind, usual_scopes(kind), DAY_MS)).value


def used(app: GraphApp, name: str) -> int:
    rows = app.client.get("/_control/limits").get_json()["limits"]
    return sum(next(row["used"] for row in rows if row["name"] == name).values())


def test_a_count_forgets_what_left_the_window() -> None:
    count = RollingCount(HOUR_MS)
    count.add(0)
    count.add(30 * 60_000)

    assert count.add(60 * 60_000) == 2


def test_a_count_outlives_no_long_silence() -> None:
    count = RollingCount(1_000)
    count.add(0)

    assert count.add(10 * DAY_MS) == 1


def test_a_count_starts_anew_when_the_clock_goes_back() -> None:
    count = RollingCount(1_000)
    count.add(DAY_MS)

    assert count.add(0) == 1


def test_access_is_regained_when_enough_calls_left_the_window() -> None:
    count = RollingCount(HOUR_MS)
    count.add(0)
    count.add(10 * 60_000)

    assert count.ms_until_below(2, 10 * 60_000) == 50 * 60_000
    assert count.ms_until_below(1, 10 * 60_000) == HOUR_MS


@pytest.mark.parametrize(
    ("name", "most"),
    [
        (LimitName.APP, 200 * 7),
        (LimitName.PAGES, 4800 * 5),
        (LimitName.MESSENGER, 200 * 5),
        (LimitName.INSTAGRAM, 4800 * 3),
        (LimitName.SEND_TEXT, 300),
        (LimitName.SEND_TEXT_LOGIN, 100),
        (LimitName.SEND_MEDIA, 10),
        (LimitName.CONVERSATIONS, 2),
        (LimitName.PRIVATE_REPLIES, 750),
        (LimitName.PRIVATE_REPLIES_LIVE, 100),
    ],
)
def test_the_formulas_are_metas(name: LimitName, most: int) -> None:
    rules = LimitRules(app_users=7, engaged_users=5, impressions=3)

    assert most_calls(name, rules, Choices()) == most


def test_send_rate_is_a_choice() -> None:
    assert most_calls(LimitName.SEND_TEXT_LOGIN, LimitRules(), Choices(send_rate="300")) == 300


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (LimitName.APP, (4, None)),
        (LimitName.USER, (17, None)),
        (LimitName.PAGE_BY_USER, (32, None)),
        (LimitName.PAGES, (80001, None)),
        (LimitName.INSTAGRAM, (80002, None)),
        (LimitName.MESSENGER, (80006, None)),
        (LimitName.SEND_TEXT, (613, 2534040)),
    ],
)
def test_each_limit_has_its_code(name: LimitName, code: Code) -> None:
    row = LIMITS[name].error.value

    assert (row.code, row.subcode, row.status) == (*code, 400)


def test_nothing_is_refused_until_limits_are_enforced(app: GraphApp) -> None:
    app.client.patch("/_control/limits", json={"limits": {"pages": 0}})

    assert app.ask("/me").status_code == 200


def test_pages_are_limited_by_the_day(app: GraphApp, clock: VirtualClock) -> None:
    limit(app, limits={"pages": 2})
    answers = [app.ask("/me") for _ in range(3)]

    clock.move_to(clock.now_ms() + 25 * HOUR_MS)

    assert [one.status_code for one in answers] == [200, 200, 400]
    assert code_of(answers[2]) == (80001, None)
    assert app.ask("/me").status_code == 200


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("app", "/me", (4, None)),
        ("user", "/me", (17, None)),
        ("page_by_user", "/{page}", (32, None)),
    ],
)
def test_user_tokens_have_limits_of_the_platform(
    app: GraphApp, name: str, path: str, code: Code
) -> None:
    limit(app, limits={name: 0})

    answer = app.ask(path.format(page=app.world.page.id), user_token(app))

    assert code_of(answer) == code


def test_the_account_is_limited_as_instagram(app: GraphApp) -> None:
    limit(app, limits={"instagram": 0})

    by_page = app.ask(f"/{app.world.account.id}")
    by_account = app.ask("/graph.instagram.com/me", user_token(app, TokenKind.IG_USER))

    assert [code_of(by_page), code_of(by_account)] == [(80002, None), (80002, None)]


def test_the_inbox_is_limited_as_messenger(app: GraphApp) -> None:
    limit(app, limits={"messenger": 0})

    answers = [app.send(app.tester.igsid), app.ask(f"/{app.tester.igsid}")]

    assert [code_of(one) for one in answers] == [(80006, None), (80006, None)]


def test_texts_are_limited_by_the_second(app: GraphApp, clock: VirtualClock) -> None:
    limit(app, limits={"send_text": 1})
    first, second = app.send(app.tester.igsid), app.send(app.tester.igsid)

    clock.move_to(clock.now_ms() + 1_100)

    assert (first.status_code, code_of(second)) == (200, (613, 2534040))
    assert "retry-after" not in second.headers
    assert app.send(app.tester.igsid).status_code == 200


def test_media_has_a_limit_of_its_own(app: GraphApp) -> None:
    limit(app, limits={"send_media": 0})
    recipient = {"id": app.tester.igsid}

    video = app.post("/me/messages", recipient=recipient, message={"attachment": VIDEO})

    assert code_of(video) == (613, 2534040)
    assert app.send(app.tester.igsid).status_code == 200


def test_the_conversations_api_takes_two_calls_a_second(app: GraphApp) -> None:
    limit(app)

    answers = [app.ask("/me/conversations", platform="instagram") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 400]


@pytest.mark.parametrize(
    ("media", "name"),
    [(MediaType.FEED, "private_replies"), (MediaType.LIVE, "private_replies_live")],
)
def test_private_replies_have_limits_of_their_own(
    app: GraphApp, tester: Customer, media: MediaType, name: str
) -> None:
    limit(app, limits={name: 0})
    app.world.comment(tester.username, app.world.publish_post(media, "").id, "lindo")
    comment_id = next(iter(app.world._inbox.comments))

    answer = app.post("/me/messages", recipient={"comment_id": comment_id}, message={"text": "x"})

    assert code_of(answer) == (613, 2534040)


def test_refused_calls_count_too(app: GraphApp) -> None:
    limit(app, limits={"pages": 1})

    for _ in range(3):
        app.ask("/me")

    assert used(app, "pages") == 3


def test_items_of_a_batch_count_and_the_batch_does_not(app: GraphApp) -> None:
    items = [{"method": "GET", "relative_url": "me"}] * 3

    app.client.post("/", data={"access_token": app.world.page.access_token, "batch": str(items)})

    assert used(app, "pages") == 3


def test_what_is_not_modified_counts(app: GraphApp) -> None:
    tag = app.ask("/me").headers["ETag"]
    asked = {"access_token": app.world.page.access_token}

    again = app.client.get("/me", query_string=asked, headers={"If-None-Match": tag})

    assert (again.status_code, used(app, "pages")) == (304, 2)


def test_the_usage_of_the_app_is_told_in_per_cent(app: GraphApp) -> None:
    limit(app, limits={"app": 10})

    answers = [app.ask("/me", user_token(app)) for _ in range(3)]

    usage = json.loads(answers[-1].headers["x-app-usage"])
    assert set(usage) == {"call_count", "total_time", "total_cputime"}
    assert usage["call_count"] == 30


def test_the_usage_of_business_objects_is_told(app: GraphApp) -> None:
    limit(app, limits={"pages": 2, "messenger": 10})
    app.send(app.tester.igsid)
    app.ask("/me")

    answer = app.ask("/me")

    usage = json.loads(answer.headers["x-business-use-case-usage"])
    pages, messenger = usage[app.world.page.id]
    assert (pages["type"], pages["call_count"]) == ("pages", 100)
    assert 1380 <= pages["estimated_time_to_regain_access"] <= 1440
    assert (messenger["type"], messenger["call_count"]) == ("messenger", 10)
    assert messenger["estimated_time_to_regain_access"] == 0


def test_usage_falls_with_time(app: GraphApp, clock: VirtualClock) -> None:
    limit(app, limits={"app": 10})
    app.ask("/me", user_token(app))

    clock.move_to(clock.now_ms() + 2 * HOUR_MS)

    assert json.loads(app.ask("/me").headers["x-app-usage"])["call_count"] == 0


def test_a_reset_forgets_calls_and_rules(app: GraphApp) -> None:
    limit(app, limits={"pages": 1}, engaged_users=3)
    app.ask("/me")

    app.client.post("/_control/reset", json={})

    shown = app.client.get("/_control/limits").get_json()
    assert (shown["enforced"], shown["engaged_users"], used(app, "pages")) == (False, 10_000, 0)


def test_null_brings_the_formula_back(app: GraphApp) -> None:
    limit(app, limits={"pages": 1})

    shown = limit(app, limits={"pages": None}, engaged_users=2)["limits"]

    assert next(row["most"] for row in shown if row["name"] == "pages") == 9_600


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"limits": {"page": 1}}, "a name of limits must be one of app, user, "),
        ({"limits": [1]}, "limits must be an object of numbers"),
        ({"limits": {"app": -1}}, "limits[app] must be at least 0"),
        ({"app_users": "many"}, "app_users must be a whole number"),
        ({"enforced": 1}, "enforced must be true or false"),
    ],
)
def test_nonsense_is_refused(client: FlaskClient, wish: dict[str, Any], words: str) -> None:
    answer = client.patch("/_control/limits", json=wish)

    assert answer.status_code == 400
    assert words in answer.get_json()["error"]


def test_a_nested_list_of_conversations_counts_too(app: GraphApp) -> None:
    app.ask("/me", fields="conversations.platform(instagram){id}")

    assert used(app, "conversations") == 1


def usage_told_by(answer: TestResponse) -> Any:
    return json.loads(answer.headers["x-business-use-case-usage"])


def test_companies_are_limited_apart(app: GraphApp) -> None:
    limit(app, limits={"pages": 1, "send_text": 1})
    other = app.world.at(app.world.create_company().id)
    other.send_text(app.tester.username, "oi")
    igsid = other.customer(app.tester.username).igsid
    spent = [app.ask("/me"), app.ask("/me"), app.send(app.tester.igsid), app.send(app.tester.igsid)]
    bearer = {"Authorization": f"Bearer {other.page.access_token}"}
    body = {"recipient": {"id": igsid}, "message": {"text": "olá"}}

    read = app.ask("/me", other.page.access_token)
    sent = app.client.post("/me/messages", json=body, headers=bearer)

    assert [one.status_code for one in spent] == [200, 400, 200, 400]
    assert (read.status_code, sent.status_code) == (200, 200)
    rows = {row["name"]: row["used"] for row in limit(app)["limits"]}
    assert rows["pages"] == {app.world.page.id: 2, other.page.id: 1}
    assert rows["send_text"] == {app.world.account.id: 2, other.account.id: 1}


def test_an_answer_tells_the_usage_of_the_company_it_is_about(app: GraphApp) -> None:
    limit(app, limits={"pages": 10})
    companies = [app.world.at(app.world.create_company().id) for _ in range(40)]
    for company in companies:
        app.ask("/me", company.page.access_token)

    last = companies[-1].page
    answers = app.ask("/me", last.access_token), app.ask("/me"), app.ask("/me", user_token(app))

    assert usage_told_by(answers[0]) == {
        last.id: [
            {
                "type": "pages",
                "call_count": 20,
                "total_cputime": ANY,
                "total_time": ANY,
                "estimated_time_to_regain_access": 0,
            }
        ]
    }
    assert set(usage_told_by(answers[1])) == {app.world.page.id}
    assert "x-business-use-case-usage" not in answers[2].headers


def test_a_user_is_counted_by_their_own_id(app: GraphApp) -> None:
    limit(app)
    token = user_token(app)

    app.ask("/me", token)

    rows = {row["name"]: row["used"] for row in limit(app)["limits"]}
    assert rows["app"] == {app.world.app.id: 1}
    assert rows["user"] == {app.read("/me", token)["id"]: 1}


def test_a_message_is_one_call_in_the_average_time(app: GraphApp) -> None:
    app.send(app.tester.igsid)

    assert app.world._state.meter.calls == 1

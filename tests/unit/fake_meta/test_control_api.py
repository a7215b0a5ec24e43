"""The control API keeps the contract of docs/emulator.md."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.domain.accounts import Customer
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


def post(client: FlaskClient, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
    response = client.post(f"/_control{path}", json={} if body is None else body)
    return response.status_code, response.get_json()


def get(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(f"/_control{path}").get_json()
    assert isinstance(answer, dict)
    return answer


def test_health_is_ok(client: FlaskClient) -> None:
    assert get(client, "/health") == {"status": "ok"}


def test_the_world_has_the_promised_keys(client: FlaskClient, world: World) -> None:
    shown = get(client, "/world")

    assert set(shown) == {
        "seed", "app", "page", "account", "subscriptions", "page_subscribed_fields", "customers",
        "login", "choices", "accounts",
    }  # fmt: skip
    assert set(shown["app"]) == {
        "id", "name", "secret", "verify_token", "mode", "access", "human_agent",
    }  # fmt: skip
    assert shown["subscriptions"][0]["active"] is True


def test_a_customer_is_created_read_and_changed(client: FlaskClient, world: World) -> None:
    status, made = post(client, "/customers", {"role": "tester", "private": True})

    path = f"/customers/{made['username']}"
    changed = client.patch(f"/_control{path}", json={"private": False}).get_json()

    assert (status, made["private"], changed["private"]) == (201, True, False)
    assert get(client, path) == changed


@pytest.mark.parametrize(
    ("wishes", "status"),
    [
        ({"role": "boss"}, 400),
        ({"private": "yes"}, 400),
        ({"shoe_size": 44}, 400),
        ({"profile_fault": "rude"}, 400),
        ({"username": "ana.silva"}, 409),
        ({"username": "empresa.exemplo"}, 409),
        ([], 400),
    ],
)
def test_a_wish_without_meaning_is_one_sentence(
    client: FlaskClient, world: World, wishes: Any, status: int
) -> None:
    answer = client.post("/_control/customers", json=wishes)

    assert answer.status_code == status
    assert set(answer.get_json()) == {"error"}


def test_fixed_fields_cannot_be_changed(client: FlaskClient, tester: Customer) -> None:
    answer = client.patch(f"/_control/customers/{tester.username}", json={"igsid": "3"})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [({"text": "oi"}, "text"), ({"attachment": "audio"}, "audio")],
)
def test_a_customer_writes(
    client: FlaskClient, tester: Customer, body: dict[str, str], kind: str
) -> None:
    status, message = post(client, f"/customers/{tester.username}/messages", body)

    assert (status, message["kind"]) == (201, kind)
    assert set(message) == {"mid", "timestamp", "text", "kind"}


def test_a_customer_replies_to_a_story_of_the_company(
    client: FlaskClient, tester: Customer
) -> None:
    _, story = post(client, "/account/stories", {"caption": "vitrine"})

    status, message = post(
        client,
        f"/customers/{tester.username}/messages",
        {"reply_to_story": story["id"], "text": "linda"},
    )

    assert (status, message["kind"]) == (201, "story_reply")
    assert get(client, "/world")["account"]["stories"] == [story["id"]]


def test_several_texts_are_several_messages(
    client: FlaskClient, tester: Customer, transport: HandTransport
) -> None:
    _, answer = post(client, f"/customers/{tester.username}/messages", {"texts": ["a", "b"]})

    assert [one["text"] for one in answer["messages"]] == ["a", "b"]
    assert len(transport.requests) == 2


@pytest.mark.parametrize("body", [{}, {"text": 1}, {"texts": "a"}, {"text": "a", "texts": ["b"]}])
def test_a_message_of_no_known_form_is_refused(
    client: FlaskClient, tester: Customer, body: dict[str, Any]
) -> None:
    assert post(client, f"/customers/{tester.username}/messages", body)[0] == 400


def test_a_message_is_unsent_and_the_thread_shows_it(client: FlaskClient, tester: Customer) -> None:
    _, message = post(client, f"/customers/{tester.username}/messages", {"text": "oops"})
    path = f"/customers/{tester.username}/messages/{message['mid']}/unsend"

    status, _ = post(client, path, {"surface": "mobile"})

    shown = get(client, f"/customers/{tester.username}/thread")["messages"][0]
    assert (status, shown["unsent"], shown["from"]) == (200, True, "customer")
    assert set(shown) == {"mid", "from", "kind", "text", "url", "timestamp", "unsent"}


def test_a_story_is_published_expired_and_deleted(client: FlaskClient, tester: Customer) -> None:
    path = f"/customers/{tester.username}/stories"
    status, story = post(client, path, {"mentions": ["empresa.exemplo"], "caption": "oi"})
    url = get(client, f"/customers/{tester.username}/thread")["messages"][0]["url"]
    before = client.get(url)

    post(client, f"{path}/{story['id']}/expire")
    after = client.get(url)

    assert (status, story["not_sent_because"]) == (201, None)
    assert (before.status_code, before.content_type) == (200, "image/png")
    assert (after.status_code, after.data) == (404, b"")
    assert client.delete(f"/_control{path}/{story['id']}").status_code == 200


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file"])
def test_media_has_its_own_type(client: FlaskClient, tester: Customer, kind: str) -> None:
    post(client, f"/customers/{tester.username}/messages", {"attachment": kind})
    url = get(client, f"/customers/{tester.username}/thread")["messages"][0]["url"]
    types = {"image": "image/png", "video": "video/webm", "audio": "audio/wav"}

    response = client.get(url)

    assert response.content_type == types.get(kind, "application/pdf")
    assert len(response.data) > 100


def test_a_customer_has_a_picture(client: FlaskClient, tester: Customer, world: World) -> None:
    world.send_text(tester.username, "oi")
    profile = world.profile(tester.igsid)
    assert profile is not None

    response = client.get(profile.picture_url)

    assert response.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path", ["/lookaside.fbsbx.com/ig_messaging_cdn/", "/scontent.cdninstagram.com/v/x.png"]
)
def test_the_cdn_has_nothing_elsewhere(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.data) == (404, b"")


def test_the_journal_is_filtered(client: FlaskClient, tester: Customer) -> None:
    post(client, f"/customers/{tester.username}/messages", {"text": "oi"})

    found = get(client, f"/journal?kind=webhook_delivery&customer={tester.username}")

    entry = found["entries"][0]
    assert found["last_seq"] == entry["seq"]
    assert (entry["events"], entry["attempt"], entry["outcome"]) == (["message"], 1, "delivered")
    assert set(entry) == {
        "seq", "kind", "at_ms", "duration_ms", "customer", "mids", "events", "attempt",
        "request", "response", "outcome", "reason", "faults",
    }  # fmt: skip


@pytest.mark.parametrize("query", ["after=x", "kind=gossip", "limit=x", "wait_s=-1", "color=red"])
def test_a_query_without_meaning_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/_control/journal?{query}").status_code == 400


def test_the_clock_is_frozen_advanced_and_real_again(client: FlaskClient) -> None:
    _, frozen = post(client, "/clock", {"freeze": True})
    _, moved = post(client, "/clock", {"advance_s": 3600})
    _, real = post(client, "/clock", {"real": True})

    assert moved["now_ms"] == frozen["now_ms"] + 3_600_000
    assert (moved["frozen"], real["frozen"], real["offset_ms"]) == (True, False, 0)
    assert get(client, "/clock")["frozen"] is False


def test_the_clock_runs_at_a_scale_until_it_is_real_again(client: FlaskClient) -> None:
    _, hurried = post(client, "/clock", {"scale": 60})
    _, real = post(client, "/clock", {"real": True})

    assert (hurried["scale"], real["scale"]) == (60, 1)


def test_a_scale_out_of_reason_is_refused(client: FlaskClient) -> None:
    status, answer = post(client, "/clock", {"scale": 0})

    assert (status, answer["error"]) == (
        400, "scale must be 0.01 to 100000 times as fast as real time, not 0",
    )  # fmt: skip


@pytest.mark.parametrize("body", [{}, {"advance_s": -1}, {"freeze": False}, {"advance_s": "x"}])
def test_the_clock_refuses_nonsense(client: FlaskClient, body: dict[str, Any]) -> None:
    assert post(client, "/clock", body)[0] == 400


def test_the_app_is_reconfigured(client: FlaskClient, world: World) -> None:
    wishes = {"mode": "development", "access": {"instagram_basic": "advanced"}}

    app = client.patch("/_control/app", json=wishes).get_json()["app"]

    assert (app["mode"], app["access"]["instagram_basic"]) == ("development", "advanced")
    assert app["access"]["instagram_manage_messages"] == "standard"


def test_a_reset_empties_journal_and_world(
    client: FlaskClient, tester: Customer, emulator: Emulator
) -> None:
    post(client, f"/customers/{tester.username}/messages", {"text": "oi"})
    post(client, "/clock", {"freeze": True})

    status, world = post(client, "/reset", {"seed": 7})

    assert (status, world["seed"], world["subscriptions"]) == (200, 7, [])
    assert get(client, "/journal")["entries"] == []
    assert not emulator.parts.clock.read().frozen


def test_the_webhook_calls_answer_entries(client: FlaskClient, world: World) -> None:
    _, verified = post(client, "/webhook/verify")
    _, test = post(client, "/webhook/test-event")
    _, custom = post(client, "/webhook/deliver", {"payload": {"a": 1}, "signature": "wrong"})
    _, again = post(client, "/webhook/redeliver", {"seq": custom["seq"]})

    assert verified == {"verified": True, "error": None}
    assert (test["events"], custom["events"]) == (["test"], ["custom"])
    assert again["request"] == custom["request"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/webhook/deliver", {}, 400),
        ("/webhook/deliver", {"payload": 1, "signature": "blurred"}, 400),
        ("/webhook/redeliver", {"seq": 999}, 404),
        ("/webhook/redeliver", {}, 400),
        ("/webhook/test-event", {"form": "round"}, 400),
    ],
)
def test_webhook_calls_refuse_nonsense(
    client: FlaskClient, world: World, path: str, body: dict[str, Any], status: int
) -> None:
    assert post(client, path, body)[0] == status


def test_without_subscription_the_dashboard_has_no_callback(client: FlaskClient) -> None:
    assert post(client, "/webhook/test-event")[0] == 409


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/gossip", 404), ("POST", "/health", 405)]
)
def test_an_unknown_call_is_named(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(f"/_control{path}", method=method)

    assert response.status_code == status
    assert f"{method} /_control{path}" in response.get_json()["error"]


def test_the_front_page_names_the_doors(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)

    assert "/www.instagram.com/" in page
    assert "/instagram-app/" in page

"""A world that keeps no message in memory behaves as one that keeps all."""

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.accounts import Customer
from fake_meta.domain.reactions import reaction_named
from fake_meta.domain.threads import Sender, Surface
from fake_meta.world import World


@pytest.fixture(params=[0, 4096], ids=["shelved", "in memory"])
def wordy(request: pytest.FixtureRequest, world: World, tester: Customer) -> list[str]:
    """The mids of thirty messages, the first of them the oldest."""
    world.keep_in_memory(request.param)
    return [one.mid for one in world.send_texts(tester.username, [str(n) for n in range(30)])]


def test_an_old_message_is_unsent(world: World, tester: Customer, wordy: list[str]) -> None:
    world.unsend(tester.username, wordy[0], Surface.MOBILE)

    first, *others = world.thread_of(tester.username)
    assert (first.mid, first.unsent, first.text) == (wordy[0], True, "")
    assert [one.text for one in others] == [str(n) for n in range(1, 30)]
    assert world.thread_state(tester.username).unread == 29


def test_an_old_message_is_edited_and_reacted_to(
    world: World, tester: Customer, wordy: list[str]
) -> None:
    love = reaction_named(Sender.CUSTOMER, "love")
    assert love is not None

    world.edit(tester.username, wordy[1], "changed")
    world.react(tester.username, wordy[1], love)

    seen = world.message_of(tester.username, wordy[1])
    assert (seen.text, seen.edits, seen.reactions) == ("changed", 1, (love,))


def test_an_old_message_is_answered(
    client: FlaskClient, world: World, tester: Customer, wordy: list[str]
) -> None:
    body = {
        "recipient": {"id": tester.igsid},
        "message": {"text": "to that"},
        "reply_to": {"mid": wordy[2]},
    }

    sent = client.post(f"/v25.0/me/messages?access_token={world.page.access_token}", json=body)

    assert world.message_of(tester.username, sent.json["message_id"]).reply_to == wordy[2]
    assert world.thread_state(tester.username).unread == 0


def test_every_message_is_listed_page_by_page(
    client: FlaskClient, world: World, tester: Customer, wordy: list[str]
) -> None:
    client.patch("/_control/choices", json={"listed_messages": "all"})
    token = f"access_token={world.page.access_token}"
    threads = client.get(f"/v25.0/me/conversations?platform=instagram&{token}").json
    first = client.get(f"/v25.0/{threads['data'][0]['id']}/messages?limit=20&{token}").json

    second = client.get(first["paging"]["next"].partition("localhost")[2]).json

    listed = [one["id"] for page in (first, second) for one in page["data"]]
    assert listed == wordy[::-1]


def test_a_message_is_read_by_its_mid(
    client: FlaskClient, world: World, tester: Customer, wordy: list[str]
) -> None:
    token = {"access_token": world.page.access_token, "fields": "message"}

    newest = client.get(f"/v25.0/{wordy[-1]}", query_string=token)
    old = client.get(f"/v25.0/{wordy[0]}", query_string=token)

    assert newest.json == {"message": "29", "id": wordy[-1]}
    assert old.status_code == 400


def test_a_mark_brings_back_what_was_shelved(
    client: FlaskClient, world: World, tester: Customer, wordy: list[str]
) -> None:
    client.post("/_control/marks", json={"name": "before"})
    world.send_text(tester.username, "after")
    client.post("/_control/reset")

    client.post("/_control/marks/before/restore")

    assert [one.mid for one in world.thread_of(tester.username)] == wordy
    assert world.message_of(tester.username, wordy[0]).text == "0"


def test_a_reset_forgets_what_was_shelved(world: World, tester: Customer, wordy: list[str]) -> None:
    world.reset()

    assert world.read_message(wordy[0]) is None
    assert world.thread_of(tester.username) == ()


def test_another_company_does_not_find_the_message(
    client: FlaskClient, world: World, tester: Customer, wordy: list[str]
) -> None:
    client.post("/_control/accounts", json={"username": "outra.empresa"})
    other = world.of("outra.empresa")

    assert other.read_message(wordy[-1]) is None

"""What is made once and shared on the way of a call must not show."""

import threading

import pytest
from flask.testing import FlaskClient

from fake_meta.clock import VirtualClock
from fake_meta.journal import Entry, EntryKind, EntryOutcome, Journal, Query
from fake_meta.world import World


def test_every_call_keeps_its_own_headers(
    client: FlaskClient, world: World, journal: Journal
) -> None:
    path = f"/v25.0/me?access_token={world.page.access_token}"
    for agent in ("first", "second", "first"):
        client.get(path, headers={"User-Agent": agent, "X-Odd-Name": "ä"})

    calls = [one.request for one in journal.find(Query(kind="graph_call"))]

    assert [one.headers["User-Agent"] for one in calls if one] == ["first", "second", "first"]
    assert all(one.headers["X-Odd-Name"] == "ä" for one in calls if one)


def test_a_body_names_its_type_and_length_in_the_journal(
    client: FlaskClient, world: World, journal: Journal
) -> None:
    client.post(f"/v25.0/me/messages?access_token={world.page.access_token}", json={"a": 1})

    request = journal.find(Query(kind="graph_call"))[0].request
    assert request is not None
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Content-Length"] == "8"


def test_the_clock_follows_every_change_of_its_state() -> None:
    wall = [1_000]
    clock = VirtualClock(lambda: wall[0])
    seen = [clock.now_ms()]
    clock.freeze()
    wall[0] = 2_000
    seen.append(clock.now_ms())
    clock.run_at(2.0)
    wall[0] = 3_000
    seen.append(clock.now_ms())
    clock.stand_at(50)
    wall[0] = 3_007
    seen.append(clock.now_ms())
    clock.move_to(9_000)
    seen.append(clock.now_ms())
    clock.go_real()
    seen.append(clock.now_ms())

    assert seen == [1_000, 1_000, 3_000, 57, 9_000, 3_007]


def test_an_entry_wakes_whoever_waits_for_it() -> None:
    journal = Journal()
    found: list[Entry] = []
    waiting = threading.Thread(
        target=lambda: found.extend(journal.find(Query(customer="ana"), wait_s=5))
    )
    waiting.start()

    journal.append(Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 1, customer="bia"))
    journal.append(Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 2, customer="ana"))
    waiting.join(4)

    assert [(one.customer, one.seq) for one in found] == [("ana", 2)]


def test_ids_of_the_company_mean_what_they_did(client: FlaskClient, world: World) -> None:
    token = f"access_token={world.page.access_token}&fields=id"

    read = [
        client.get(f"/v25.0/{one}?{token}").json.get("id")
        for one in (world.page.id, world.account.id, world.app.id, "me")
    ]

    assert read == [world.page.id, world.account.id, world.app.id, world.page.id]


def test_a_message_with_several_entries_is_found_until_the_last_is_forgotten() -> None:
    journal = Journal(capacity=3)
    journal.append(Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 1, mids=("m", "n")))
    journal.append(Entry(EntryKind.WEBHOOK_DELIVERY, EntryOutcome.FAILED, 2, mids=("m",)))
    journal.append(Entry(EntryKind.WEBHOOK_DELIVERY, EntryOutcome.DELIVERED, 3, mids=("m",)))
    journal.append(Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 4))

    assert [one.seq for one in journal.find(Query(mid="m"))] == [2, 3]
    assert journal.find(Query(mid="n")) == ()


def test_a_call_leaves_the_query_that_others_share_as_it_is(
    client: FlaskClient, world: World
) -> None:
    path = f"/v25.0/me?method=get&fields=name&access_token={world.page.access_token}"

    answers = [client.post(path) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json == answers[1].json == {"name": world.page.name, "id": world.page.id}


def test_a_body_speaks_louder_than_the_query_that_others_share(
    client: FlaskClient, world: World, journal: Journal
) -> None:
    path = f"/v25.0/me?access_token={world.page.access_token}"
    bodies = ({"access_token": "wrong"}, {"fields": "id"}, {"fields": "bogus"})

    answers = [client.post(path, json={"method": "get", **one}) for one in bodies]

    assert [one.status_code for one in answers] == [400, 200, 400]
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("every", [1, 2, 3, 7, 20])
def test_whenever_somebody_asks_the_index_knows_who_is_left(every: int) -> None:
    journal, people = Journal(capacity=5), ("ana", "bia", None)
    for number in range(1, 21):
        customer = people[number % 3]
        journal.append(
            Entry(EntryKind.GRAPH_CALL, EntryOutcome.ANSWERED, 1, 0.0, customer, (f"m{number}",))
        )
        if number % every == 0:
            left = range(max(1, number - 4), number + 1)
            for place, name in enumerate(people[:2]):
                found = [one.seq for one in journal.find(Query(customer=name))]
                assert found == [one for one in left if one % 3 == place]
            by_mid = [journal.find(Query(mid=f"m{one}")) for one in range(1, number + 1)]
            assert [one[0].seq for one in by_mid if one] == list(left)

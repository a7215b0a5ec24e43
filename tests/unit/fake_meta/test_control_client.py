"""The typed client against an emulator in process: areas, refusals, bytes, waiting."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from fake_meta.client import Answer, ControlClient, ControlError, NotSeenError, WsgiCaller
from fake_meta.client.line import Line
from fake_meta.domain.accounts import Customer


@pytest.fixture
def control(client: FlaskClient) -> ControlClient:
    return ControlClient(WsgiCaller(client.application.wsgi_app))


def test_an_area_tells_by_key(control: ControlClient, tester: Customer) -> None:
    message = control.customers.write(tester.username, text="Olá")
    several = control.customers.write(tester.username, texts=["a", "b"])

    told = control.customers.thread(tester.username)["messages"]
    assert [one["mid"] for one in told] == [
        message["mid"], *(one["mid"] for one in several["messages"]),
    ]  # fmt: skip


def test_null_is_told_and_absence_is_not(control: ControlClient, tester: Customer) -> None:
    named = control.customers.change(tester.username, name="Zoë")
    without_role = control.customers.change(tester.username, role=None)

    assert (named["name"], named["role"]) == ("Zoë", "tester")
    assert without_role["role"] is None


def test_an_account_is_selected(control: ControlClient, tester: Customer) -> None:
    company = control.world.add_company(username="loja.dois")["account"]["username"]
    control.customers.write(tester.username, text="Aos dois?", account=company)

    assert control.customers.thread(tester.username)["messages"] == []
    [message] = control.customers.thread(tester.username, account=company)["messages"]
    assert message["text"] == "Aos dois?"


def test_many_customers_of_a_persona(control: ControlClient) -> None:
    made = control.customers.create(persona="hard", count=3)["customers"]

    assert len({one["username"] for one in made}) == 3


def test_a_refusal_has_status_and_sentence(control: ControlClient) -> None:
    with pytest.raises(ControlError) as refused:
        control.faults.switch_on("gremlins")

    assert refused.value.status == 400
    assert "gremlins" in refused.value.sentence
    assert refused.value.sentence in str(refused.value)


def test_a_name_from_outside_stays_one_part_of_the_path(control: ControlClient) -> None:
    with pytest.raises(ControlError) as refused:
        control.customers.read("../world?x=1#y")

    assert refused.value.status == 404


def test_a_world_is_saved_and_brought_back(control: ControlClient, tester: Customer) -> None:
    control.write(tester.username, "vorher")
    saved = control.snapshots.save()
    control.reset(seed=99)

    assert control.snapshots.restore(saved)["seed"] != 99
    assert control.texts_seen_by(tester.username) == ("vorher",)


def test_a_damaged_snapshot_is_refused_in_words(control: ControlClient) -> None:
    with pytest.raises(ControlError, match=r"400: .*snapshot"):
        control.snapshots.restore(b"no world")


def test_the_descriptions_are_read(control: ControlClient) -> None:
    assert control.world.openapi()["openapi"] == "3.1.0"
    assert control.world.docs().startswith("<!doctype html>")


def test_waiting_ends_with_the_entries(control: ControlClient, stranger: Customer) -> None:
    sent = control.write(stranger.username, "Olá")

    [entry] = control.journal.wait_for(mid=sent.mid, kind="webhook_not_sent")

    assert entry.customer == stranger.username


def test_waiting_in_vain_tells_what_came_instead(
    control: ControlClient, stranger: Customer
) -> None:
    before = control.last_seq()
    sent = control.write(stranger.username, "Olá")

    with pytest.raises(NotSeenError) as missed:
        control.journal.wait_for(
            kind="webhook_delivery", mid=sent.mid, after=before, count=2, timeout_s=0
        )

    assert f"waited 0 s for 2 × kind=webhook_delivery mid={sent.mid}" in str(missed.value)
    assert f"webhook_not_sent not_sent (message, of {stranger.username})" in str(missed.value)
    assert [one.kind for one in missed.value.instead] == ["webhook_not_sent"]


def test_waiting_where_nothing_came_says_where_to_look(control: ControlClient) -> None:
    with pytest.raises(NotSeenError, match=r"nothing else came either: .*diagnose"):
        control.journal.wait_for(after=control.last_seq(), timeout_s=0)


class Sphinx:
    def send(self, *_: object) -> Answer:
        return Answer(200, b"<html>")


def test_an_answer_that_is_no_object_is_an_error() -> None:
    with pytest.raises(ControlError, match="GET /_control/health answered no JSON object"):
        Line(Sphinx()).fetch("GET", "/health")


def test_messenger_has_the_same_calls(control: ControlClient, tester: Customer) -> None:
    written = control.messenger.customers.write(tester.username, text="Olá")
    answered = control.messenger.account.write(to=tester.username, text="Bom dia")

    told = control.messenger.customers.thread(tester.username)["messages"]
    assert [one["mid"] for one in told] == [written["mid"], answered["mid"]]
    assert control.customers.thread(tester.username)["messages"] == []
    assert control.messenger.psid(tester.username) != tester.igsid


def test_what_is_instagrams_alone_is_refused_on_messenger(
    control: ControlClient, tester: Customer
) -> None:
    with pytest.raises(ControlError, match="takes no platform: it is about Instagram only"):
        control.messenger.customers.publish_story(tester.username, mentions=[])

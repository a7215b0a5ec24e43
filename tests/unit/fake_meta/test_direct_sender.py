"""What a tester sends by hand, and Meta's check of the callback (meta-contract §2.2)."""

import pytest

from fake_meta.app import Emulator
from fake_meta.courier import DirectSender, Reply
from fake_meta.domain.accounts import Customer
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError
from fake_meta.domain.signature import Signing
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


@pytest.fixture
def sender(emulator: Emulator) -> DirectSender:
    return emulator.parts.sender


def test_a_callback_that_echoes_the_challenge_is_verified(
    world: World, sender: DirectSender, transport: HandTransport
) -> None:
    result = sender.verify_again(None)

    assert result.verified
    assert "hub.verify_token=verify-me" in transport.requests[0].url
    assert transport.requests[0].headers["User-Agent"].startswith("facebookplatform/1.0")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(403), "HTTP Status Code = 403; HTTP Message = Forbidden"),
        (Reply(204), "HTTP Status Code = 204"),
        (Reply(200, body=b'"1"'), "the response body was"),
        (Reply(200, body=b"\xef\xbb\xbf1"), "the response body was"),
        (Reply(None, error="connection refused"), "connection refused"),
    ],
)
def test_any_other_answer_fails_the_verification(
    world: World, sender: DirectSender, transport: HandTransport, reply: Reply, words: str
) -> None:
    transport.answers.append(reply)

    result = sender.verify_again(None)

    assert not result.verified
    assert words in (result.error or "")


def test_a_verification_is_journalled(world: World, sender: DirectSender, journal: Journal) -> None:
    sender.verify_again("another-token")

    kinds = [one.kind for one in journal.find(Query())]
    assert kinds == ["webhook_verification"]


def test_any_payload_goes_out_once(
    world: World, sender: DirectSender, transport: HandTransport
) -> None:
    transport.script(500)

    entry = sender.deliver({"object": "page/1"}, Signing.MISSING)

    assert entry.outcome == "failed"
    assert [one.body for one in transport.requests] == [b'{"object":"page\\/1"}']
    assert "X-Hub-Signature" not in transport.requests[0].headers


def test_a_redelivery_is_the_same_to_the_byte(
    world: World, tester: Customer, sender: DirectSender, transport: HandTransport, journal: Journal
) -> None:
    world.send_text(tester.username, "oi")
    delivered = journal.find(Query(kind="webhook_delivery"))[0]

    again = sender.redeliver(delivered.seq)

    assert transport.requests[0] == transport.requests[1]
    assert (again.mids, again.customer) == (delivered.mids, delivered.customer)


def test_only_deliveries_are_redelivered(
    world: World, sender: DirectSender, journal: Journal
) -> None:
    sender.verify_again(None)

    with pytest.raises(InvalidRequestError, match="webhook_verification"):
        sender.redeliver(journal.last_seq)


def test_without_a_callback_nothing_can_be_sent(world: World, sender: DirectSender) -> None:
    world.unsubscribe_app("instagram")

    with pytest.raises(NotAllowedError, match="no callback"):
        sender.test_event()

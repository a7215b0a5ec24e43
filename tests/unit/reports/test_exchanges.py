"""Journal entries as a reader wants to see them."""

from reports.exchanges import LONGEST_BODY, read_exchanges
from tests.fakes.sample_run import ENTRY

STARTED_MS = 1_795_435_200_000.0


def test_a_delivery_says_what_went_where_and_when() -> None:
    [one] = read_exchanges([ENTRY], STARTED_MS)

    assert (one.label, one.direction) == ("Webhook", "Meta → console")
    assert (one.method, one.path, one.status) == ("POST", "/webhooks/meta", 200)
    assert (one.offset_s, one.events, one.signature) == (0.5, "message", "sha256=abc123")


def test_a_json_body_is_indented_and_its_escapes_are_decoded() -> None:
    [one] = read_exchanges([ENTRY], STARTED_MS)

    assert one.request.text == '{\n  "text": "olá"\n}'
    assert "as sent" in one.request.note


def test_a_body_that_is_no_json_stays_as_it_is() -> None:
    [one] = read_exchanges([{**ENTRY, "response": {"status": 500, "body": "<oops>"}}], STARTED_MS)

    assert (one.response.text, one.healthy) == ("<oops>", False)


def test_a_long_body_is_cut_and_says_so() -> None:
    long = {**ENTRY, "response": {"status": 200, "body": "x" * (LONGEST_BODY + 1)}}

    [one] = read_exchanges([long], STARTED_MS)

    assert len(one.response.text) == LONGEST_BODY
    assert one.response.note == "the first 20000 of 20001 characters"


def test_a_silence_has_a_reason_and_no_request() -> None:
    silence = {
        "kind": "webhook_not_sent",
        "at_ms": STARTED_MS,
        "outcome": "not_sent",
        "reason": "ana has no role on the app",
        "request": None,
        "response": None,
    }

    [one] = read_exchanges([silence], STARTED_MS)

    assert (one.method, one.reason, one.healthy) == ("", "ana has no role on the app", True)

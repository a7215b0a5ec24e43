"""Software written for Meta works against the emulator unmodified: send, read, receive, errors."""

from __future__ import annotations

from typing import Any

from tests.clients.conftest import Drive, Stand

NOBODY = {"status": None, "code": 100, "subcode": 2534014}
TOO_LONG = WRONG_PROOF = 100
SIXTY_DAYS_S, TWO_HOURS_S = 5_184_000, 7200
CONVERSATIONS = 2
SHORT_LIVED = 452
USED_CODE = (100, 36009)
DEAD_TOKEN = 190


def codes(refusal: dict[str, int]) -> tuple[int, int]:
    return refusal["code"], refusal["subcode"]


def is_heard(heard: dict[str, Any], stand: Stand) -> bool:
    """The message of the delivery, read by its id, with who wrote it."""
    tester = stand.control.people()[0]
    wrote = {"username": tester.username, "id": tester.igsid}
    return bool(heard["message"] == "Bom dia" and heard["from"] == wrote)


def is_message(sent: dict[str, str], stand: Stand) -> bool:
    """The answer of the Send API, and the message really is in the customer's thread."""
    tester = stand.control.people()[0]
    thread = stand.control.call("GET", f"customers/{tester.username}/thread")["messages"]
    known = {one["mid"] for one in thread if one["from"] == "business"}
    return sent["recipient_id"] == tester.igsid and sent["message_id"] in known


def test_facebook_business(drive_python: Drive, stand: Stand) -> None:
    told = drive_python("facebook_business_client")

    assert is_heard(told["heard"], stand)
    assert told["accounts"] == ["Empresa Exemplo"]
    assert told["token"] == "PAGE"
    assert (told["uninstalled"], told["installed"]) == ([], [stand.control.company().app_id])
    assert told["on_first_page"] == 1
    assert told["texts"][:2] != told["texts"][1:]
    assert told["batch"] == ["Empresa Exemplo"] * 2
    assert told["nobody"] == {"status": 400, "code": 100, "subcode": 2534014}
    assert told["wrong_proof"]["code"] == WRONG_PROOF
    assert is_message(told["sent"], stand)
    assert (told["too_long"]["status"], told["too_long"]["code"]) == (400, TOO_LONG)
    assert told["wrong_token"]["code"] == DEAD_TOKEN


def test_facebook_sdk(drive_python: Drive, stand: Stand) -> None:
    told = drive_python("facebook_sdk_client")
    company = stand.control.company()

    assert is_heard(told["heard"], stand)
    assert (told["short"], told["long"]) == (TWO_HOURS_S, SIXTY_DAYS_S)
    assert set(told["granted"]) >= {"pages_show_list", "instagram_basic"}
    assert codes(told["used_code"]) == USED_CODE
    assert (told["deletion"]["algorithm"], told["forged"]) == ("HMAC-SHA256", False)
    assert told["me"] == "Empresa Exemplo"
    assert told["both"] == sorted([company.page_id, company.account_id])
    assert "Bom dia" in told["texts"]
    assert is_message(told["sent"], stand)
    assert (told["token"], told["app_token"]) == (True, company.app_id)
    assert codes(told["nobody"]) == (100, 2534014)
    assert told["no_field"]["code"] == TOO_LONG


def test_python_facebook_api(drive_python: Drive, stand: Stand) -> None:
    told = drive_python("pyfacebook_client")

    assert is_heard(told["heard"], stand)
    assert (told["short"], told["long"], told["page"]) == ("bearer", SIXTY_DAYS_S, "EAA")
    assert told["conversations"] == CONVERSATIONS
    assert told["newest"] == "Bom dia"
    assert is_message(told["sent"], stand)
    assert (told["token"], told["app_token"]) == (stand.control.company().app_id, "bearer")
    assert told["unknown"]["code"] == 100
    assert told["wrong_token"]["code"] == DEAD_TOKEN


def test_fbmessenger(drive_python: Drive, stand: Stand) -> None:
    told = drive_python("fbmessenger_client")
    tester = stand.control.people()[0]

    assert (told["heard"], told["name"]) == (["Bom dia"], tester.name)
    assert is_message(told["sent"], stand)
    assert told["typing"] == {"recipient_id": tester.igsid}
    assert told["both"]["code"] == 100
    assert told["wrong_proof"]["code"] == 100
    assert told["unsubscribed"]["code"] == 100


def test_pymsgr(drive_python: Drive, stand: Stand) -> None:
    told = drive_python("pymsgr_client")

    assert (told["signed"], told["forged"]) == (True, False)
    assert told["heard"] == "Bom dia"
    assert told["heard_on_messenger"] == ["No Messenger"]
    assert told["profile"]["name"] == stand.control.people()[0].name
    assert is_message(told["sent"], stand)
    assert set(told["answered"]) == {"recipient_id", "message_id"}
    assert codes(told["nobody"]) == (100, 2534014)
    assert told["too_long"]["code"] == TOO_LONG


def test_instagram_platform_sdk(drive_python: Drive, stand: Stand) -> None:
    told = drive_python("instagram_platform_client")
    tester = stand.control.people()[0]

    assert told["profile"] == tester.name
    assert (told["conversations"], "Bom dia" in told["texts"]) == (CONVERSATIONS, True)
    assert is_message(told["sent"], stand)
    assert (told["signed"], told["heard"]) == (True, "Bom dia")
    assert told["refreshed"] == SIXTY_DAYS_S
    assert told["too_young"]["code"] == SHORT_LIVED
    assert codes(told["nobody"]) == (100, 2534014)
    assert told["wrong_token"]["code"] == DEAD_TOKEN


def test_facebook_nodejs_business_sdk(drive_node: Drive, stand: Stand) -> None:
    told = drive_node("nodejs_business_client")

    assert is_heard(told["heard"], stand)
    assert (told["name"], told["page_of_user"]) == ("Empresa Exemplo", "Empresa Exemplo")
    assert (told["conversations"], told["pages"]) == (CONVERSATIONS, [1, 1, False])
    assert is_message(told["sent"], stand)
    assert codes(told["nobody"]) == (100, 2534014)
    assert told["wrong_token"]["code"] == DEAD_TOKEN


def test_fbgraph(drive_node: Drive, stand: Stand) -> None:
    told = drive_node("fbgraph_client")

    assert is_heard(told["heard"], stand)
    assert (told["short"], told["long"]) == ("bearer", SIXTY_DAYS_S)
    assert codes(told["used_code"]) == USED_CODE
    assert (told["me"], told["batch"]) == ("Empresa Exemplo", ["Empresa Exemplo"] * 2)
    assert is_message(told["sent"], stand)
    assert codes(told["nobody"]) == (100, 2534014)
    assert told["no_field"]["code"] == 100

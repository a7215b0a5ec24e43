"""The samples of webhooks against somebody else's models: pymsgr's, by Pydantic in strict mode.

They are of the Messenger Platform: what Instagram adds is listed here, key by key.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
Judge = Callable[[Path], dict[str, Any]]

UNKNOWN = {
    # comments, mentions and insights come as changes; the package knows messaging and standby
    "entry.changes": {
        "comment",
        "comment_live",
        "comment_on_ad",
        "comment_reply",
        "mention_caption",
        "mention_comment",
        "story_insights",
    },
    # the handover protocol between apps is none of the package's subjects
    "entry.messaging.app_roles": {"app_roles"},
    "entry.messaging.pass_thread_control": {"pass_thread_control"},
    "entry.messaging.request_thread_control": {"request_thread_control"},
    "entry.messaging.take_thread_control": {"take_thread_control"},
    # Instagram tells of unsent, edited and unsupported messages, and of those to oneself
    "entry.messaging.message.is_deleted": {"echo_unsent", "message_unsent"},
    "entry.messaging.message.is_self": {"message_self"},
    "entry.messaging.message.is_unsupported": {"message_unsupported", "story_mention_unsupported"},
    "entry.messaging.message_edit": {"message_edit", "message_edit_ghost"},
    # Instagram names the message where Messenger has a watermark, or nothing
    "entry.messaging.read.mid": {"seen"},
    "entry.messaging.postback.mid": {"postback_button", "postback_ice_breaker"},
    "entry.standby.postback.mid": {"standby_postback"},
    # the package has the referral beside the message only
    "entry.messaging.message.referral": {"message_ad_referral", "message_product_referral"},
}

UNKNOWN_ON_MESSENGER = {
    "entry.messaging.account_linking": {"account_linking", "account_unlinking"},
    "entry.messaging.app_roles": {"app_roles"},
    "entry.messaging.message.commands": {"commands"},
    "entry.messaging.message.referral": {"ad_message", "product_message"},
    "entry.messaging.message.reply_to.is_self_reply": {"reply"},
    "entry.messaging.message_edit": {"edit"},
    # opting in to marketing is younger than the package
    "entry.messaging.optin.notification_messages_status": {"optin_stop", "optin_resume"},
    "entry.messaging.optin.notification_messages_timezone": {"optin"},
    "entry.messaging.optin.notification_messages_token": {"optin", "optin_stop", "optin_resume"},
    "entry.messaging.optin.payload": {"optin", "optin_stop", "optin_resume"},
    "entry.messaging.optin.title": {"optin"},
    "entry.messaging.optin.token_expiry_timestamp": {"optin"},
    "entry.messaging.optin.user_token_status": {"optin"},
    "entry.messaging.pass_thread_control": {"pass_thread_control"},
    "entry.messaging.postback.mid": {"get_started", "postback"},
    "entry.messaging.referral.ad_id": {"ad_referral"},
    "entry.messaging.referral.ads_context_data": {"ad_referral"},
    "entry.messaging.referral.referer_uri": {"referral"},
    "entry.messaging.request_thread_control": {"request_thread_control"},
    "entry.messaging.response_feedback": {"feedback"},
    "entry.messaging.take_thread_control": {"take_thread_control"},
    "entry.standby.postback.mid": {"standby_postback"},
}

FOLDERS = {SAMPLES: UNKNOWN, SAMPLES / "messenger": UNKNOWN_ON_MESSENGER}


def spoil(sample: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    [event] = sample["entry"][0]["messaging"]
    event["message"][key] = value
    return sample


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_sample_is_refused(judge_samples: Judge, folder: Path) -> None:
    told = judge_samples(folder)

    assert len(told) == len(list(folder.glob("*.json")))
    assert {name: one["refused"] for name, one in told.items() if one["refused"]} == {}


@pytest.mark.parametrize(
    ("folder", "unknown"), FOLDERS.items(), ids=lambda one: getattr(one, "name", "")
)
def test_the_keys_that_the_package_does_not_know_are_those_listed(
    judge_samples: Judge, folder: Path, unknown: dict[str, set[str]]
) -> None:
    told = judge_samples(folder)

    found = {key for one in told.values() for key in one["unknown"]}
    assert {
        key: {name for name, one in told.items() if key in one["unknown"]} for key in found
    } == unknown


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mid", 7),
        ("text", ["Olá"]),
        ("is_echo", "true"),
        ("attachments", [{"payload": {}}]),
        ("reply_to", {"story": "1"}),
        ("quick_reply", {"title": "Sim"}),
    ],
)
def test_a_wrong_type_is_refused(
    judge_samples: Judge, tmp_path: Path, key: str, value: object
) -> None:
    sample = json.loads((SAMPLES / "message_text.json").read_text("utf-8"))
    (tmp_path / "spoilt.json").write_text(json.dumps(spoil(sample, key, value)), "utf-8")

    assert f"message.{key}" in judge_samples(tmp_path)["spoilt"]["refused"]

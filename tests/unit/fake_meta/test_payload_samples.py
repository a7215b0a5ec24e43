"""One sample of every delivery: regenerated to the byte, judged by a table of meta-contract §3."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fakes.payload_gallery import GALLERY, SAMPLES, delivered

HEAD = "sender{id},recipient{id},timestamp,"
MEDIA = HEAD + "message{mid,attachments[{type,payload{url}}]}"
ECHO = HEAD + "message{mid,text,is_echo}"
CONTROL = "previous_owner_app_id,new_owner_app_id"
BUTTON = "{type,title,payload}"

SHAPES = {
    "message_text": HEAD + "message{mid,text}",
    "message_image": MEDIA,
    "message_video": MEDIA,
    "message_audio": MEDIA,
    "message_file": MEDIA,
    "message_sticker": MEDIA,
    "message_share": MEDIA,
    "message_ig_story": MEDIA,
    "message_ig_post": HEAD + "message{mid,attachments[{type,payload{url,title,id}}]}",
    "message_ig_reel": HEAD + "message{mid,attachments[{type,payload{url,title,reel_video_id}}]}",
    "message_reel": HEAD + "message{mid,attachments[{type,payload{url,title,reel_video_id}}]}",
    "message_like_heart": HEAD + "message{mid,attachments[{type}]}",
    "message_ephemeral": HEAD + "message{mid,attachments[{type}]}",
    "message_unsupported": HEAD + "message{mid,is_unsupported}",
    "message_several_attachments": HEAD
    + "message{mid,attachments[{type,payload{url}},{type,payload{url}},{type,payload{url}}]}",
    "message_inline_reply": HEAD + "message{mid,text,reply_to{mid}}",
    "message_quick_reply": HEAD + "message{mid,text,quick_reply{payload}}",
    "message_ad_referral": HEAD
    + "message{mid,text,referral{ref,ad_id,source,type,ads_context_data{ad_title,photo_url}}}",
    "message_product_referral": HEAD + "message{mid,text,referral{product{id}}}",
    "message_self": HEAD + "message{mid,text,is_self}",
    "message_unsent": HEAD + "message{mid,is_deleted}",
    "story_reply": HEAD + "message{mid,text,reply_to{story{url,id}}}",
    "story_mention": MEDIA,
    "story_mention_without_url": HEAD + "message{mid,attachments[{type,payload{}}]}",
    "story_mention_twice": HEAD
    + "message{mid,attachments[{type,payload{url}},{type,payload{url}}]}",
    "story_mention_unsupported": HEAD + "message{mid,is_unsupported}",
    "story_mention_echo": HEAD + "message{mid,attachments[{type,payload{url}}],is_echo}",
    "echo_text": ECHO,
    "echo_image": HEAD + "message{mid,attachments[{type,payload{url}}],is_echo}",
    "echo_several_images": HEAD
    + "message{mid,attachments[{type,payload{url}},{type,payload{url}}],is_echo}",
    "echo_like_heart": HEAD + "message{mid,attachments[{type}],is_echo}",
    "echo_generic_template": HEAD
    + "message{mid,attachments[{type,payload{template_type,elements[{title,subtitle,image_url,"
    + f"buttons[{BUTTON}]}}]}}}}],is_echo}}",
    "echo_button_template": HEAD
    + "message{mid,attachments[{type,payload{template_type,text,"
    + f"buttons[{BUTTON},{{type,title,url}}]}}}}],is_echo}}",
    "echo_media_share": HEAD + "message{mid,attachments[{type,payload{url,title,id}}],is_echo}",
    "echo_inline_reply": HEAD + "message{mid,text,reply_to{mid},is_echo}",
    "echo_instagram_app": ECHO,
    "echo_private_reply": ECHO,
    "echo_unsent": HEAD + "message{mid,is_deleted,is_echo}",
    "reaction": HEAD + "reaction{mid,action,reaction,emoji}",
    "reaction_other": HEAD + "reaction{mid,action,reaction,emoji}",
    "unreaction": HEAD + "reaction{mid,action}",
    "seen": HEAD + "read{mid}",
    "postback_button": HEAD + "postback{mid,title,payload}",
    "postback_ice_breaker": HEAD + "postback{mid,title,payload}",
    "referral": HEAD + "referral{ref,source,type}",
    "message_edit": HEAD + "message_edit{mid,text,num_edit}",
    "message_edit_ghost": "timestamp,message_edit{mid,num_edit}",
    "comment": "id,comment_id,text,from{id,username},media{id,media_product_type}",
    "comment_reply": "id,comment_id,parent_id,text,from{id,username},media{id,media_product_type}",
    "comment_on_ad": "id,comment_id,text,from{id,username},"
    "media{id,media_product_type,ad_id,ad_title}",
    "comment_live": "id,comment_id,text,from{id,username},media{id,media_product_type}",
    "mention_caption": "media_id",
    "mention_comment": "comment_id,media_id",
    "story_insights": "media_id,impressions,reach,taps_forward,taps_back,exits,replies",
    "standby_message": HEAD + "message{mid,text}",
    "standby_postback": HEAD + "postback{mid,title}",
    "pass_thread_control": HEAD + f"pass_thread_control{{{CONTROL},metadata}}",
    "take_thread_control": HEAD + f"take_thread_control{{{CONTROL}}}",
    "request_thread_control": HEAD + "request_thread_control{requested_owner_app_id,metadata}",
    "app_roles": "recipient{id},timestamp,app_roles{2247381085762037[str]}",
}
"""Keys in their order, as written in the tables and examples of meta-contract §3."""

FORMS = {
    "comment": "comments",
    "comment_reply": "comments",
    "comment_on_ad": "comments",
    "comment_live": "live_comments",
    "mention_caption": "mentions",
    "mention_comment": "mentions",
    "story_insights": "story_insights",
}
"""The field of those that come as `changes`."""

NUMBERS = {
    "timestamp", "num_edit", "impressions", "reach", "taps_forward", "taps_back", "exits",
    "replies",
}  # fmt: skip
FLAGS = {"is_echo", "is_deleted", "is_self", "is_unsupported"}
STANDBY = ["standby_message", "standby_postback"]


def shape_of(value: Any) -> str:
    """The keys of `value` in order; leaves of lists by their type."""
    if isinstance(value, dict):
        return ",".join(f"{key}{_inner(one)}" for key, one in value.items())
    return str(type(value).__name__)


def _inner(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{shape_of(value)}}}"
    if isinstance(value, list):
        return f"[{','.join(_inner(one) or shape_of(one) for one in value)}]"
    return ""


def leaves_of(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that holds no other, with the key it stands under."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves_of(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from leaves_of(one, key)
    else:
        yield key, value


def entry_of(name: str) -> dict[str, Any]:
    (entry,) = json.loads((SAMPLES / f"{name}.json").read_bytes())["entry"]
    return dict(entry)


def item_of(name: str) -> dict[str, Any]:
    entry = entry_of(name)
    (item,) = entry.get("messaging") or entry.get("standby") or [entry["changes"][0]["value"]]
    return dict(item)


def test_every_sample_has_its_rule_and_its_file() -> None:
    assert set(SHAPES) == set(GALLERY)
    assert {path.stem for path in SAMPLES.glob("*.json")} == set(GALLERY)


@pytest.mark.parametrize("name", GALLERY)
def test_the_emulator_delivers_the_sample_to_the_byte(name: str) -> None:
    assert delivered(name) + b"\n" == (SAMPLES / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", GALLERY)
def test_keys_come_in_metas_order(name: str) -> None:
    assert shape_of(item_of(name)) == SHAPES[name]


@pytest.mark.parametrize("name", GALLERY)
def test_numbers_are_numbers_flags_are_true_and_ids_are_texts(name: str) -> None:
    leaves = list(leaves_of(item_of(name)))

    wrong = [(key, value) for key, value in leaves if not _is_right(key, value)]

    assert wrong == []


def _is_right(key: str, value: Any) -> bool:
    if key in FLAGS:
        return value is True
    if key in NUMBERS:
        return type(value) is int
    return isinstance(value, str) or (key == "previous_owner_app_id" and value is None)


@pytest.mark.parametrize("name", sorted(set(GALLERY) - set(FORMS) - set(STANDBY)))
def test_messaging_events_are_timed_in_milliseconds(name: str) -> None:
    entry = entry_of(name)

    assert list(entry) == ["time", "id", "messaging"]
    assert len(str(entry["time"])) == 13


@pytest.mark.parametrize("name", STANDBY)
def test_what_another_app_controls_comes_as_standby(name: str) -> None:
    assert list(entry_of(name)) == ["time", "id", "standby"]


@pytest.mark.parametrize(("name", "field"), FORMS.items())
def test_changes_are_timed_in_seconds(name: str, field: str) -> None:
    entry = entry_of(name)

    assert list(entry) == ["time", "id", "changes"]
    assert list(entry["changes"][0]) == ["field", "value"]
    assert entry["changes"][0]["field"] == field
    assert len(str(entry["time"])) == 10


def test_incoming_goes_to_the_account_and_an_echo_comes_from_it() -> None:
    incoming, echo = item_of("message_text"), item_of("echo_text")

    assert entry_of("message_text")["id"] == incoming["recipient"]["id"] == echo["sender"]["id"]
    assert incoming["sender"]["id"] == echo["recipient"]["id"]

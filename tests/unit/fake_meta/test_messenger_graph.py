"""The app's side of Messenger: sends, profiles, conversations (meta-contract §4, §5)."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.domain.accounts import AccessLevel, Customer, Permission
from fake_meta.domain.attachments import fault_of
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind
from fake_meta.world import World
from tests.fakes.graph_app import code_of
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport
from tests.fakes.messenger_page import MessengerPage

DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def page(client: FlaskClient, world: World, transport: HandTransport) -> MessengerPage:
    return MessengerPage(client, world, transport)


def test_an_answer_reaches_the_person_and_comes_back_as_echo_and_delivery(
    page: MessengerPage,
) -> None:
    psid = page.written()

    answer = page.post(
        f"/{page.world.page.id}/messages",
        messaging_type="RESPONSE",
        recipient={"id": psid},
        message={"text": "Olá", "metadata": "ticket-7"},
    ).get_json()

    echo, delivery = page.items[1:]
    assert answer == {"recipient_id": psid, "message_id": echo["message"]["mid"]}
    assert (echo["sender"]["id"], echo["recipient"]["id"]) == (page.world.page.id, psid)
    assert echo["message"] == {
        "mid": answer["message_id"],
        "text": "Olá",
        "is_echo": True,
        "app_id": int(page.world.app.id),
        "metadata": "ticket-7",
    }
    assert delivery["delivery"]["mids"] == [answer["message_id"]]
    assert [one.text for one in page.inbox.thread_of(page.tester.username)] == ["Oi", "Olá"]


def test_the_same_token_serves_both_inboxes(page: MessengerPage) -> None:
    page.written()
    page.world.send_text(page.tester.username, "Oi")

    on_messenger, on_instagram = page.send(page.psid), page.send(page.tester.igsid)

    assert on_messenger.get_json()["message_id"].startswith("m_")
    assert on_instagram.get_json()["message_id"].startswith("aWdf")


@pytest.mark.parametrize(("length", "status"), [(2000, 200), (2001, 400)])
def test_a_text_has_2000_characters_however_many_bytes(
    page: MessengerPage, length: int, status: int
) -> None:
    assert page.send(page.written(), "é" * length).status_code == status


@pytest.mark.parametrize(
    ("recipient", "code"),
    [("20000000000000001", (100, 2018001)), ("9000000000000001", (100, 2534014))],
)
def test_nobody_is_told_in_the_words_of_the_platform(
    page: MessengerPage, recipient: str, code: tuple[int, int]
) -> None:
    assert code_of(page.send(recipient)) == code


def test_who_never_wrote_is_outside_the_window(page: MessengerPage) -> None:
    assert code_of(page.send(page.psid)) == (10, 2018278)


def test_the_window_of_messenger_is_its_own_and_closes_after_a_day(
    page: MessengerPage, emulator: Emulator
) -> None:
    page.written()
    emulator.parts.courier.advance_clock(DAY_MS - 1000)
    page.world.send_text(page.tester.username, "no Direct")
    still_open = page.send(page.psid).status_code
    emulator.parts.courier.advance_clock(2000)

    assert (still_open, code_of(page.send(page.psid))) == (200, (10, 2018278))


def test_a_human_agent_has_seven_days(page: MessengerPage, emulator: Emulator) -> None:
    page.written()
    emulator.parts.courier.advance_clock(6 * DAY_MS)
    tagged = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    without_feature = code_of(page.send(page.psid, **tagged))
    page.world.grant_human_agent(is_granted=True)
    within = page.send(page.psid, **tagged).status_code
    emulator.parts.courier.advance_clock(DAY_MS)

    assert without_feature[0] == 10
    assert (within, code_of(page.send(page.psid, **tagged))) == (200, (10, 2018278))


def test_a_stranger_cannot_be_answered_before_review(
    page: MessengerPage, stranger: Customer
) -> None:
    page.inbox.send_text(stranger.username, "alô")

    assert code_of(page.send(page.world.psid_of(stranger.username))) == (200, 2018028)


def test_without_pages_messaging_the_call_is_refused(page: MessengerPage) -> None:
    page.written()
    page.world.send_text(page.tester.username, "Oi")
    page.world.configure_app(None, {Permission.PAGES_MESSAGING: AccessLevel.NONE})

    refused = page.send(page.psid).get_json()["error"]

    assert refused["message"] == "(#230) Requires pages_messaging permission"
    assert page.send(page.tester.igsid).status_code == 200
    assert page.read("/me/conversations", platform="messenger")["error"]["code"] == 230


def test_messenger_needs_nothing_of_instagram(page: MessengerPage) -> None:
    page.written()
    page.world.configure_app(None, {Permission.MANAGE_MESSAGES: AccessLevel.NONE})

    assert page.send(page.psid).status_code == 200
    assert len(page.read("/me/conversations", platform="messenger")["data"]) == 1


@pytest.mark.parametrize("action", ["typing_on", "typing_off", "mark_seen"])
def test_sender_actions_name_the_recipient(page: MessengerPage, action: str) -> None:
    psid = page.written()

    answer = page.post("/me/messages", recipient={"id": psid}, sender_action=action)

    assert answer.get_json() == {"recipient_id": psid}


def test_a_reaction_of_the_page_is_seen_and_not_echoed(page: MessengerPage) -> None:
    mid = page.inbox.send_text(page.tester.username, "Oi").mid
    payload = {"message_id": mid, "reaction": "love"}
    page.post("/me/messages", recipient={"id": page.psid}, sender_action="react", payload=payload)

    (message,) = page.inbox.thread_of(page.tester.username)
    assert [one.reaction for one in message.reactions] == ["love"]
    assert len(page.items) == 1


@pytest.mark.parametrize(
    "message",
    [
        {"attachment": {"type": "like_heart"}},
        {"attachment": {"type": "MEDIA_SHARE", "payload": {"id": "1"}}},
        {"attachments": [{"type": "image", "payload": {"url": "http://a/"}}] * 2},
        {"text": "a", "metadata": "x" * 1000},
        {"text": " "},
    ],
)
def test_what_messenger_does_not_take_is_code_100(
    page: MessengerPage, message: dict[str, Any]
) -> None:
    sent = page.post("/me/messages", recipient={"id": page.written()}, message=message)

    assert (sent.status_code, code_of(sent)[0]) == (400, 100)


def test_an_uploaded_file_is_sent_to_either_inbox(page: MessengerPage) -> None:
    psid = page.written()
    attachment = {"type": "image", "payload": {"url": "https://app.example/a.png"}}
    upload = page.post("/me/message_attachments", message={"attachment": attachment}).get_json()
    again = {"type": "image", "payload": {"attachment_id": upload["attachment_id"]}}

    sent = page.post("/me/messages", recipient={"id": psid}, message={"attachment": again})

    assert sent.status_code == 200
    assert "attachments" in page.items[1]["message"]


def test_the_profile_of_a_psid(page: MessengerPage) -> None:
    name = page.tester.name.split()

    profile = page.read(f"/{page.written()}", fields="first_name,last_name,profile_pic,name")

    assert (profile["first_name"], profile["last_name"]) == (name[0], name[1])
    assert (profile["id"], set(profile)) == (
        page.psid,
        {"first_name", "last_name", "profile_pic", "name", "id"},
    )
    assert page.client.get(profile["profile_pic"].partition("8701")[2]).status_code == 200


def test_whom_the_app_has_no_access_to_is_an_empty_object(
    page: MessengerPage, stranger: Customer
) -> None:
    page.inbox.send_text(stranger.username, "alô")

    assert page.read(f"/{page.psid}") == {}
    assert page.read(f"/{page.world.psid_of(stranger.username)}") == {}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("phone_account", (100, 2018218)),
        ("missing_permission", (100, 2018247)),
        ("no_match", (100, 2018001)),
    ],
)
def test_a_profile_fails_as_on_messenger(
    page: MessengerPage, fault: str, code: tuple[int, int]
) -> None:
    psid = page.written()
    page.control("PATCH", f"customers/{page.tester.username}", profile_fault=fault)

    assert code_of(page.ask(f"/{psid}")) == code


def test_a_field_of_instagram_is_unknown_on_messenger(page: MessengerPage) -> None:
    assert code_of(page.ask(f"/{page.written()}", fields="follower_count")) == (100, None)


def test_conversations_of_messenger_are_a_list_of_their_own(page: MessengerPage) -> None:
    psid = page.written()
    page.world.send_text(page.tester.username, "no Direct")
    fields = "participants,messages{from,to,message},updated_time"

    (thread,) = page.read("/me/conversations", platform="messenger", fields=fields)["data"]

    assert thread["id"].startswith("t_")
    assert [one["id"] for one in thread["participants"]["data"]] == [psid, page.world.page.id]
    (message,) = thread["messages"]["data"]
    assert message["message"] == "Oi"
    assert message["from"] == {
        "name": page.tester.name,
        "email": f"{psid}@facebook.com",
        "id": psid,
    }
    assert message["to"]["data"][0]["id"] == page.world.page.id


def test_messages_of_a_conversation_are_paged(page: MessengerPage) -> None:
    page.inbox.send_texts(page.tester.username, ["um", "dois", "tres"])
    (thread,) = page.read("/me/conversations", platform="messenger")["data"]

    first = page.read(f"/{thread['id']}/messages", fields="message", limit="2")
    after = first["paging"]["cursors"]["after"]
    rest = page.read(f"/{thread['id']}/messages", fields="message", limit="2", after=after)

    assert [one["message"] for one in first["data"] + rest["data"]] == ["tres", "dois", "um"]
    assert "next" in first["paging"]
    assert "next" not in rest["paging"]


def test_one_person_one_message_and_the_nested_list(page: MessengerPage) -> None:
    psid = page.written()
    mid = page.inbox.thread_of(page.tester.username)[0].mid

    found = page.read("/me/conversations", platform="messenger", user_id=psid)["data"]
    message = page.read(f"/{mid}", fields="message,from")
    nested = page.read("/me", fields="conversations.platform(messenger){id}")

    assert message["from"]["id"] == psid
    assert [one["id"] for one in nested["conversations"]["data"]] == [one["id"] for one in found]


def test_another_page_does_not_see_the_thread(page: MessengerPage) -> None:
    psid = page.written()
    other = page.world.at(page.world.create_company().id)

    asked = page.ask(f"/{psid}", token=other.page.access_token)

    assert asked.status_code == 400
    listed = page.read("/me/conversations", other.page.access_token, platform="messenger")
    assert listed == {"data": []}


def test_who_blocked_the_page_is_unavailable(page: MessengerPage) -> None:
    psid = page.written()
    page.control("PATCH", f"customers/{page.tester.username}", blocks_business=True)

    assert code_of(page.send(psid)) == (551, 1545041)


def test_another_app_in_control_is_messengers_error(page: MessengerPage) -> None:
    psid = page.written()
    page.control("POST", f"account/threads/{page.tester.username}/second-app", call="take")

    assert code_of(page.send(psid)) == (100, 2018300)


def test_the_persistent_menu_of_messenger_is_tapped_there(page: MessengerPage) -> None:
    action = {"type": "postback", "title": "Ajuda", "payload": "HELP"}
    menu = [{"locale": "default", "call_to_actions": [action]}]
    started = {"payload": "START"}
    page.post(
        "/me/messenger_profile", platform="messenger", get_started=started, persistent_menu=menu
    )

    page.control("POST", f"customers/{page.tester.username}/postbacks", title="Ajuda")

    assert page.items[0]["postback"]["payload"] == "HELP"
    assert not page.world.messenger_profile
    assert page.send(page.psid).status_code == 200


@pytest.mark.parametrize(
    "recipient", ['{"id": "PSID"}', "{'id': 'PSID'}", '{"id": PSID}'], ids=["json", "quotes", "int"]
)
def test_every_spelling_of_the_recipient_finds_messenger(
    page: MessengerPage, recipient: str
) -> None:
    form = {
        "recipient": recipient.replace("PSID", page.written()),
        "message": '{"text": "Olá"}',
        "access_token": page.world.page.access_token,
    }
    answer = page.client.post("/v25.0/me/messages", data=form)

    assert answer.get_json()["recipient_id"] == page.psid


@pytest.mark.parametrize(
    "path", ["m_", "t_", "m_x/messages", "t_1/messages", "2" * 17, "m_%F0%9F%98%8A"]
)
def test_unknown_ids_of_messenger_are_told_in_metas_words(page: MessengerPage, path: str) -> None:
    answer = page.ask(f"/{path}")

    assert (answer.status_code, code_of(answer)) == (400, (100, 33))


def test_instagrams_token_does_not_reach_messenger(page: MessengerPage) -> None:
    psid = page.written()
    wish = {"kind": "ig_user"}
    token = page.client.post("/_control/tokens", json=wish).get_json()["access_token"]

    sent = page.client.post(
        f"/graph.instagram.com/v25.0/me/messages?access_token={token}",
        json={"recipient": {"id": psid}, "message": {"text": "Olá"}},
    )

    assert code_of(sent) == (100, 2534014)


def test_too_many_messages_are_refused_in_messengers_words(page: MessengerPage) -> None:
    psid = page.written()
    page.world.send_text(page.tester.username, "Oi")
    page.client.patch("/_control/limits", json={"enforced": True, "limits": {"send_text": 1}})
    sent = [page.send(psid) for _ in range(2)]

    assert (sent[0].status_code, code_of(sent[1])) == (200, (613, None))
    assert page.send(page.tester.igsid).status_code == 200


MENU = [
    {
        "locale": "default",
        "call_to_actions": [{"type": "postback", "title": "Ajuda", "payload": "HELP"}],
    }
]
PROFILE = "/me/messenger_profile"


def profile_of(page: MessengerPage, **parts: Any) -> Any:
    return page.post(PROFILE, platform="messenger", **parts)


def test_get_started_and_greeting_are_written_read_and_deleted(page: MessengerPage) -> None:
    parts: dict[str, Any] = {
        "get_started": {"payload": "START"},
        "greeting": [{"locale": "default", "text": "Oi, {{user_first_name}}!"}],
        "whitelisted_domains": ["https://loja.example"],
        "account_linking_url": "https://loja.example/link",
    }
    asked = {"platform": "messenger", "fields": ",".join(parts)}

    written = profile_of(page, **parts).get_json()
    read = page.read(PROFILE, **asked)
    bearer = {"access_token": page.world.page.access_token}
    deleted = page.client.delete(PROFILE, query_string={**asked, **bearer}).get_json()

    assert written == deleted == {"result": "success"}
    assert read == {"data": [parts]}
    assert page.read(PROFILE, **asked) == {"data": []}


def test_get_started_is_tapped_and_told_as_a_postback(page: MessengerPage) -> None:
    profile_of(page, get_started={"payload": "START"})

    page.control("POST", f"customers/{page.tester.username}/postbacks", title="Get Started")

    (item,) = page.items
    assert (item["postback"]["title"], item["postback"]["payload"]) == ("Get Started", "START")
    assert page.send(page.psid).status_code == 200


def test_a_menu_of_messenger_needs_get_started(page: MessengerPage) -> None:
    alone = profile_of(page, persistent_menu=MENU)
    both = profile_of(page, persistent_menu=MENU, get_started={"payload": "START"})
    asked = {"platform": "messenger", "fields": "get_started"}
    asked["access_token"] = page.world.page.access_token
    taken_away = page.client.delete(PROFILE, query_string=asked)

    assert code_of(alone) == (100, 2018145)
    assert both.status_code == 200
    assert code_of(taken_away) == (100, 2018145)


@pytest.mark.parametrize(
    "part",
    [
        {"get_started": {}},
        {"get_started": {"payload": "p" * 1001}},
        {"greeting": []},
        {"greeting": [{"locale": "pt_BR", "text": "Oi"}]},
        {"greeting": [{"locale": "default", "text": "o" * 161}]},
        {"whitelisted_domains": ["http://loja.example"]},
        {"whitelisted_domains": ["https://a.example"] * 51},
        {"account_linking_url": "ftp://loja.example"},
    ],
)
def test_a_bad_greeting_is_refused(page: MessengerPage, part: dict[str, Any]) -> None:
    assert code_of(profile_of(page, **part)) == (100, None)


def test_instagram_has_no_get_started(page: MessengerPage) -> None:
    answer = page.post(PROFILE, platform="instagram", get_started={"payload": "START"})

    assert code_of(answer) == (100, None)


def test_an_unknown_notification_type_is_messengers_error_only(page: MessengerPage) -> None:
    psid = page.written()
    page.world.send_text(page.tester.username, "Oi")

    answers = [
        page.send(psid, notification_type="silent_push"),
        page.send(psid, notification_type="LOUD"),
        page.send(page.tester.igsid, notification_type="LOUD"),
    ]

    assert [one.status_code for one in answers] == [200, 400, 200]
    assert "notification_type must be one of {REGULAR" in answers[1].text


MB = 1024 * 1024


@pytest.mark.parametrize(
    ("kind", "content_type", "size", "on_messenger", "on_instagram"),
    [
        ("image", "image/webp", 9 * MB, None, 2018109),
        ("image", "image/webp", MB, None, 2018047),
        ("image", "image/gif", 25 * MB, None, 2018109),
        ("image", "image/gif", 25 * MB + 1, 2018109, 2018109),
        ("image", "image/png", 8 * MB, None, None),
        ("image", "image/png", 8 * MB + 1, 2018109, 2018109),
        ("image", "text/html", 10, 2018047, 2018047),
        ("audio", "audio/ogg", MB, None, 2018047),
        ("video", "video/x-matroska", MB, None, 2018047),
        ("file", "application/zip", 25 * MB, None, 2018047),
        ("file", "application/zip", 25 * MB + 1, 2018109, 2018109),
        ("file", "application/pdf", 25 * MB, None, None),
    ],
)
def test_each_inbox_has_its_own_sizes_and_formats(
    kind: str, content_type: str, size: int, on_messenger: int | None, on_instagram: int | None
) -> None:
    subcodes = [
        None if fault is None else fault.value.subcode
        for platform in (Platform.MESSENGER, Platform.INSTAGRAM)
        for fault in [fault_of(MessageKind(kind), content_type, size, platform)]
    ]

    assert subcodes == [on_messenger, on_instagram]


def test_an_upload_for_messenger_is_held_to_instagrams_limits_there(
    page: MessengerPage, fetcher: HandFetcher
) -> None:
    psid = page.written()
    page.world.send_text(page.tester.username, "Oi")
    fetcher.content = ("application/zip", b"PK")
    file = {"type": "file", "payload": {"url": "https://app.example/a.zip"}}
    made = page.post("/me/message_attachments", platform="messenger", message={"attachment": file})
    again = {"attachment": {"type": "file", "payload": made.get_json()}}

    there = page.post("/me/messages", recipient={"id": psid}, message=again)
    here = page.post("/me/messages", recipient={"id": page.tester.igsid}, message=again)

    assert (there.status_code, code_of(here)) == (200, (100, 2018047))


def test_the_echo_names_an_upload_by_its_number(page: MessengerPage) -> None:
    psid = page.written()
    payload = {"url": "https://app.example/a.png"}
    image = {"type": "image", "payload": payload}
    made = page.post("/me/message_attachments", message={"attachment": image}).get_json()
    again = {"type": "image", "payload": made}

    page.post("/me/messages", recipient={"id": psid}, message={"attachment": again})
    page.post("/me/messages", recipient={"id": psid}, message={"attachment": image})

    echoes = [one["message"] for one in page.items if one.get("message", {}).get("is_echo")]
    numbers = [one["attachments"][0]["payload"].get("attachment_id") for one in echoes]
    assert numbers == [int(made["attachment_id"]), None]


ANA = {"name": "Ana", "profile_picture_url": "https://app.example/ana.png"}


def test_personas_are_made_listed_read_and_deleted(page: MessengerPage) -> None:
    first, second = (page.post("/me/personas", **ANA).get_json()["id"] for _ in range(2))
    bearer = {"access_token": page.world.page.access_token}

    listed = page.read(f"/{page.world.page.id}/personas", limit="1")
    rest = page.client.get(listed["paging"]["next"]).get_json()
    read = page.read(f"/{first}", fields="name")
    deleted = page.client.delete(f"/{first}", query_string=bearer).get_json()

    assert listed["data"] == [{"id": second, **ANA}]
    assert [one["id"] for one in rest["data"]] == [first]
    assert (read, deleted) == ({"name": "Ana", "id": first}, {"success": True})
    assert code_of(page.ask(f"/{first}")) == (100, 33)


def test_a_message_comes_under_the_name_of_its_persona(page: MessengerPage) -> None:
    psid = page.written()
    persona = page.post("/me/personas", **ANA).get_json()["id"]

    page.send(psid, persona_id=persona)
    page.send(psid)

    path = f"customers/{page.tester.username}/thread"
    thread = page.control("GET", path).get_json()["messages"]
    assert [one.get("persona") for one in thread] == [None, "Ana", None]


def test_a_persona_of_nobody_is_refused_on_messenger_only(page: MessengerPage) -> None:
    psid = page.written()
    page.world.send_text(page.tester.username, "Oi")
    other = page.world.at(page.world.create_company().id).on(Platform.MESSENGER)
    persona = other.create_page_persona("Bia", "https://app.example/b.png").id

    assert code_of(page.send(psid, persona_id=persona)) == (100, None)
    assert page.send(page.tester.igsid, persona_id=persona).status_code == 200
    assert code_of(page.ask(f"/{persona}")) == (100, 33)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"profile_picture_url": ""}, {"profile_picture_url": "a.png"}]
)
def test_a_persona_needs_a_name_and_a_picture(page: MessengerPage, wrong: dict[str, str]) -> None:
    assert code_of(page.post("/me/personas", **{**ANA, **wrong})) == (100, None)


def test_personas_need_pages_messaging(page: MessengerPage) -> None:
    wish = {"kind": "page", "scopes": ["instagram_manage_messages"]}
    token = page.client.post("/_control/tokens", json=wish).get_json()["access_token"]

    assert code_of(page.ask("/me/personas", token))[0] == 230


def commented(page: MessengerPage, text: str = "preço?", **where: str) -> str:
    path = f"customers/{page.tester.username}/comments"
    answer = page.control("POST", path, text=text, **where).get_json()
    assert "feed" in answer["not_sent_because"]
    made: str = answer["id"]
    return made


def reply(page: MessengerPage, **recipient: str) -> Any:
    return page.post("/me/messages", recipient=recipient, message={"text": "Custa 10"})


def test_a_comment_on_a_post_of_the_page_is_answered_privately_once(page: MessengerPage) -> None:
    post = page.control("POST", "account/media", caption="Coleção").get_json()["id"]
    comment = commented(page, media=post)

    first, second = reply(page, comment_id=comment), reply(page, comment_id=comment)

    assert post.startswith(f"{page.world.page.id}_")
    assert first.get_json()["recipient_id"] == page.psid
    assert first.get_json()["message_id"].startswith("m_")
    assert code_of(second) == (10900, None)
    assert [one.text for one in page.inbox.thread_of(page.tester.username)] == ["Custa 10"]
    assert code_of(page.send(page.psid)) == (10, 2018278)


def test_what_a_visitor_posted_is_answered_by_its_post_id(page: MessengerPage) -> None:
    post = commented(page)

    assert code_of(reply(page, comment_id=post)) == (100, 2534025)
    assert reply(page, post_id=post).get_json()["recipient_id"] == page.psid


@pytest.mark.parametrize(("days", "status"), [(6, 200), (7, 400)])
def test_a_post_is_answered_within_seven_days(
    page: MessengerPage, emulator: Emulator, days: int, status: int
) -> None:
    post = commented(page)
    emulator.parts.courier.advance_clock(days * DAY_MS)

    assert reply(page, post_id=post).status_code == status


def test_who_blocked_the_page_is_no_recipient_of_a_private_reply(page: MessengerPage) -> None:
    post = commented(page)
    page.control("PATCH", f"customers/{page.tester.username}", blocks_business=True)

    assert code_of(reply(page, post_id=post)) == (10903, 1893049)


def test_private_replies_of_the_page_have_their_limit(page: MessengerPage) -> None:
    post = commented(page)
    page.client.patch("/_control/limits", json={"enforced": True, "limits": {"private_replies": 0}})

    assert code_of(reply(page, post_id=post))[0] == 613


def test_who_ticked_a_checkbox_is_reached_for_a_day_without_being_named(
    page: MessengerPage, emulator: Emulator
) -> None:
    path = f"/_control/customers/{page.tester.username}/opt-ins"
    told = page.client.post(path, json={"user_ref": "cart-7", "ref": "cart"}).get_json()

    first = reply(page, user_ref="cart-7").get_json()
    to_psid = page.send(page.psid)
    emulator.parts.courier.advance_clock(DAY_MS)

    optin = page.items[0]
    assert told == {"not_sent_because": None}
    assert optin["optin"] == {"ref": "cart", "user_ref": "cart-7"}
    assert "sender" not in optin
    assert set(first) == {"message_id"}
    assert code_of(to_psid) == (10, 2018278)
    assert code_of(reply(page, user_ref="cart-7")) == (10, 2018278)
    assert code_of(reply(page, user_ref="cart-8")) == (100, 2018001)


def test_a_post_of_a_page_is_instagrams_business_never(page: MessengerPage) -> None:
    path = f"/_control/customers/{page.tester.username}/comments"

    answer = page.client.post(path, json={"text": "preço?"})

    assert answer.status_code == 400
    assert "media must say which post" in answer.get_json()["error"]


def test_a_conversation_of_messenger_tells_its_counts_and_its_last_words(
    page: MessengerPage, emulator: Emulator
) -> None:
    psid = page.written("Oi")
    page.written("Alguém?")
    fields = "can_reply,message_count,unread_count,snippet,senders{id},link"

    (before,) = page.read("/me/conversations", platform="messenger", fields=fields)["data"]
    page.send(psid, "Olá")
    emulator.parts.courier.advance_clock(DAY_MS)
    after = page.read(f"/{before['id']}", fields=fields)

    told = ("can_reply", "message_count", "unread_count", "snippet")
    assert [before[one] for one in told] == [True, 2, 2, "Alguém?"]
    assert [after[one] for one in told] == [False, 3, 0, "Olá"]
    assert before["senders"]["data"][0] == {"id": psid}
    assert before["link"].startswith(f"/{page.world.page.id}/inbox/")


def test_counts_of_a_conversation_are_absent_on_instagram(page: MessengerPage) -> None:
    page.world.send_text(page.tester.username, "Oi")

    asked = {"platform": "instagram", "fields": "message_count,snippet,can_reply"}
    (thread,) = page.read("/me/conversations", **asked)["data"]

    assert set(thread) == {"id"}


def test_an_unknown_person_is_of_the_inbox_that_the_call_names(page: MessengerPage) -> None:
    wish = {"recipient": {"id": "1234567890123456"}, "message": {"text": "Oi"}}

    named = page.post("/me/messages", **wish, platform="messenger").get_json()["error"]
    unnamed = page.post("/me/messages", **wish).get_json()["error"]

    assert (named["code"], named["error_subcode"]) == (100, 2018001)
    assert (unnamed["code"], unnamed["error_subcode"]) == (100, 2534014)

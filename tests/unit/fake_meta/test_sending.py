"""The Send API beyond text: media, templates, reactions, private replies (meta-contract §4)."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.app import Emulator
from fake_meta.domain.accounts import Customer
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.graph_errors import GraphError
from fake_meta.domain.threads import Folder, MessageKind
from fake_meta.world import World
from tests.fakes.hand_fetcher import PNG, HandFetcher
from tests.fakes.hand_transport import HandTransport

IMAGE = {"type": "image", "payload": {"url": "https://app.example/a.png"}}
BUTTON = {"type": "postback", "title": "Agente", "payload": "HUMAN"}
QUICK = {"content_type": "text", "title": "Agente", "payload": "HUMAN"}
DAY_MS = 24 * 3600 * 1000


class App:
    """The app's side, with the Page token; the tester has written once."""

    def __init__(self, client: FlaskClient, world: World) -> None:
        self.client, self.world = client, world
        self.tester = world.customers[0]
        self.first = world.send_text(self.tester.username, "oi")

    def post(self, edge: str, **body: Any) -> TestResponse:
        bearer = {"Authorization": f"Bearer {self.world.page.access_token}"}
        return self.client.post(f"/v25.0/me/{edge}", json=body, headers=bearer)

    def send(self, **body: Any) -> TestResponse:
        return self.post("messages", **{"recipient": {"id": self.tester.igsid}, **body})

    def ask(self, method: str, edge: str, **body: Any) -> TestResponse:
        bearer = {"Authorization": f"Bearer {self.world.page.access_token}"}
        return self.client.open(f"/me/{edge}", method=method, query_string=body, headers=bearer)

    @property
    def last(self) -> Any:
        return self.world.thread_of(self.tester.username)[-1]


@pytest.fixture
def app(client: FlaskClient, world: World) -> App:
    return App(client, world)


def code_of(response: TestResponse) -> tuple[int, int | None]:
    error = response.get_json()["error"]
    return error["code"], error.get("error_subcode")


def last_body(transport: HandTransport) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(transport.requests[-1].body)["entry"][0]["messaging"][0]
    return body


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"attachment": {"type": "image", "payload": {}}}, (100, 2534015)),
        ({"attachment": {"type": "image", "payload": {"url": "ftp://a"}}}, (100, 2534015)),
        ({"attachment": {"type": "image", "payload": {"attachment_id": "1"}}}, (100, 2018074)),
        ({"attachment": {"type": "MEDIA_SHARE", "payload": {"id": "1"}}}, (100, 2534015)),
        ({"attachments": [IMAGE] * 11}, (100, 2534015)),
        ({"text": "x", "attachment": IMAGE}, (100, 2018191)),
        ({"text": "x", "attachments": [IMAGE]}, (100, 2018191)),
        ({"attachments": [IMAGE, {"type": "like_heart"}]}, (100, 2534015)),
        ({"text": "x", "quick_replies": [QUICK] * 14}, (100, None)),
        ({"text": "x", "quick_replies": [{**QUICK, "title": "t" * 21}]}, (100, None)),
        ({"text": "x", "quick_replies": [{**QUICK, "payload": "p" * 1001}]}, (100, None)),
        ({"text": "x", "quick_replies": [{"content_type": "text", "title": "t"}]}, (100, None)),
        (
            {"attachment": {"type": "template", "payload": {"template_type": "receipt"}}},
            (100, None),
        ),
        (
            {
                "attachment": {
                    "type": "template",
                    "payload": {"template_type": "button", "text": "t" * 641, "buttons": [BUTTON]},
                }
            },
            (100, None),
        ),
        (
            {
                "attachment": {
                    "type": "template",
                    "payload": {"template_type": "button", "text": "t", "buttons": [BUTTON] * 4},
                }
            },
            (100, None),
        ),
        (
            {
                "attachment": {
                    "type": "template",
                    "payload": {"template_type": "generic", "elements": [{"title": "t"}] * 11},
                }
            },
            (100, None),
        ),
    ],
)
def test_content_that_breaks_a_rule_is_refused(
    app: App, message: dict[str, Any], code: tuple[int, int | None]
) -> None:
    assert code_of(app.send(message=message)) == code


@pytest.mark.parametrize(
    "fault",
    [
        GraphError.ATTACHMENT_UNREACHABLE,
        GraphError.ATTACHMENT_MISMATCH,
        GraphError.ATTACHMENT_TOO_LARGE,
    ],
)
def test_a_failed_download_sends_nothing(app: App, fetcher: HandFetcher, fault: GraphError) -> None:
    fetcher.fault = fault

    answer = app.send(message={"attachment": IMAGE})

    assert code_of(answer) == (100, fault.value.subcode)
    assert app.last.mid == app.first.mid


def test_nothing_is_downloaded_for_who_cannot_be_reached(
    app: App, fetcher: HandFetcher, stranger: Customer
) -> None:
    answer = app.send(recipient={"id": stranger.igsid}, message={"attachment": IMAGE})

    assert code_of(answer) == (200, 2018028)
    assert fetcher.urls == []


def test_several_images_are_one_message(app: App, transport: HandTransport) -> None:
    answer = app.send(message={"attachments": [IMAGE, IMAGE]}).get_json()

    assert set(answer) == {"recipient_id", "message_id"}
    assert [one["type"] for one in last_body(transport)["message"]["attachments"]] == ["image"] * 2


def test_an_upload_can_be_sent_again_and_again(app: App, fetcher: HandFetcher) -> None:
    uploaded = app.post("message_attachments", message={"attachment": IMAGE}).get_json()
    by_id = {"type": "image", "payload": uploaded}

    app.send(message={"attachment": by_id})
    app.send(message={"attachment": by_id})

    assert len(fetcher.urls) == 1
    assert app.last.url is not None


def test_a_reusable_attachment_gets_an_id(app: App) -> None:
    payload = {"url": "https://app.example/a.png", "is_reusable": True}

    answer = app.send(message={"attachment": {"type": "image", "payload": payload}}).get_json()

    assert app.world.upload(answer["attachment_id"]).url == payload["url"]


def test_unknown_extra_keys_are_ignored(app: App) -> None:
    answer = app.send(
        message={"text": "x", "summary": "?"}, id="1", message_type="t", notification_type="NO_PUSH"
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"messaging_type": "SHOUT"}, (100, None)),
        ({"messaging_type": "MESSAGE_TAG"}, (100, None)),
        ({"reply_to": {"mid": "unknown"}}, (100, 2534015)),
        ({"recipient": {"comment_id": "1"}}, (100, 2534025)),
    ],
)
def test_a_bad_frame_is_refused(app: App, body: dict[str, Any], code: tuple[int, Any]) -> None:
    assert code_of(app.send(message={"text": "x"}, **body)) == code


def test_an_inline_reply_names_its_message_in_the_echo(app: App, transport: HandTransport) -> None:
    app.send(message={"text": "esta?"}, reply_to={"mid": app.first.mid})

    assert last_body(transport)["message"]["reply_to"] == {"mid": app.first.mid}


def test_quick_replies_stand_below_the_message_but_not_in_the_echo(
    app: App, transport: HandTransport
) -> None:
    app.send(message={"text": "com quem?", "quick_replies": [QUICK]})

    assert [offer.payload for offer in app.last.quick_replies] == ["HUMAN"]
    assert "quick_replies" not in last_body(transport)["message"]


def test_a_reaction_is_shown_and_not_echoed(app: App, transport: HandTransport) -> None:
    told = len(transport.requests)

    answer = app.send(
        sender_action="react", payload={"message_id": app.first.mid, "reaction": "love"}
    )

    assert answer.get_json() == {"recipient_id": app.tester.igsid}
    assert [one.reaction for one in app.last.reactions] == ["love"]
    assert len(transport.requests) == told


def test_a_reaction_can_be_taken_back(app: App) -> None:
    payload = {"message_id": app.first.mid, "reaction": "🎉"}
    app.send(sender_action="react", payload=payload)

    app.send(sender_action="unreact", payload={"message_id": app.first.mid})

    assert app.last.reactions == ()


@pytest.mark.parametrize("action", ["react", "unreact"])
def test_a_reaction_to_nothing_is_refused(app: App, action: str) -> None:
    error = app.send(sender_action=action).get_json()["error"]

    assert (error["code"], error["message"]) == (100, "(#100) The parameter payload is required")


@pytest.mark.parametrize("reaction", ["", "dance", None])
def test_a_reaction_is_a_word_or_an_emoji(app: App, reaction: str | None) -> None:
    payload = {"message_id": app.first.mid, "reaction": reaction}

    assert code_of(app.send(sender_action="react", payload=payload)) == (100, None)


def test_typing_is_shown_until_the_message(app: App) -> None:
    app.send(sender_action="typing_on")
    before = app.world.is_typing(app.tester.username)

    app.send(message={"text": "olá"})

    assert (before, app.world.is_typing(app.tester.username)) == (True, False)


def test_only_mark_seen_and_answers_show_as_seen(app: App) -> None:
    before = app.world.thread_state(app.tester.username).company_seen

    app.send(sender_action="mark_seen")

    assert before is None
    assert app.world.thread_state(app.tester.username).company_seen == app.first.mid


def test_an_answer_reads_everything_and_leaves_requests(app: App) -> None:
    before = app.world.thread_state(app.tester.username)

    app.send(message={"text": "olá"})

    after = app.world.thread_state(app.tester.username)
    assert (before.folder, before.unread) == (Folder.REQUESTS, 1)
    assert (after.folder, after.unread) == (Folder.GENERAL, 0)


def test_case_57_the_human_agent_tag_opens_seven_days(app: App, emulator: Emulator) -> None:
    tagged = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT", "message": {"text": "x"}}
    app.world.grant_human_agent(is_granted=True)
    emulator.parts.courier.advance_clock(6 * DAY_MS)

    plain, human = app.send(message={"text": "x"}), app.send(**tagged)
    emulator.parts.courier.advance_clock(DAY_MS)

    assert code_of(plain) == (10, 2534022)
    assert human.status_code == 200
    assert code_of(app.send(**tagged)) == (10, 2534022)


@pytest.mark.parametrize(("days", "code"), [(6, None), (7, (100, 2534025))])
def test_a_comment_is_answered_privately_within_seven_days(
    app: App, emulator: Emulator, days: int, code: tuple[int, int] | None
) -> None:
    post = app.world.publish_post(MediaType.FEED)
    comment, _ = app.world.comment(app.tester.username, post.id, "preço?")
    emulator.parts.courier.advance_clock(days * DAY_MS)

    answer = app.send(recipient={"comment_id": comment.id}, message={"text": "x"})

    error = answer.get_json().get("error")
    assert (error and (error["code"], error["error_subcode"])) == code


def test_a_comment_is_answered_privately_once(app: App) -> None:
    post = app.world.publish_post(MediaType.FEED)
    comment, _ = app.world.comment(app.tester.username, post.id, "preço?")
    recipient = {"comment_id": comment.id}

    first = app.send(recipient=recipient, message={"text": "x"}).get_json()

    assert first["recipient_id"] == app.tester.igsid
    assert code_of(app.send(recipient=recipient, message={"text": "x"})) == (10900, None)


def test_a_live_comment_is_answered_while_the_broadcast_lasts(app: App) -> None:
    post = app.world.publish_post(MediaType.LIVE)
    comment, _ = app.world.comment(app.tester.username, post.id, "preço?")
    app.world.end_broadcast(post.id)

    answer = app.send(recipient={"comment_id": comment.id}, message={"text": "x"})

    assert code_of(answer) == (100, 2534025)


def test_a_private_reply_waits_in_the_customers_requests(app: App) -> None:
    other = app.world.create_customer({"role": "tester"})
    post = app.world.publish_post(MediaType.FEED)
    comment, _ = app.world.comment(other.username, post.id, "preço?")

    app.send(recipient={"comment_id": comment.id}, message={"text": "x"})

    assert app.world.thread_state(other.username).is_asked
    assert app.world.see(other.username) is None
    assert code_of(app.send(recipient={"id": other.igsid}, message={"text": "y"})) == (10, 2534022)


def test_a_customer_who_blocked_the_company_is_unavailable(app: App) -> None:
    app.world.change_customer(app.tester.username, {"blocks_business": True})

    assert code_of(app.send(message={"text": "x"})) == (551, 1545041)


def test_without_message_access_nothing_works_and_nobody_hears(
    app: App, transport: HandTransport
) -> None:
    app.world.set_message_access(is_on=False)
    told = len(transport.requests)

    app.world.send_text(app.tester.username, "alguém?")

    assert code_of(app.send(message={"text": "x"})) == (200, 2534041)
    assert code_of(app.send(sender_action="mark_seen")) == (200, 2534041)
    assert len(transport.requests) == told


@pytest.mark.parametrize(
    ("is_on", "blocks", "code"), [(False, False, (200, 2534041)), (True, True, (100, 33))]
)
def test_a_profile_is_closed_with_the_messages(
    app: App, is_on: bool, blocks: bool, code: tuple[int, int]
) -> None:
    app.world.set_message_access(is_on=is_on)
    app.world.change_customer(app.tester.username, {"blocks_business": blocks})
    token = app.world.page.access_token

    answer = app.client.get(f"/{app.tester.igsid}", query_string={"access_token": token})

    assert code_of(answer) == code


def test_an_own_post_is_shared_by_its_id(app: App) -> None:
    post = app.world.publish_post(MediaType.FEED, "coleção")

    app.send(message={"attachment": {"type": "MEDIA_SHARE", "payload": {"id": post.id}}})

    assert app.last.kind is MessageKind.IG_POST
    assert app.last.attachments[0].payload == {"url": post.url, "title": "coleção", "id": post.id}


def test_ice_breakers_are_written_read_and_deleted(app: App) -> None:
    question = {"question": "Qual o horário?", "payload": "HOURS"}

    written = app.post("messenger_profile", platform="instagram", ice_breakers=[question])
    read = app.ask("GET", "messenger_profile", fields="ice_breakers")
    deleted = app.ask("DELETE", "messenger_profile", fields='["ice_breakers"]')

    shown = [{"locale": "default", "call_to_actions": [question]}]
    assert (written.get_json(), deleted.get_json()) == ({"result": "success"},) * 2
    assert read.get_json() == {"data": [{"ice_breakers": shown}]}
    assert app.ask("GET", "messenger_profile", fields="ice_breakers").get_json() == {"data": []}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"platform": "messenger", "ice_breakers": []},
        {"ice_breakers": [{"question": "?", "payload": "P"}] * 5},
        {"ice_breakers": [{"question": "?"}]},
        {"persistent_menu": [{"call_to_actions": [{"type": "nested", "title": "t"}]}]},
    ],
)
def test_a_bad_messenger_profile_is_refused(app: App, body: dict[str, Any]) -> None:
    assert code_of(app.post("messenger_profile", **body))[0] == 100


def test_an_app_that_does_not_control_the_thread_cannot_send(app: App) -> None:
    app.world.set_default_app(app.world.second_app_id)

    refused = app.send(message={"text": "x"})
    app.world.control_by_second_app(app.tester.username, "pass_thread_control", None)

    assert code_of(refused) == (100, 2534037)
    assert app.send(message={"text": "x"}).status_code == 200


def test_a_passed_thread_is_heard_on_standby_only(app: App, world: World) -> None:
    recipient = {"id": app.tester.igsid}

    passed = app.post("pass_thread_control", recipient=recipient, target_app_id=world.second_app_id)
    held = app.send(message={"text": "x"})
    app.post("take_thread_control", recipient=recipient)

    assert passed.get_json() == {"success": True}
    assert code_of(held) == (100, 2534037)
    assert app.send(message={"text": "x"}).status_code == 200


def upload(
    app: App, edge: str, content: bytes, kind: str = "image/png", **fields: str
) -> TestResponse:
    attachment = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
    form = {
        "access_token": app.world.page.access_token,
        "message": json.dumps(attachment),
        "filedata": (io.BytesIO(content), "a.png", kind),
        **fields,
    }
    return app.client.post(f"/v25.0/me/{edge}", data=form)


def test_a_file_in_the_body_can_be_sent_again_and_again(app: App, fetcher: HandFetcher) -> None:
    attachment_id = upload(app, "message_attachments", PNG).get_json()["attachment_id"]

    sent = app.send(
        message={"attachment": {"type": "image", "payload": {"attachment_id": attachment_id}}}
    )

    assert sent.status_code == 200
    shown = app.client.get(app.last.url.partition("8701")[2])
    assert (shown.data, shown.content_type, fetcher.urls) == (PNG, "image/png", [])


def test_a_message_brings_its_own_file(app: App) -> None:
    recipient = json.dumps({"id": app.tester.igsid})

    answer = upload(app, "messages", PNG, recipient=recipient)

    assert answer.status_code == 200
    assert app.client.get(app.last.url.partition("8701")[2]).data == PNG


@pytest.mark.parametrize(
    ("content", "kind", "subcode"),
    [
        (b"%PDF-1.7", "application/pdf", 2018047),
        (PNG + b"0" * 8 * 1024 * 1024, "image/png", 2018109),
    ],
)
def test_a_file_in_the_body_is_held_to_the_limits(
    app: App, content: bytes, kind: str, subcode: int
) -> None:
    assert code_of(upload(app, "message_attachments", content, kind)) == (100, subcode)


def test_a_picture_under_metas_own_name_is_not_fetched_from_meta(
    app: App, fetcher: HandFetcher
) -> None:
    path = str(app.world.send_media(app.tester.username, MessageKind.IMAGE).url).partition("8701")[
        2
    ]
    cdn = "https://" + path.lstrip("/")

    sent = app.send(message={"attachment": {"type": "image", "payload": {"url": cdn}}})
    gone = {"type": "image", "payload": {"url": f"{cdn}x"}}

    assert sent.status_code == 200
    assert code_of(app.send(message={"attachment": gone})) == (100, 2018008)
    assert fetcher.urls == []

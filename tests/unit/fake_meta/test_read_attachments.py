"""What reads tell of attachments: sizes, files on Messenger, templates (meta-contract §5.4)."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.picture_sizes import size_of_picture
from fake_meta.domain.threads import MessageKind
from fake_meta.world import World
from tests.fakes.graph_app import GraphApp
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport
from tests.fakes.messenger_page import MessengerPage

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
GIF = b"GIF89a" + (320).to_bytes(2, "little") + (200).to_bytes(2, "little")
JPEG = (
    b"\xff\xd8\xff\xe0\0\x04ab\xff\xdb\0\x03x\xff\xc2\0\x11\x08"
    + (90).to_bytes(2, "big")
    + (160).to_bytes(2, "big")
    + b"\x03"
)
BUTTONS = [
    {"type": "web_url", "title": "Abrir", "url": "https://loja.example/"},
    {"type": "postback", "title": "Falar", "payload": "TALK"},
]


@pytest.fixture
def app(client: FlaskClient, world: World) -> GraphApp:
    world.send_text(world.customers[0].username, "oi")
    return GraphApp(client, world)


def attached(app: GraphApp, attachment: dict[str, Any]) -> list[Any]:
    """Send it to the tester, and read what is attached to that message."""
    body = {"recipient": {"id": app.tester.igsid}, "message": {"attachment": attachment}}
    mid = app.post("/me/messages", **body).get_json()["message_id"]
    shown: list[Any] = (
        app.read(f"/{mid}", fields="attachments").get("attachments", {}).get("data", [])
    )
    return shown


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PNG, (640, 480)),
        (GIF, (320, 200)),
        (JPEG, (160, 90)),
        (JPEG[:-6], None),
        (PNG[:20], None),
        (b"\xff\xd8\xff", None),
        (b"text", None),
        (b"", None),
    ],
)
def test_a_picture_says_how_large_it_is(content: bytes, size: tuple[int, int] | None) -> None:
    assert size_of_picture(content) == size


def test_a_picture_of_the_company_is_shown_with_its_size(
    app: GraphApp, fetcher: HandFetcher
) -> None:
    fetcher.content = ("image/jpeg", JPEG)

    (shown,) = attached(app, {"type": "image", "payload": {"url": "https://app.example/a"}})

    assert shown["image_data"].pop("url") == shown["image_data"].pop("preview_url")
    assert shown == {"image_data": {"width": 160, "height": 90, "max_width": 160, "max_height": 90}}


def test_messenger_tells_id_type_name_and_size_of_a_file(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    page = MessengerPage(client, world, transport)
    message = page.inbox.send_media(page.tester.username, MessageKind.FILE)

    (shown,) = page.read(f"/{message.mid}", fields="attachments")["attachments"]["data"]

    content = client.get(str(message.url).partition("8701")[2]).data
    assert shown["id"].isdecimal()
    assert shown == {
        "id": shown["id"],
        "mime_type": "application/pdf",
        "name": f"file-{shown['id']}.pdf",
        "size": len(content),
        "file_url": message.url,
    }


def test_a_template_is_read_card_by_card(app: GraphApp) -> None:
    card = {"title": "Casaco", "subtitle": "Azul", "image_url": "https://loja.example/a.png"}
    elements = [{**card, "buttons": BUTTONS}, {"title": "Camisa"}]
    payload = {"template_type": "generic", "elements": elements}

    shown = attached(app, {"type": "template", "payload": payload})

    assert shown == [
        {
            "generic_template": {
                "title": "Casaco",
                "subtitle": "Azul",
                "media_url": "https://loja.example/a.png",
                "cta": [
                    {"title": "Abrir", "type": "web_url", "url": "https://loja.example/"},
                    {"title": "Falar", "type": "postback"},
                ],
            }
        },
        {"generic_template": {"title": "Camisa", "cta": []}},
    ]


def test_listed_templates_may_be_absent(app: GraphApp) -> None:
    app.world.choose({"listed_templates": "absent"})
    payload = {"template_type": "button", "text": "Como?", "buttons": BUTTONS}

    assert attached(app, {"type": "template", "payload": payload}) == []


def test_a_button_template_is_one_card_with_its_text(app: GraphApp) -> None:
    payload = {"template_type": "button", "text": "Como?", "buttons": BUTTONS[1:]}

    (shown,) = attached(app, {"type": "template", "payload": payload})

    assert shown["generic_template"] == {
        "title": "Como?",
        "cta": [{"title": "Falar", "type": "postback"}],
    }

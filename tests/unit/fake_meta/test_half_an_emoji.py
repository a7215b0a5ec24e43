"""Half an emoji, as a client sends that cuts texts between UTF-16 units, breaks no page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from fake_meta.app import Emulator, app_over, build_emulator
from fake_meta.domain.foreign_json import read_json
from fake_meta.settings import Settings
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport
from tests.fakes.surface_visitor import PHONE, WEB, SurfaceVisitor

HALF, SHOWN = "\ud83d oi", "\N{REPLACEMENT CHARACTER} oi"
PAGES = [
    f"{WEB}/{{company}}/", f"{WEB}/direct/inbox/", f"{WEB}/direct/t/{{company}}/",
    f"{PHONE}/direct/t/{{company}}/", "/developers.facebook.com/apps/{app}/",
    "/developers.facebook.com/apps/{app}/review/", "/_control/world", "/_control/journal",
    "/_control/customers/{person}/thread", "/",
    "/v25.0/{page}/conversations?platform=instagram&fields=messages%7Bmessage,from%7D",
]  # fmt: skip


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """It was told half an emoji through every door that takes a text."""
    emulator = build_emulator(Settings(), HandTransport(), HandFetcher())
    client = app_over(emulator).test_client()
    world = emulator.parts.world
    person = world.customers[0]
    token = {"Authorization": f"Bearer {world.page.access_token}"}
    recipient = {"id": person.igsid}
    world.send_text(person.username, "Olá")
    sends = [
        {"json": {"recipient": recipient, "message": {"text": HALF}}},
        {"data": {"recipient": json.dumps(recipient), "message": json.dumps({"text": HALF})}},
        {"data": {"recipient": json.dumps(recipient), "message": "{'text': '\\ud83d oi'}"}},
        {"data": b'{"recipient":{"id":"%s"},"message":{"text":"\xed\xa0\xbd oi"}}'
         % person.igsid.encode(), "content_type": "application/json"},
    ]  # fmt: skip
    for how in sends:
        assert client.post("/v25.0/me/messages", headers=token, **how).status_code == 200
    told = [
        ("POST", f"customers/{person.username}/messages", {"text": HALF}),
        ("POST", "customers", {"username": "half", "name": HALF}),
        ("PATCH", "app-review", {"contact_email": HALF}),
        ("PATCH", "app-review/access", {"steps": HALF}),
    ]
    for method, path, wish in told:
        client.open(f"/_control/{path}", method=method, json=wish)
    yield emulator
    emulator.close()


@pytest.mark.parametrize("place", PAGES)
def test_every_page_is_still_shown(emulator: Emulator, place: str) -> None:
    world = emulator.parts.world
    client = app_over(emulator).test_client()
    for surface in (WEB, PHONE):
        assert SurfaceVisitor(world, surface, client).log_in().status_code < 400
    names = {"company": world.account.username, "person": world.customers[0].username}
    path = place.format(**names, app=world.app.id, page=world.page.id)
    token = {"Authorization": f"Bearer {world.page.access_token}"}

    answer = client.get(path, headers=token, follow_redirects=True)

    assert answer.status_code == 200, answer.text


def test_it_is_shown_as_the_replacement_character(emulator: Emulator) -> None:
    person = emulator.parts.world.customers[0].username
    thread = app_over(emulator).test_client().get(f"/_control/customers/{person}/thread").json

    assert thread is not None
    texts = [one["text"] for one in thread["messages"]]
    assert texts == ["Olá", *[SHOWN] * 5]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        ('"\\ude00\\ud83d"', SHOWN[0] * 2),
        ('{"\\uDC00":["\\uD800",1]}', {SHOWN[0]: [SHOWN[0], 1]}),
        (b'"\xc3\xad"', "í"),
    ],
)  # fmt: skip
def test_whole_texts_stay_as_they_are(text: str | bytes, value: object) -> None:
    assert read_json(text) == value

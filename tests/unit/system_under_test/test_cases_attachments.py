"""What agents attach: told by its bytes, kept here, fetched by Meta, sent once."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from fake_meta.domain.attachments import fault_of
from fake_meta.domain.graph_errors import GraphError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind
from system_under_test.domain.agents import PAGE_INBOX
from system_under_test.domain.attachments import TAKEN, Format, content_types_of, format_of
from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.windows import HUMAN_AGENT_MS
from system_under_test.service.setup import ChannelSetup
from tests.fakes.little_console import ACCOUNT, PAGE, LittleConsole
from tests.fakes.wsgi_console import ROOT, AgentDesk, WsgiConsole, entry, envelope

ANA = "3603717463085785"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SAMPLES = {
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "gif": b"GIF89a" + b"\0" * 20,
    "webp": b"RIFF\0\0\0\0WEBP",
    "heic": b"\0\0\0\x18ftypheic",
    "wav": b"RIFF\0\0\0\0WAVEfmt ",
    "m4a": b"\0\0\0\x20ftypM4A \0\0",
    "aac": b"\xff\xf1\x50\x80",
    "mp3": b"ID3\x04\0\0",
    "ogg": b"OggS" + b"\0" * 24 + b"OpusHead",
    "mp4": b"\0\0\0\x20ftypisom",
    "mov": b"\0\0\0\x14ftypqt  ",
    "ogv": b"OggS" + b"\0" * 24 + b"\x80theora",
    "webm": b"\x1aE\xdf\xa3" + b"\0" * 20,
    "avi": b"RIFF\0\0\0\0AVI LIST",
    "pdf": b"%PDF-1.7\n",
}
ON_INSTAGRAM = {
    "png": "image", "jpg": "image", "gif": "image", "wav": "audio", "m4a": "audio",
    "aac": "audio", "mp4": "video", "mov": "video", "ogv": "video", "webm": "video",
    "avi": "video", "pdf": "file",
}  # fmt: skip
ON_MESSENGER = {**ON_INSTAGRAM, "webp": "image", "mp3": "audio", "ogg": "audio"}
TYPES = [
    (Platform(medium), kind, content_type)
    for medium, table in TAKEN.items()
    for kind, limit in table.items()
    for content_type in sorted(limit.content_types)
]
REFUSED = {"webp": "WEBP", "heic": "HEIC", "mp3": "MP3", "ogg": "OGG"}


def attach(
    agent: AgentDesk, data: bytes, key: str = "", number: str = "", csrf: str | None = None
) -> TestResponse:
    number = number or agent.number(ANA)
    return agent.http.post(
        f"{ROOT}/api/conversations/{number}/attachments?idempotency_key={key}",
        data=data,
        headers={"X-CSRF-Token": agent.csrf if csrf is None else csrf},
        content_type="text/html",
    )


@pytest.fixture
def agent(lone: LittleConsole, web: WsgiConsole) -> AgentDesk:
    """An agent with Ana's conversation."""
    agent = web.agent()
    web.deliver(lone.message(ANA))
    return agent


@pytest.mark.parametrize(("ending", "kind"), ON_INSTAGRAM.items())
def test_case_60_what_instagram_takes_is_sent(
    lone: LittleConsole, agent: AgentDesk, ending: str, kind: str
) -> None:
    answer = attach(agent, SAMPLES[ending])
    lone.sender.send_next()

    shown = agent.bubbles(ANA)[-1]
    assert (answer.status_code, answer.json["kind"]) == (202, kind)
    assert (shown["state"], shown["mid"]) == ("sent", "mid.out.1")
    assert lone.graph.media[0].kind == kind
    assert lone.graph.media[0].url == f"http://localhost{shown['url']}"


@pytest.mark.parametrize(("ending", "name"), REFUSED.items())
def test_case_60_what_instagram_refuses_is_refused_before_it_is_sent(
    lone: LittleConsole, agent: AgentDesk, ending: str, name: str
) -> None:
    answer = attach(agent, SAMPLES[ending])

    assert (answer.status_code, answer.json["error"]) == (422, "attachment_type")
    assert f"Instagram takes no {name} files" in answer.json["message"]
    assert lone.scalar("SELECT count(*) FROM outbox") == 0
    assert lone.scalar("SELECT count(*) FROM file") == 0


@pytest.fixture
def page_agent(lone: LittleConsole, web: WsgiConsole) -> AgentDesk:
    """An agent with Ana's conversation on Messenger."""
    with lone.store.administering() as book:
        book.put_channel(ChannelSetup(PAGE, "", "Empresa", "EAAtoken", flavour=PAGE_INBOX))
    agent = web.agent()
    head = {"sender": {"id": ANA}, "recipient": {"id": PAGE}, "timestamp": lone.clock.now}
    item = {**head, "message": {"mid": "m_1", "text": "Oi"}}
    web.post(envelope(entry(item, account=PAGE), kind="page"))
    return agent


@pytest.mark.parametrize(("ending", "kind"), ON_MESSENGER.items())
def test_case_60_messenger_takes_more_than_instagram(
    lone: LittleConsole, page_agent: AgentDesk, ending: str, kind: str
) -> None:
    answer = attach(page_agent, SAMPLES[ending])
    lone.sender.send_next()

    assert (answer.status_code, answer.json["kind"]) == (202, kind)
    assert lone.graph.media[0].kind == kind


def test_case_60_what_messenger_refuses_names_what_it_takes(page_agent: AgentDesk) -> None:
    answer = attach(page_agent, SAMPLES["heic"])

    assert answer.status_code == 422
    assert answer.json["message"].startswith("Messenger takes no HEIC files.")
    assert "PNG, JPEG, GIF, WEBP" in answer.json["message"]


@pytest.mark.parametrize(
    ("ending", "size", "status"),
    [("webp", 25, 202), ("gif", 25, 202), ("png", 8, 202), ("png", 9, 422), ("jpg", 9, 422)],
)
def test_case_60_messenger_has_sizes_of_its_own(
    page_agent: AgentDesk, ending: str, size: int, status: int
) -> None:
    answer = attach(page_agent, SAMPLES[ending].ljust(size * 1024 * 1024, b"\0"))

    assert answer.status_code == status
    assert status == 202 or answer.json["message"].endswith("up to 8 MB of this kind.")


@pytest.mark.parametrize(("platform", "kind", "content_type"), TYPES)
def test_case_60_the_emulator_takes_all_that_the_console_takes_and_no_byte_more(
    platform: Platform, kind: str, content_type: str
) -> None:
    most = TAKEN[platform][kind].most_for(content_type)

    faults = [
        fault_of(MessageKind(kind), content_type, size, platform) for size in (most, most + 1)
    ]

    assert faults == [None, GraphError.ATTACHMENT_TOO_LARGE]


@pytest.mark.parametrize("ending", SAMPLES)
def test_case_60_both_judge_a_file_alike(ending: str) -> None:
    found = format_of(SAMPLES[ending])
    assert found is not None

    theirs = fault_of(MessageKind(found.kind), found.content_type, len(SAMPLES[ending]))

    assert (theirs is None) == (ending in ON_INSTAGRAM)


def test_case_60_the_file_chooser_offers_what_the_channel_takes(agent: AgentDesk) -> None:
    page = agent.http.get(f"{ROOT}/console").text

    offered = {medium: ",".join(content_types_of(medium)) for medium in TAKEN}
    assert all(f'data-accept-{medium}="{types}"' in page for medium, types in offered.items())
    assert "image/webp" in offered["messenger"]
    assert "image/webp" not in offered["instagram"]


@pytest.mark.parametrize("data", [b"<html><script>alert(1)</script>", b"MZ\x90", b"hello", b"\x89"])
def test_case_60_anything_else_is_refused_with_what_is_possible(
    agent: AgentDesk, data: bytes
) -> None:
    answer = attach(agent, data)

    assert answer.status_code == 422
    assert "PNG, JPEG, GIF" in answer.json["message"]


def test_the_table_knows_every_format_it_takes() -> None:
    found = {ending: format_of(data) for ending, data in SAMPLES.items()}

    assert {one.ending for one in found.values() if isinstance(one, Format)} == set(SAMPLES)
    assert set(TAKEN["instagram"]) == set(ON_INSTAGRAM.values())


@pytest.mark.parametrize(("size", "status"), [(8 * 1024 * 1024, 202), (8 * 1024 * 1024 + 1, 422)])
def test_a_picture_has_eight_megabytes(agent: AgentDesk, size: int, status: int) -> None:
    answer = attach(agent, PNG.ljust(size, b"\0"))

    assert answer.status_code == status


def test_nothing_larger_than_any_limit_is_read(agent: AgentDesk) -> None:
    answer = attach(agent, PNG.ljust(25 * 1024 * 1024 + 1, b"\0"))

    assert (answer.status_code, answer.json["error"]) == (422, "attachment_size")
    assert answer.json["message"].endswith("up to 25 MB of this kind.")


def test_the_reason_is_told_in_the_language_of_the_page(lone: LittleConsole) -> None:
    web = WsgiConsole(lone, language="pt-BR")
    agent = web.agent()
    web.deliver(lone.message(ANA))

    answer = attach(agent, SAMPLES["webp"])

    assert answer.json["message"].startswith("O Instagram não aceita arquivos WEBP.")


def test_an_empty_file_is_refused(agent: AgentDesk) -> None:
    assert attach(agent, b"").json["error"] == "attachment_empty"


def test_the_same_key_and_file_give_the_same_message(lone: LittleConsole, agent: AgentDesk) -> None:
    first = attach(agent, PNG, "k1").json
    again = attach(agent, PNG, "k1")
    other = attach(agent, SAMPLES["gif"], "k1")
    text = agent.reply(ANA, "", idempotency_key="k1")

    assert (again.status_code, again.json["id"]) == (202, first["id"])
    assert (other.status_code, other.json["error"]) == (409, "key_reused")
    assert text.status_code == 409
    assert lone.scalar("SELECT count(*) FROM file") == 1


def test_the_file_is_served_to_who_knows_its_address(web: WsgiConsole, agent: AgentDesk) -> None:
    url = attach(agent, PNG).json["url"]

    found = web.meta.get(url)

    assert (found.status_code, found.data, found.content_type) == (200, PNG, "image/png")
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert found.headers["Content-Disposition"].startswith("inline; filename=attachment-")


def test_a_pdf_is_handed_out_and_never_shown(web: WsgiConsole, agent: AgentDesk) -> None:
    url = attach(agent, SAMPLES["pdf"]).json["url"]

    assert web.meta.get(url).headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    "change", [lambda url: url[:-1] + "x", lambda url: url.replace("/1/", "/2/")]
)
def test_a_guessed_address_is_nothing(web: WsgiConsole, agent: AgentDesk, change: Any) -> None:
    url = attach(agent, PNG).json["url"]
    attach(agent, SAMPLES["gif"])

    assert web.meta.get(change(url)).status_code == 404


def test_only_the_agent_of_the_conversation_may_attach(web: WsgiConsole, agent: AgentDesk) -> None:
    colleague = web.agent("agent2")

    assert attach(colleague, PNG, number=agent.number(ANA)).status_code == 404
    assert attach(agent, PNG, csrf="forged").status_code == 403


def test_an_ended_conversation_and_a_closed_window_take_no_file(
    lone: LittleConsole, web: WsgiConsole, agent: AgentDesk
) -> None:
    lone.clock.now += HUMAN_AGENT_MS + 1000
    agent = web.agent()
    late = attach(agent, PNG)
    number = agent.number(ANA)
    agent.post(f"conversations/{number}/end")

    ended = attach(agent, PNG, number=number)

    assert (late.status_code, late.json["error"]) == (409, "window_closed")
    assert (ended.status_code, ended.json["error"]) == (409, "ended")


def test_a_file_that_failed_is_sent_again(lone: LittleConsole, agent: AgentDesk) -> None:
    lone.graph.failures = [Fate.PERMANENT]
    message = attach(agent, PNG).json
    lone.sender.send_next()
    failed = agent.bubbles(ANA)[-1]["state"]

    agent.post(f"conversations/{agent.number(ANA)}/messages/{message['id']}/retry")
    lone.sender.send_next()

    assert (failed, agent.bubbles(ANA)[-1]["state"]) == ("failed", "sent")
    assert len(lone.graph.media) == 1


def test_the_echo_settles_a_file_whose_answer_was_lost(
    lone: LittleConsole, web: WsgiConsole, agent: AgentDesk
) -> None:
    lone.graph.failures = [Fate.UNSURE]
    url = attach(agent, PNG).json["url"]
    lone.sender.send_next()
    attachment = {"type": "image", "payload": {"url": "https://lookaside.fbsbx.com/x"}}
    echo = {"mid": "m.echo", "is_echo": True, "attachments": [attachment]}

    web.deliver(lone.item(ACCOUNT, ANA, echo))

    shown = agent.bubbles(ANA)[-1]
    assert (shown["state"], shown["mid"], shown["url"]) == ("sent", "m.echo", url)
    assert len(agent.bubbles(ANA)) == 2


def test_a_withdrawn_file_is_gone(lone: LittleConsole, web: WsgiConsole, agent: AgentDesk) -> None:
    url = attach(agent, PNG).json["url"]
    lone.sender.send_next()

    web.deliver(lone.item(ACCOUNT, ANA, {"mid": "mid.out.1", "is_deleted": True, "is_echo": True}))

    assert agent.bubbles(ANA)[-1]["deleted"] is True
    assert web.meta.get(url).status_code == 404
    assert lone.scalar("SELECT count(*) FROM file") == 0


def test_files_are_kept_on_both_engines(little: LittleConsole) -> None:
    web = WsgiConsole(little)
    agent = web.agent()
    web.deliver(little.message(ANA))

    url = attach(agent, PNG).json["url"]

    assert web.meta.get(url).data == PNG
    with little.store.writing() as records:
        threads = records.erasures.threads_of(ANA)
        records.erasures.erase_thread(threads[0], "erased")
    assert web.meta.get(url).status_code == 404


def test_a_file_outlives_the_process_that_took_it(
    lone: LittleConsole, web: WsgiConsole, agent: AgentDesk
) -> None:
    url = attach(agent, PNG).json["url"]
    lone.store.close()

    after = LittleConsole(lone.url)
    after.clock.now = lone.clock.now
    after.sender.recover()
    after.sender.send_next()

    assert [part.url for part in after.graph.media] == [f"http://localhost{url}"]
    assert WsgiConsole(after).meta.get(url).data == PNG
    after.store.close()


def test_files_are_forgotten_after_their_time_and_the_bubble_says_so(
    little: LittleConsole,
) -> None:
    web = WsgiConsole(little, file_days=2)
    little.presence.file_days = 2
    agent = web.agent()
    web.deliver(little.message(ANA))
    old = attach(agent, PNG).json["url"]
    little.clock.now += 86_400_000
    agent = web.agent()
    young = attach(agent, SAMPLES["gif"]).json["url"]
    little.clock.now += 86_400_001

    little.presence.flush()

    assert [web.meta.get(url).status_code for url in (old, young)] == [404, 200]
    shown = [one["available"] for one in web.agent().bubbles(ANA)]
    assert shown == [True, False, True]


def test_files_are_kept_for_ever_where_that_is_wanted(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    url = attach(agent, PNG).json["url"]
    lone.clock.now += 400 * 86_400_000

    lone.presence.flush()

    assert web.meta.get(url).status_code == 200

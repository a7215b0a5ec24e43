"""Real bugs that an agent would see, each by its number, at a desk in Chromium with the emulator.

What these cases ask of the console without its pages is in tests/unit/system_under_test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Locator, expect

from fake_meta.client import ControlClient, HttpCaller
from harness.drivers.contract import Customer
from harness.targets.interact import STAFF
from tests.fakes.console_stage import ConsoleStage, console_stage
from tests.fakes.console_window import ConsoleWindow, console_window

pytestmark = pytest.mark.browser

OUT = '[data-testid="message"][data-direction="out"]'
IN = '[data-testid="message"][data-direction="in"]'
MEDIA = ["image", "video", "audio", "file"]
LOADED = {
    "image": "el.naturalWidth > 0",
    "video": "el.readyState > 0",
    "audio": "el.readyState > 0",
}


@pytest.fixture(scope="module")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleStage]:
    with console_stage(tmp_path_factory.mktemp("cases")) as stage:
        yield stage


@pytest.fixture
def stage(shared_stage: ConsoleStage) -> Iterator[ConsoleStage]:
    yield shared_stage
    shared_stage.meta.switch_faults_off()
    ControlClient(HttpCaller(shared_stage.meta.base_url)).choices.choose(gone_media="404")
    shared_stage.meta.change_app(access={"instagram_basic": "standard"})
    shared_stage.clear()


@pytest.fixture
def control(stage: ConsoleStage) -> ControlClient:
    return ControlClient(HttpCaller(stage.meta.base_url))


@pytest.fixture
def desk(chromium: Browser, stage: ConsoleStage) -> Iterator[ConsoleWindow]:
    with console_window(chromium, stage.url) as window:
        yield window.sign_in(STAFF.agent).operate()


def talk(stage: ConsoleStage, desk: ConsoleWindow, name: str) -> Customer:
    """A customer whose first message is in front of the agent."""
    customer = stage.customer(name)
    stage.meta.send(customer.username, "hello")
    expect(desk.see("message")).to_have_count(1)
    return customer


def mention(stage: ConsoleStage, customer: Customer) -> str:
    """The customer's story that mentions the company; its id."""
    company = stage.meta.world().account_username
    return stage.meta.publish_story(customer.username, mention=company, caption="Look").id


def reply(desk: ConsoleWindow, text: str) -> Locator:
    desk.see("composer").fill(text)
    desk.see("composer").press("Enter")
    return desk.page.locator(OUT).filter(has_text=text)


def is_loaded(one: Locator, kind: str) -> None:
    one.page.wait_for_function(f"(el) => {LOADED[kind]}", arg=one.element_handle())


def attached(sender: str, recipient: str, mid: str, **content: Any) -> dict[str, Any]:
    """A webhook body with one attachment."""
    is_echo = content.pop("is_echo", False)
    message = {"mid": mid, "attachments": [content], **({"is_echo": True} if is_echo else {})}
    people = {"sender": {"id": sender}, "recipient": {"id": recipient}}
    item = {**people, "timestamp": 1_758_300_000_000, "message": message}
    account = sender if is_echo else recipient
    return {"object": "instagram", "entry": [{"id": account, "time": 1, "messaging": [item]}]}


def test_case_27_a_lost_answer_is_one_message_at_the_customer_and_one_bubble(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = talk(stage, desk, "Maria Lost")
    stage.meta.switch_on("lost_response", times=1)

    sent = reply(desk, "only once")

    expect(sent).to_have_attribute("data-state", "sent", timeout=15_000)
    expect(desk.page.locator(OUT)).to_have_count(1)
    assert [one.text for one in stage.meta.thread(maria.username)] == ["hello", "only once"]


def test_case_34_the_name_comes_with_instagram_basic(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    stage.meta.change_app(access={"instagram_basic": "none"})
    maria = talk(stage, desk, "Maria Granted")
    without = f"Instagram customer ·{maria.igsid[-4:]}"
    expect(desk.see("conversation-name")).to_have_text(without)

    stage.meta.change_app(access={"instagram_basic": "standard"})
    stage.meta.send(maria.username, "and now?")

    expect(desk.see("conversation-name")).to_have_text("Maria Granted")
    expect(desk.see("conversation-title")).to_contain_text(f"@{maria.username}")


def test_case_37_a_mention_appears_with_its_picture_and_without_a_reload(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    desk.page.evaluate("window.hasStayed = true")

    mention(stage, stage.customer("Maria Live"))

    expect(desk.see("story-card")).to_be_visible()
    is_loaded(desk.page.locator('[data-testid="story-card"] img'), "image")
    assert desk.page.evaluate("window.hasStayed") is True


def test_case_39_what_cannot_be_represented_is_a_sentence_and_a_conversation(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    stage.meta.switch_on("bare_unsupported", times=1)

    maria = talk(stage, desk, "Maria Poll")

    expect(desk.page.locator(IN)).to_contain_text("cannot be shown here")
    expect(reply(desk, "What was it?")).to_have_attribute("data-state", "sent")
    assert stage.meta.thread(maria.username)[-1].text == "What was it?"


@pytest.mark.parametrize("status", ["404", "410", "403"])
def test_case_40_a_story_that_is_gone_is_said_and_leaves_no_broken_picture(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient, status: str
) -> None:
    control.choices.choose(gone_media=status)
    stage.meta.switch_on("missing_media")

    mention(stage, stage.customer(f"Maria Gone {status}"))

    expect(desk.see("story-unavailable")).to_have_text("This story is no longer available")
    expect(desk.page.locator('[data-testid="story-card"] :is(img, video)')).to_have_count(0)
    expect(reply(desk, "Thank you!")).to_have_attribute("data-state", "sent")


def test_case_41_the_story_is_read_from_metas_address_alone(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))

    mention(stage, stage.customer("Maria Copy"))
    is_loaded(desk.page.locator('[data-testid="story-card"] img'), "image")
    desk.reload()
    is_loaded(desk.page.locator('[data-testid="story-card"] img'), "image")

    shown = str(desk.page.locator('[data-testid="story-card"] img').get_attribute("src"))
    assert shown.startswith(stage.meta.base_url)
    assert asked.count(shown) >= 1
    kept = b"".join(one.read_bytes() for one in stage.folder.rglob("*.sqlite3*"))
    assert (shown.encode() in kept, b"\x89PNG\r\n\x1a\n" in kept) == (True, False)


def test_case_41_nothing_of_what_customers_send_is_kept_whatever_its_type(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient
) -> None:
    """Of a story, a picture, a film, a voice and a file only Meta's address is in the database."""
    maria = stage.customer("Maria Types")
    mention(stage, maria)
    for kind in MEDIA:
        control.customers.write(maria.username, attachment=kind)
    for kind in MEDIA:
        expect(desk.page.locator(f'{IN} [data-media="{kind}"]').first).to_be_visible()
    is_loaded(desk.page.locator('[data-testid="story-card"] img'), "image")
    story = str(desk.page.locator('[data-testid="story-card"] img').get_attribute("src"))
    messages = control.customers.thread(maria.username)["messages"]
    urls = {story, *(one["url"] for one in messages if one["kind"] in MEDIA)}

    bodies = {url: requests.get(url, timeout=10).content for url in urls}
    kept = b"".join(one.read_bytes() for one in stage.folder.rglob("*.sqlite3*"))

    assert len(urls) == 1 + len(MEDIA)
    assert [url for url in urls if url.encode() not in kept] == []
    assert [url for url, body in bodies.items() if body[:48] in kept] == []


@pytest.mark.parametrize("kind", MEDIA)
def test_case_42_media_is_shown_in_both_directions(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient, kind: str
) -> None:
    maria = talk(stage, desk, f"Maria {kind}")
    control.customers.write(maria.username, attachment=kind)
    received = desk.page.locator(f'{IN} [data-testid="message-media"][data-media="{kind}"]')
    expect(received).to_be_visible()
    url = control.customers.thread(maria.username)["messages"][-1]["url"]
    company = control.company()
    sent = desk.page.locator(f'{OUT} [data-testid="message-media"][data-media="{kind}"]')

    content = {"type": kind, "payload": {"url": url}, "is_echo": True}
    echo = attached(company.account_id, maria.igsid, f"echo.{kind}", **content)
    control.webhook.deliver(payload=echo)

    expect(sent).to_be_visible()
    for figure in (received, sent):
        if kind == "file":
            expect(figure.locator("a")).to_have_attribute("href", str(url))
        else:
            is_loaded(figure.locator("> *"), kind)


def test_case_43_the_story_stands_above_the_text_of_its_reply(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient
) -> None:
    maria = stage.customer("Maria Lovely")
    story = control.account.publish_story()["id"]

    control.customers.write(maria.username, text="Love this!", reply_to_story=story)

    card, text = desk.see("story-card"), desk.see("message-text")
    expect(card).to_contain_text("replied to your story")
    is_loaded(card.locator("img"), "image")
    expect(text).to_have_text("Love this!")
    above, below = card.bounding_box(), text.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


@pytest.mark.parametrize(
    "kind",
    [*MEDIA, "share", "ig_post", "ig_reel", "reel", "ig_story", "like_heart", "ephemeral",
     "sticker", "template", "media", "fallback", "post", "made_up_tomorrow"],
)  # fmt: skip
def test_case_44_every_type_says_something(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient, kind: str
) -> None:
    maria = talk(stage, desk, f"Maria {kind}")
    account = control.company().account_id

    control.webhook.deliver(payload=attached(maria.igsid, account, f"in.{kind}", type=kind))

    bubble = desk.page.locator(f'{IN}[data-mid="in.{kind}"] [data-part="bubble"]')
    expect(bubble.locator(":is(p, figure, .story-card)").first).to_be_visible()
    expect(reply(desk, "I see")).to_have_attribute("data-state", "sent")


@pytest.mark.parametrize("kind", ["share", "ig_post", "ig_reel", "ig_story"])
def test_case_44_what_was_shared_can_be_opened(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient, kind: str
) -> None:
    maria = talk(stage, desk, f"Maria shares {kind}")

    control.customers.write(maria.username, attachment=kind)

    url = str(control.customers.thread(maria.username)["messages"][-1]["url"])
    expect(desk.see("message-shared")).to_have_attribute("href", url)


@pytest.mark.parametrize("kind", MEDIA)
def test_case_46_nothing_of_an_unsent_attachment_is_left_live_and_after_a_reload(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient, kind: str
) -> None:
    maria = talk(stage, desk, f"Maria takes {kind} back")
    mid = control.customers.write(maria.username, attachment=kind)["mid"]
    expect(desk.see("message-media")).to_be_visible()
    url = str(control.customers.thread(maria.username)["messages"][-1]["url"])

    stage.meta.unsend(maria.username, mid, surface="mobile")

    for look in (lambda: None, desk.reload):
        look()
        expect(desk.see("message-deleted")).to_have_text("Message deleted")
        expect(desk.see("conversation-preview")).to_have_text("Message deleted")
        expect(desk.see("message-media")).to_have_count(0)
        assert url.replace("&", "&amp;") not in desk.html()


def test_case_52_no_button_deletes_what_was_sent(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    talk(stage, desk, "Maria Button")
    sent = reply(desk, "It stays")
    expect(sent).to_have_attribute("data-state", "sent")

    sent.hover()
    sent.click(button="right")

    expect(desk.see("message").get_by_role("button")).to_have_count(0)
    words = re.compile("delete|remove|unsend|discard", re.IGNORECASE)
    expect(desk.page.get_by_role("button", name=words)).to_have_count(0)
    expect(desk.page.get_by_role("menuitem", name=words)).to_have_count(0)


def test_case_53_a_reaction_stands_on_its_bubble_and_is_taken_back(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient
) -> None:
    fields = ["messages", "message_reactions"]
    control.webhook.subscribe(callback_url=stage.webhook, fields=fields)
    maria = talk(stage, desk, "Maria Loves")
    mid = control.customers.thread(maria.username)["messages"][0]["mid"]

    control.customers.react(maria.username, mid)

    expect(desk.see("message-reaction")).to_have_text("❤️")
    expect(desk.see("message")).to_have_count(1)
    expect(desk.see("conversation")).to_have_count(1)
    control.customers.unreact(maria.username, mid)
    expect(desk.see("message-reaction")).to_be_hidden()


def test_a_failure_in_another_talk_is_told_and_leads_there(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    talk(stage, desk, "Maria Refuses")
    stage.meta.switch_on("graph_error", code=551, subcode=1545041, call="send")
    stage.meta.switch_on("slow_graph", seconds=1.0, call="send")
    joao = stage.customer("João Behind")
    stage.meta.send(joao.username, "oi")
    expect(desk.see("conversation")).to_have_count(2)
    desk.see("composer").fill("not for you")
    desk.see("composer").press("Enter")
    desk.open("João Behind")

    told = desk.see("toast").filter(has_text="Not sent to Maria Refuses")
    expect(told).to_be_visible()
    told.get_by_text("Not sent").click()

    expect(desk.see("conversation-title")).to_contain_text("Maria Refuses")


AT_END = """() => {
  const log = document.querySelector('[data-testid="message-log"]');
  const loaded = [...log.querySelectorAll("img")].every((one) => one.complete)
    && [...log.querySelectorAll("video")].every((one) => one.readyState > 0);
  return loaded && log.scrollHeight - log.scrollTop - log.clientHeight < 2;
}"""


def test_a_talk_with_pictures_opens_at_its_newest_message(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient
) -> None:
    maria = talk(stage, desk, "Maria Films")
    for kind in ("image", "video", "image", "video"):
        control.customers.write(maria.username, attachment=kind)
    stage.meta.send(maria.username, "the last question")
    expect(desk.see("message")).to_have_count(6)

    for _ in range(8):
        desk.reload()
        expect(desk.see("message")).to_have_count(6)
        desk.page.wait_for_function(AT_END, timeout=5000)


def test_who_reads_further_up_stays_there(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient
) -> None:
    maria = talk(stage, desk, "Maria Reads")
    for kind in ("image", "video", "image"):
        control.customers.write(maria.username, attachment=kind)
    expect(desk.see("message")).to_have_count(4)
    desk.page.wait_for_function(AT_END)
    desk.see("message-log").hover()
    desk.page.mouse.wheel(0, -2000)
    top = "() => document.querySelector('[data-testid=\"message-log\"]').scrollTop"
    desk.page.wait_for_function(f"() => ({top})() === 0")

    control.customers.write(maria.username, attachment="image")
    stage.meta.send(maria.username, "and this")
    expect(desk.see("message")).to_have_count(6)

    assert desk.page.evaluate(top) == 0


def test_an_edit_is_marked_in_the_middle_of_a_group_too(
    stage: ConsoleStage, desk: ConsoleWindow, control: ControlClient
) -> None:
    fields = ["messages", "message_edit"]
    control.webhook.subscribe(callback_url=stage.webhook, fields=fields)
    maria = talk(stage, desk, "Maria Edits")
    mid = control.customers.thread(maria.username)["messages"][0]["mid"]
    stage.meta.send(maria.username, "thanks")
    expect(desk.see("message")).to_have_count(2)

    control.customers.edit(maria.username, mid, text="I want 3")

    expect(desk.see("message-text").first).to_have_text("I want 3")
    expect(desk.see("message-edited").first).to_be_visible()


@pytest.mark.parametrize(
    ("code", "subcode", "words"),
    [
        (10, 2534022, "Outside Meta's messaging window"),
        (551, 1545041, "This person isn't available right now"),
        (368, 0, "Temporarily blocked for policy violations"),
    ],
)
def test_case_58_what_meta_refused_says_why_and_can_be_tried_again(
    stage: ConsoleStage, desk: ConsoleWindow, code: int, subcode: int, words: str
) -> None:
    maria = talk(stage, desk, f"Maria {code}")
    stage.meta.switch_on("graph_error", code=code, subcode=subcode, call="send", times=1)

    sent = reply(desk, "tomorrow?")

    expect(sent).to_have_attribute("data-state", "failed")
    expect(sent).to_contain_text(f"Not sent: {words}")
    assert [one.text for one in stage.meta.thread(maria.username)] == ["hello"]
    desk.reload()
    expect(sent).to_contain_text(f"Not sent: {words}")
    sent.get_by_role("button", name="Send again").click()
    expect(sent).to_have_attribute("data-state", "sent")
    expect(desk.page.locator(OUT)).to_have_count(1)


def test_case_58_a_rate_limit_is_waited_for(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    maria = talk(stage, desk, "Maria 613")
    stage.meta.switch_on("graph_error", code=613, subcode=0, call="send", times=2)

    expect(reply(desk, "patience")).to_have_attribute("data-state", "sent", timeout=15_000)

    assert [one.text for one in stage.meta.thread(maria.username)] == ["hello", "patience"]


@pytest.mark.parametrize(
    ("text", "size", "fits"),
    [("a" * 999, 999, True), ("a" * 1000, 1000, True), ("a" * 1001, 1001, False),
     ("😀" * 250, 1000, True), ("😀" * 250 + "a", 1001, False)],
)  # fmt: skip
def test_case_59_the_composer_counts_bytes(
    stage: ConsoleStage, desk: ConsoleWindow, text: str, size: int, fits: bool
) -> None:
    maria = talk(stage, desk, "Maria Bytes")

    desk.see("composer").fill(text)
    expect(desk.see("byte-counter")).to_have_text(f"{size} of 1000 bytes")
    desk.see("composer").press("Enter")

    if fits:
        expect(desk.page.locator(OUT)).to_have_attribute("data-state", "sent")
        assert stage.meta.thread(maria.username)[-1].text == text
    else:
        expect(desk.see("send")).to_be_disabled()
        expect(desk.page.locator(OUT)).to_have_count(0)
        expect(desk.see("composer")).to_have_value(text)


def test_case_62_a_refused_token_is_told_and_case_63_messages_still_arrive(
    chromium: Browser, tmp_path: Path
) -> None:
    with console_stage(tmp_path) as stage, console_window(chromium, stage.url) as desk:
        desk.sign_in(STAFF.agent).operate()
        maria = talk(stage, desk, "Maria Token")
        stage.meta.switch_on("expired_token")

        sent = reply(desk, "anybody?")

        expect(sent).to_have_attribute("data-state", "failed")
        expect(sent).to_contain_text("access token is no longer valid")
        expect(desk.see("channel-banner")).to_contain_text(stage.meta.world().account_username)
        expect(desk.see("composer")).to_be_disabled()
        expect(desk.page.locator('[data-part="composer-note"]')).to_contain_text("administrator")
        stage.meta.send(maria.username, "are you there?")
        expect(desk.page.locator(IN)).to_have_count(2)
        rui = stage.customer("Rui Token")
        stage.meta.send(rui.username, "and me?")
        expect(desk.see("conversation")).to_have_count(2)
        desk.reload()
        expect(desk.see("channel-banner")).to_be_visible()


def test_case_71_what_was_missed_appears_once_and_in_order_when_the_stream_is_back(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = talk(stage, desk, "Maria Gap")
    desk.page.evaluate("window.hasStayed = true")

    desk.context.set_offline(True)
    expect(desk.see("connection-banner")).to_contain_text("Reconnecting…", timeout=40_000)
    for number in range(5):
        stage.meta.send(maria.username, f"missed {number}")
    expect(desk.see("message")).to_have_count(1)
    desk.context.set_offline(False)

    shown = ["hello", *(f"missed {number}" for number in range(5))]
    expect(desk.see("message-text")).to_have_text(shown, timeout=15_000)
    expect(desk.see("connection-banner")).to_be_hidden()
    assert desk.page.evaluate("window.hasStayed") is True

"""The console's pages in a real browser, with the real backend and the emulated Meta."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from harness.targets.contract import Credentials
from harness.targets.interact import STAFF
from tests.fakes.console_stage import ConsoleStage, console_stage
from tests.fakes.console_window import ConsoleWindow, console_window

pytestmark = pytest.mark.browser

AGENT = STAFF.agent
HOSTILE = "<img src=x onerror=alert(1)> \"'& مرحبا"
NO_WINDOWS = "window.open = () => null;"
# Headless Chromium shows no prompt: this stands for a browser in which the agent allows.
ALLOWED = """
window.announced = [];
window.asked = 0;
window.Notification = class extends EventTarget {
  static permission = "default";
  static requestPermission() {
    window.asked += 1;
    this.permission = "granted";
    return Promise.resolve("granted");
  }
  constructor(title, options) {
    super();
    window.announced.push(`${title}|${options.body}`);
  }
  close() {}
};
"""
LITTLE_PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# Pastes a picture, and a text beside it unless that is empty; whether the page took it.
PASTE = """([bytes, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([new Uint8Array(bytes)], "x.png", { type: "image/png" }));
  if (text) clipboardData.items.add(text, "text/plain");
  const told = { clipboardData, bubbles: true, cancelable: true };
  return !document.getElementById("composer").dispatchEvent(new ClipboardEvent("paste", told));
}"""
# Drops a picture on the composer; whether the page took it.
DROP = """(bytes) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(bytes)], "dropped.png", { type: "image/png" }));
  const told = { dataTransfer, bubbles: true, cancelable: true };
  return !document.getElementById("composer").dispatchEvent(new DragEvent("drop", told));
}"""
Open = Callable[..., ConsoleWindow]


@pytest.fixture(scope="module")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleStage]:
    with console_stage(tmp_path_factory.mktemp("pages")) as stage:
        yield stage


@pytest.fixture
def stage(shared_stage: ConsoleStage) -> Iterator[ConsoleStage]:
    yield shared_stage
    shared_stage.clear()


@pytest.fixture
def login(chromium: Browser, stage: ConsoleStage) -> Iterator[ConsoleWindow]:
    with console_window(chromium, stage.url) as window:
        yield window


@pytest.fixture
def desk(login: ConsoleWindow) -> ConsoleWindow:
    return login.sign_in(AGENT).operate()


def company(stage: ConsoleStage) -> str:
    return stage.meta.world().account_username


# -- the login page ------------------------------------------------------------------------------


def test_enter_opens_the_application_in_a_new_window(login: ConsoleWindow) -> None:
    login.sign_in(AGENT)

    assert len(login.context.pages) == 2
    assert login.page.url.endswith("/interact_multiagent/console")
    expect(login.login_page.get_by_test_id("session-open")).to_be_visible()
    expect(login.page.get_by_text("Review Agent")).to_be_visible()


def test_a_blocked_window_leaves_a_link(chromium: Browser, stage: ConsoleStage) -> None:
    with console_window(chromium, stage.url, script=NO_WINDOWS) as window:
        window.fill_in(AGENT)
        window.see("enter").click()
        link = window.see("open-console")
        expect(link).to_be_focused()
        expect(link).to_have_text("Open Interact")

        with window.context.expect_page() as opened:
            link.click()

        expect(opened.value.locator('html[data-ready="true"]')).to_have_count(1)


def test_a_wrong_password_is_said_and_focused(login: ConsoleWindow) -> None:
    login.fill_in(Credentials(AGENT.login, "wrong", AGENT.name))
    login.see("enter").click()

    expect(login.see("login-error")).to_have_text("Login or password is not correct.")
    expect(login.see("login-error")).to_be_focused()
    assert len(login.context.pages) == 1


def test_the_password_can_be_shown(login: ConsoleWindow) -> None:
    login.see("password").fill("Aa123*")

    login.page.get_by_role("button", name="Show password").click()

    expect(login.see("password")).to_have_attribute("type", "text")


def test_without_script_the_same_window_becomes_the_console(
    chromium: Browser, stage: ConsoleStage
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(stage.url)
        page.get_by_label("Login", exact=True).fill(AGENT.login)
        page.get_by_label("Password", exact=True).fill(AGENT.password)

        page.get_by_role("button", name="ENTER").click()

        expect(page).to_have_url(f"{stage.url}/console")


def test_the_first_login_creates_a_password_in_the_new_window(
    chromium: Browser, stage: ConsoleStage
) -> None:
    assert STAFF.newcomer is not None
    with console_window(chromium, stage.url) as window:
        window.fill_in(Credentials(STAFF.newcomer.login, "anything", ""))
        with window.context.expect_page() as opened:
            window.see("enter").click()
        window.application = opened.value
        window.see("new-password").fill("Cc789*")
        window.see("repeat-password").fill("Cc788*")
        window.see("save-password").click()
        expect(window.see("first-login-error")).to_be_focused()

        window.see("repeat-password").fill("Cc789*")
        window.see("save-password").click()

        expect(window.page.locator('html[data-ready="true"]')).to_have_count(1)


# -- status --------------------------------------------------------------------------------------


def test_the_status_menu_works_by_keyboard(login: ConsoleWindow) -> None:
    login.sign_in(AGENT)
    keyboard = login.page.keyboard

    keyboard.press("Alt+s")
    keyboard.press("ArrowDown")
    expect(login.see("status-option-operating")).to_be_focused()
    keyboard.press("Enter")

    expect(login.see("status-current")).to_have_text("Operating")
    expect(login.see("status-menu")).to_be_focused()
    expect(login.see("status-option-operating")).to_be_hidden()


def test_log_out_is_the_last_entry_of_the_menu(login: ConsoleWindow) -> None:
    login.sign_in(AGENT)
    keyboard = login.page.keyboard
    login.see("status-menu").focus()

    keyboard.press("ArrowUp")
    keyboard.press("End")
    expect(login.see("status-log-out")).to_be_focused()
    expect(login.see("status-log-out")).to_have_text("Log out")
    keyboard.press("Enter")

    expect(login.see("enter")).to_be_visible()


def test_letters_find_an_entry_and_escape_changes_nothing(login: ConsoleWindow) -> None:
    login.sign_in(AGENT)
    keyboard = login.page.keyboard
    login.see("status-menu").focus()

    keyboard.press("ArrowUp")
    keyboard.type("rea")
    expect(login.see("status-option-ready")).to_be_focused()
    keyboard.press("Escape")

    expect(login.see("status-menu")).to_have_attribute("aria-expanded", "false")
    expect(login.see("status-menu")).to_be_focused()
    expect(login.see("status-current")).to_have_text("Not ready")


# -- messages ------------------------------------------------------------------------------------


def test_a_message_arrives_live(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    maria = stage.customer("Maria Live")

    stage.meta.send(maria.username, "Good morning\nIs anybody there?")

    expect(desk.see("conversation-name")).to_have_text("Maria Live")
    expect(desk.see("conversation-slot")).to_have_text("1/8")
    expect(desk.see("message-text")).to_have_text("Good morning\nIs anybody there?")
    expect(desk.see("conversation-title")).to_contain_text(f"@{maria.username}")
    expect(desk.see("toast")).to_contain_text("Maria Live")
    expect(desk.page.locator('[data-testid="slot"][data-slot="1"]')).to_be_enabled()


def test_a_second_conversation_waits_with_a_badge(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    ana, rui = stage.customer("Ana Badge"), stage.customer("Rui Badge")
    stage.meta.send(ana.username, "first")
    expect(desk.see("message")).to_have_count(1)

    stage.meta.send(rui.username, "second")

    badge = desk.conversation("Rui Badge").get_by_test_id("conversation-unread")
    expect(badge).to_have_text("1")
    expect(desk.page).to_have_title("(1) Interact")
    desk.open("Rui Badge")
    expect(badge).to_be_hidden()
    expect(desk.page).to_have_title("Interact")


def test_hostile_text_is_shown_literally(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    desk.page.on("dialog", note)
    mallory = stage.customer(HOSTILE)

    stage.meta.send(mallory.username, HOSTILE)

    expect(desk.see("conversation-name")).to_have_text(HOSTILE)
    expect(desk.see("message-text")).to_have_text(HOSTILE)
    expect(desk.page.locator('img[src="x"]')).to_have_count(0)
    assert dialogs == []


def test_a_reply_appears_once_and_is_sent(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    maria = stage.customer("Maria Reply")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)

    desk.see("composer").fill("Hello Maria")
    desk.see("composer").press("Enter")

    sent = desk.page.locator('[data-testid="message"][data-direction="out"]')
    expect(sent).to_have_attribute("data-state", "sent")
    expect(sent).to_contain_text("Review Agent")
    expect(desk.see("composer")).to_have_value("")
    expect(desk.see("conversation-preview")).to_have_text("Hello Maria")
    assert "Hello Maria" in [one.text for one in stage.meta.thread(maria.username)]


def test_the_composer_counts_bytes_and_keeps_drafts(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    ana, rui = stage.customer("Ana Draft"), stage.customer("Rui Draft")
    stage.meta.send(ana.username, "first")
    expect(desk.see("message")).to_have_count(1)
    stage.meta.send(rui.username, "second")

    desk.see("composer").fill("é" * 501)
    expect(desk.see("byte-counter")).to_have_text("1002 of 1000 bytes")
    expect(desk.see("send")).to_be_disabled()
    desk.open("Rui Draft")
    expect(desk.see("composer")).to_have_value("")
    desk.open("Ana Draft")

    expect(desk.see("composer")).to_have_value("é" * 501)


def test_shift_enter_begins_a_line(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    maria = stage.customer("Maria Lines")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)

    desk.see("composer").focus()
    desk.page.keyboard.type("one")
    desk.page.keyboard.press("Shift+Enter")
    desk.page.keyboard.type("two")

    expect(desk.see("composer")).to_have_value("one\ntwo")


def test_case_47_an_unsent_message_leaves_a_tombstone(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Unsend")
    secret = stage.meta.send(maria.username, "secret-4711")
    expect(desk.see("message-text")).to_have_text("secret-4711")

    stage.meta.unsend(maria.username, secret.mid, surface="mobile")

    expect(desk.see("message-deleted")).to_have_text("Message deleted")
    expect(desk.see("conversation-preview")).to_have_text("Message deleted")
    assert "secret-4711" not in desk.html()
    desk.reload()
    expect(desk.see("message-deleted")).to_have_text("Message deleted")
    expect(desk.see("conversation-preview")).to_have_text("Message deleted")
    assert "secret-4711" not in desk.html()


def test_an_unsent_picture_is_gone(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    maria = stage.customer("Maria Picture")
    picture = stage.meta.send_attachment(maria.username, "image")
    expect(desk.page.locator('[data-testid="message-media"] img')).to_be_visible()

    stage.meta.unsend(maria.username, picture.mid, surface="mobile")

    expect(desk.see("message-deleted")).to_be_visible()
    expect(desk.see("message-media")).to_have_count(0)


# -- stories -------------------------------------------------------------------------------------


def test_a_story_mention_is_a_card_from_metas_address(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Story")

    stage.meta.publish_story(maria.username, mention=company(stage), caption="Nice shop")

    expect(desk.see("story-card")).to_contain_text("Maria Story mentioned you in a story")
    picture = desk.page.get_by_alt_text("Story in which Maria Story mentions you")
    expect(picture).to_have_js_property("complete", value=True)
    expect(picture).not_to_have_js_property("naturalWidth", value=0)
    expect(picture).to_have_attribute("src", re.compile("^" + re.escape(stage.meta.base_url)))
    expect(desk.see("story-until")).to_contain_text("Gone at the latest ")
    expect(desk.page.locator('[data-part="composer-note"]')).to_contain_text("h left to answer")


def test_an_expired_story_becomes_a_sentence(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    maria = stage.customer("Maria Expired")
    story = stage.meta.publish_story(maria.username, mention=company(stage), caption="Short")
    expect(desk.see("story-card")).to_be_visible()

    stage.meta.expire_story(maria.username, story.id)
    desk.reload()

    expect(desk.see("story-unavailable")).to_have_text("This story is no longer available")
    expect(desk.see("story-until")).to_have_count(0)
    expect(desk.page.locator('[data-testid="story-card"] img')).to_have_count(0)
    expect(desk.see("composer")).to_be_enabled()


# -- ending --------------------------------------------------------------------------------------


def test_end_goes_on_with_the_next_conversation(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    ana, rui = stage.customer("Ana End"), stage.customer("Rui End")
    stage.meta.send(ana.username, "first")
    expect(desk.see("message")).to_have_count(1)
    stage.meta.send(rui.username, "second")
    expect(desk.see("conversation")).to_have_count(2)
    desk.page.keyboard.press("Alt+1")

    desk.page.keyboard.press("Alt+e")

    expect(desk.see("conversation")).to_have_count(1)
    expect(desk.see("conversation-name")).to_have_text("Rui End")
    expect(desk.see("conversation-title")).to_contain_text("Rui End")
    expect(desk.see("composer")).to_be_focused()
    expect(desk.page.locator('[data-testid="slot"][data-slot="1"]')).to_be_disabled()


def test_a_new_conversation_names_the_previous_one(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Again")
    stage.meta.send(maria.username, "first visit")
    expect(desk.see("message-text")).to_have_text("first visit")
    desk.see("end").click()
    expect(desk.see("conversation")).to_have_count(0)
    stage.meta.send(maria.username, "second visit")
    expect(desk.see("message-text")).to_have_text("second visit")

    desk.see("previous-conversation").click()

    expect(desk.see("message-text")).to_have_text("first visit")
    expect(desk.see("composer")).to_be_disabled()
    desk.page.get_by_role("button", name="Back to the open conversation").click()
    expect(desk.see("message-text")).to_have_text("second visit")


# -- sessions and connections --------------------------------------------------------------------


def test_a_second_sign_in_takes_over(
    chromium: Browser, stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    with console_window(chromium, stage.url) as other:
        other.sign_in(AGENT)

        expect(desk.see("taken-over")).to_contain_text("opened in another window")
        expect(desk.page.locator("#app")).to_have_js_property("inert", value=True)
        expect(other.see("taken-over")).to_be_hidden()


def test_the_banner_stands_until_what_was_missed_is_there(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Gap")
    stage.meta.send(maria.username, "before the gap")
    expect(desk.see("message")).to_have_count(1)

    stage.stop()
    expect(desk.see("connection-banner")).to_contain_text("Reconnecting…")
    expect(desk.see("stale-since")).to_have_text(re.compile(r"^What you see is from \d+:\d\d"))
    stage.meta.send(maria.username, "in the gap")
    stage.start()

    expect(desk.see("connection-banner")).to_be_hidden(timeout=15_000)
    expect(desk.see("message-text").last).to_have_text("in the gap", timeout=15_000)


def test_what_could_not_be_sent_can_be_sent_again(stage: ConsoleStage, desk: ConsoleWindow) -> None:
    maria = stage.customer("Maria Offline")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)
    desk.context.set_offline(True)
    desk.see("composer").fill("kept for later")
    desk.see("send").click()
    sent = desk.page.locator('[data-testid="message"][data-direction="out"]')
    expect(sent).to_have_attribute("data-state", "failed")

    desk.context.set_offline(False)
    desk.page.get_by_role("button", name="Send again").click()

    expect(sent).to_have_attribute("data-state", "sent")
    expect(sent).to_have_count(1)


def test_what_was_sent_into_a_dead_line_outlives_a_reload(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Tunnel")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)
    sent = desk.page.locator('[data-testid="message"][data-direction="out"]')
    desk.page.route("**/messages", lambda route: route.abort())
    desk.see("composer").fill("kept in the tunnel")
    desk.see("send").click()
    expect(sent).to_have_attribute("data-state", "failed")

    desk.reload()
    expect(sent).to_have_attribute("data-state", "failed")
    expect(desk.page.get_by_role("button", name="Send again")).to_be_visible()

    desk.page.unroute("**/messages")
    desk.reload()
    expect(sent).to_have_attribute("data-state", "sent")
    expect(sent).to_have_count(1)


# -- notifications -------------------------------------------------------------------------------


def test_a_new_conversation_is_announced_by_name_only(
    chromium: Browser, stage: ConsoleStage
) -> None:
    with console_window(chromium, stage.url, script=ALLOWED) as window:
        window.sign_in(AGENT).operate()
        expect(window.see("notifications")).to_have_attribute("data-permission", "granted")

        stage.meta.send(stage.customer("Maria Bell").username, "private words")

        expect(window.see("toast")).to_have_count(1)
        announced = window.page.evaluate("[window.asked > 0, window.announced]")
        assert announced == [True, ["New conversation|Maria Bell"]]


# -- looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1440, 1024, 360])
def test_nothing_scrolls_sideways(stage: ConsoleStage, desk: ConsoleWindow, width: int) -> None:
    name = "Maximiliana" * 12
    stage.meta.send(stage.customer(name).username, "Donaudampfschifffahrt" * 40)
    expect(desk.see("message")).to_have_count(1)

    desk.resize(width)
    desk.page.keyboard.press("Alt+1")

    expect(desk.see("composer")).to_be_visible()
    assert desk.width() <= width


def test_list_and_pane_take_turns_where_it_is_narrow(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    desk.resize(360)
    stage.meta.send(stage.customer("Maria Narrow").username, "hello")
    expect(desk.see("conversation")).to_be_visible()
    expect(desk.see("message-log")).to_be_hidden()
    assert desk.width() <= 360

    desk.open("Maria Narrow")

    expect(desk.see("message-text")).to_have_text("hello")
    expect(desk.see("conversation")).to_be_hidden()
    desk.page.get_by_role("button", name="Back to the list").click()
    expect(desk.see("conversation")).to_be_visible()


def test_the_login_page_fits_a_phone(chromium: Browser, stage: ConsoleStage) -> None:
    with console_window(chromium, stage.url, width=360) as window:
        expect(window.see("enter")).to_be_in_viewport()
        assert window.width() <= 360


def test_the_console_speaks_portuguese(chromium: Browser, tmp_path: Path) -> None:
    with (
        console_stage(tmp_path, "pt-BR") as stage,
        console_window(chromium, stage.url) as window,
    ):
        window.sign_in(AGENT).operate("Operando")
        stage.meta.send(stage.customer("Maria Brasil").username, "bom dia")

        expect(window.see("message")).to_have_count(1)
        expect(window.page.locator("html")).to_have_attribute("lang", "pt-BR")
        expect(window.see("end")).to_have_text("Encerrar")


# -- files ---------------------------------------------------------------------------------------


def test_a_picture_is_sent_with_the_keyboard_and_stays(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria File")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)

    expect(desk.see("attach")).to_be_enabled()
    with desk.page.expect_file_chooser() as choosing:
        desk.see("attach").press("Enter")
    choosing.value.set_files({"name": "x.html", "mimeType": "text/html", "buffer": LITTLE_PICTURE})
    expect(desk.see("composer")).to_be_focused()
    desk.page.keyboard.press("Enter")

    bubble = desk.page.locator('[data-testid="message"][data-direction="out"]')
    expect(bubble).to_have_attribute("data-state", "sent")
    picture = bubble.locator("img")
    expect(picture).to_have_js_property("naturalWidth", 1)
    desk.reload()
    expect(picture).to_have_js_property("naturalWidth", 1)
    assert desk.complaints == []


def test_case_60_a_file_that_instagram_does_not_take_is_explained(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Voice")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)

    voice = {"name": "voice.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3\x04\0\0"}
    desk.see("attach-input").set_input_files(voice)
    desk.see("composer").fill("listen")
    desk.see("send").click()

    expect(desk.see("attach-note")).to_contain_text(
        "voice.mp3 was not sent: Instagram takes no MP3"
    )
    expect(desk.see("message")).to_have_count(1)
    expect(desk.see("composer")).to_have_value("listen")
    desk.see("composer").press_sequentially("ok")
    expect(desk.see("attach-note")).to_be_hidden()


def test_a_pasted_picture_is_sent_and_a_pasted_text_with_its_picture_is_not(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Paste")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)

    taken = [desk.page.evaluate(PASTE, [list(LITTLE_PICTURE), text]) for text in ("a text", "")]

    assert taken == [False, True]
    desk.see("send").click()
    sent = desk.page.locator('[data-testid="message"][data-direction="out"][data-state="sent"]')
    expect(sent).to_have_count(1)
    expect(desk.see("message")).to_have_count(2)


def test_a_dropped_picture_is_looked_at_and_sent_with_its_text(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Drop")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)

    assert desk.page.evaluate(DROP, list(LITTLE_PICTURE))
    expect(desk.see("staged")).to_contain_text("dropped.png")
    expect(desk.see("staged").locator("canvas")).to_be_visible()
    expect(desk.see("message")).to_have_count(1)
    desk.see("composer").fill("as promised")
    desk.see("composer").press("Enter")

    sent = desk.page.locator('[data-testid="message"][data-direction="out"][data-state="sent"]')
    expect(sent).to_have_count(2)
    expect(sent.first.locator("img")).to_have_js_property("naturalWidth", 1)
    expect(sent.last).to_contain_text("as promised")
    expect(desk.see("staged")).to_be_hidden()
    kinds = [one.kind for one in stage.meta.thread(maria.username)]
    assert kinds == ["text", "image", "text"]
    assert desk.complaints == []


def test_several_files_go_in_their_order_before_their_text(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Album")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": LITTLE_PICTURE}
    page = {"name": "b.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
    voice = {"name": "c.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3\x04\0\0"}

    desk.see("attach-input").set_input_files([picture, page, voice, {**picture, "name": "d.png"}])
    expect(desk.see("staged-file")).to_have_count(4)
    desk.see("composer").fill("all of them")
    desk.see("send").click()
    expect(desk.see("attach-note")).to_contain_text("c.mp3 was not sent")
    expect(desk.see("staged-file")).to_have_text(["d.png1 KB"])
    desk.see("send").click()

    sent = desk.page.locator('[data-testid="message"][data-direction="out"][data-state="sent"]')
    expect(sent).to_have_count(4)
    kinds = [one.kind for one in stage.meta.thread(maria.username)]
    assert kinds == ["text", "image", "file", "image", "text"]
    assert desk.complaints == []


def test_a_file_can_be_taken_back_before_it_is_sent(
    stage: ConsoleStage, desk: ConsoleWindow
) -> None:
    maria = stage.customer("Maria Wrong File")
    stage.meta.send(maria.username, "hello")
    expect(desk.see("message")).to_have_count(1)
    desk.page.evaluate(DROP, list(LITTLE_PICTURE))
    expect(desk.see("send")).to_be_enabled()

    desk.see("staged-remove").click()

    expect(desk.see("staged")).to_be_hidden()
    expect(desk.see("send")).to_be_disabled()
    expect(desk.see("composer")).to_be_focused()

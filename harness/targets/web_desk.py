"""The agent's desk in a browser window."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from harness.errors import ConformanceFailure
from harness.targets.console_page import ConsolePage
from harness.targets.contract import (
    ConversationId,
    ConversationView,
    MessageView,
    NotificationsView,
    NotificationView,
    PreviousView,
    SlotView,
    StatusOption,
)
from harness.targets.markup import is_markup
from harness.targets.statuses import is_pause

HOLDS = """text => {
  const html = document.documentElement;
  const fields = [...document.querySelectorAll("input, textarea")].map(e => e.value);
  return [html.outerHTML, html.innerText, html.textContent, ...fields].some(t => t.includes(text));
}"""
OPEN_S = 1.0  # an empty conversation stays empty: whoever looks for something looks again
READ_TEXTS = "sel => [...document.querySelectorAll(sel)].map(e => e.innerText.trim())"
READ_NOTIFICATIONS = "() => window.__homologNotifications?.() ?? null"


class WebDesk:
    """The console with an agent signed in, seen through the selector table."""

    def __init__(self, page: ConsolePage, tab: Page) -> None:
        self._page = page
        self._loads = 0
        page.window.listen(tab, "domcontentloaded", self._count_load)

    def statuses(self) -> tuple[StatusOption, ...]:
        """The entries of the STATUS menu; opens and closes it."""
        self._page.press("status_menu")
        labels = self._option_labels()
        self._page.press("status_menu")
        return tuple(StatusOption(label, is_pause(label)) for label in labels)

    def select_status(self, label: str) -> None:
        """Open the STATUS menu and press the entry."""
        self._page.press("status_menu")
        labels = self._option_labels()
        if label not in labels:
            raise ConformanceFailure(
                f'the menu "STATUS" offers "{label}"',
                expected=f'an entry "{label}"',
                actual=", ".join(labels) or "no entries",
            )
        options = self._page.window.page.locator(self._page.selectors["status_option"])
        self._page.press("status_option", options.nth(labels.index(label)))

    def status(self) -> str:
        """The label of the present status."""
        return str(self._look()["status"])

    def conversations(self) -> tuple[ConversationView, ...]:
        """The conversations in the list."""
        return tuple(
            ConversationView(ConversationId(seen["id"]), seen["name"], seen["preview"])
            for seen in self._look()["conversations"]
        )

    def messages(self, conversation_id: ConversationId) -> tuple[MessageView, ...]:
        """Open the conversation if it is not open, and read its messages."""
        seen = self._open(conversation_id)
        return tuple(_message(message) for message in seen["messages"]) if seen else ()

    def reply(self, conversation_id: ConversationId, text: str) -> None:
        """Write into the composer and press Send."""
        self._open(conversation_id)
        self._page.fill("composer", text)
        self._page.press("send")

    def end(self, conversation_id: ConversationId) -> None:
        """Press End in the open conversation."""
        self._open(conversation_id)
        self._page.press("end")
        if self._page.selectors.has("end_confirm"):
            self._page.press("end_confirm")

    def reload(self) -> None:
        """Reload the page and wait until it is drawn."""
        self._page.reload()
        ready = "ready" if self._page.selectors.has("ready") else "application"
        self._page.window.wait_for(
            lambda: self._page.shows(ready) or None, timeout_s=self._page.page_s
        )

    def holds(self, text: str) -> bool:
        """Whether the text stands anywhere in the page, seen or unseen."""
        return bool(self._page.run(HOLDS, text))

    def slots(self) -> tuple[SlotView, ...]:
        """The positions of the slot bar."""
        self._page.need("slot")
        return tuple(
            SlotView(seen["number"], seen["conversation_id"]) for seen in self._look()["slots"]
        )

    def previous(self, conversation_id: ConversationId) -> tuple[PreviousView, ...]:
        """The earlier conversations that the open conversation names."""
        self._page.need("previous")
        seen = self._open(conversation_id)
        found = seen["previous"] if seen else []
        return tuple(PreviousView(entry["id"], entry["label"]) for entry in found)

    def queue_length(self) -> int:
        """The number of waiting conversations."""
        self._page.need("queue_length")
        digits = "".join(sign for sign in self._look()["queue"] if sign.isdigit())
        return int(digits or 0)

    def accept_notifications(self) -> None:
        """Press the console's offer to enable notifications when there is one to press."""
        if not self.notifications().asked and self._page.shows("enable_notifications"):
            self._page.press("enable_notifications")

    def notifications(self) -> NotificationsView:
        """What was asked and shown on all pages of the window."""
        window = self._page.window
        found = [window.read(READ_NOTIFICATIONS, page=page) for page in window.pages]
        known = [seen for seen in found if seen]
        shown = (entry for seen in known for entry in seen["shown"])
        return NotificationsView(
            asked=any(seen["asked"] for seen in known),
            permission=known[-1]["permission"] if known else "default",
            shown=tuple(NotificationView(entry["title"], entry["body"]) for entry in shown),
        )

    def taken_over(self) -> str | None:
        """What the console says when another sign-in has ended this one."""
        self._page.need("taken_over")
        words: str | None = self._look()["taken_over"]
        return words

    def reloads(self) -> int:
        """How often the page was loaded anew."""
        self._look()  # lets Playwright hear of loads
        return self._loads

    def _look(self) -> dict[str, Any]:
        seen: dict[str, Any] = self._page.read("desk.js")
        return seen

    def _open(self, conversation_id: str) -> dict[str, Any] | None:
        """Select a conversation; what is seen then, None when it is not in the list."""
        seen = self._look()
        if seen["open"] == conversation_id:
            return seen
        if conversation_id not in {entry["id"] for entry in seen["conversations"]}:
            return None
        position = [entry["id"] for entry in seen["conversations"]].index(conversation_id)
        entry = self._page.window.page.locator(self._page.selectors["conversation"])
        self._page.press("conversation", entry.nth(position))

        def opened() -> dict[str, Any] | None:
            now = self._look()
            return now if now["open"] == conversation_id and now["messages"] else None

        return self._page.window.wait_for(opened, timeout_s=OPEN_S) or self._look()

    def _option_labels(self) -> list[str]:
        self._page.window.wait_for(
            lambda: self._page.shows("status_option") or None, timeout_s=self._page.act_s
        )
        found: list[str] = self._page.run(READ_TEXTS, self._page.selectors["status_option"])
        return found

    def _count_load(self, _: object) -> None:
        self._loads += 1


def _message(seen: dict[str, Any]) -> MessageView:
    return MessageView(
        mid=seen["mid"] or None,
        direction=seen["direction"],
        kind=seen["kind"],
        text=seen["text"],
        state=seen["state"],
        deleted=seen["deleted"],
        has_markup=is_markup(seen["tags"]),
        media_url=seen["media_url"],
        media_visible=seen["media_visible"],
        placeholder=seen["placeholder"],
    )

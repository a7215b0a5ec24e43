"""Rules of templates and quick replies (meta-contract §4.2, §4.3)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.parameters import (
    MOST_PAYLOAD,
    Json,
    checked_list,
    checked_object,
    checked_text,
    fault,
)
from fake_meta.domain.threads import Offer

MOST_QUICK_REPLIES = 13
MOST_TITLE = 20
MOST_ELEMENTS = 10
MOST_BUTTONS = 3
MOST_ELEMENT_TEXT = 80
MOST_BUTTON_TEXT = 640


def quick_replies_of(value: Any) -> tuple[Offer, ...]:
    """`message.quick_replies`, checked: at most 13, each a text with title and payload."""
    name = "message[quick_replies]"
    entries = checked_list(value, name, 1, MOST_QUICK_REPLIES)
    return tuple(_quick_reply(one, f"{name}[{at}]") for at, one in enumerate(entries))


def checked_template(payload: Any) -> Json:
    """A generic or button template as it may be sent."""
    name = "message[attachment][payload]"
    template = checked_object(payload, name)
    kind = template.get("template_type")
    if kind == "generic":
        elements = checked_list(template.get("elements"), f"{name}[elements]", 1, MOST_ELEMENTS)
        for at, element in enumerate(elements):
            _check_element(element, f"{name}[elements][{at}]")
    elif kind == "button":
        checked_text(template, "text", name, MOST_BUTTON_TEXT)
        _check_buttons(template.get("buttons"), name, least=1)
    else:
        raise fault(f"Param {name}[template_type] must be one of {{generic, button}}")
    return template


def buttons_of(template: Json | None) -> tuple[Offer, ...]:
    """Every button of a template."""
    if template is None:
        return ()
    holders = template.get("elements") or [template]
    return tuple(
        Offer(button["title"], button.get("payload"), button.get("url"))
        for holder in holders
        for button in holder.get("buttons", ())
    )


def _quick_reply(value: Any, name: str) -> Offer:
    reply = checked_object(value, name)
    if reply.get("content_type", "text") != "text":
        raise fault(f"Param {name}[content_type] must be one of {{text}}")
    title = checked_text(reply, "title", name, MOST_TITLE)
    return Offer(title, checked_text(reply, "payload", name, MOST_PAYLOAD))


def _check_element(value: Any, name: str) -> None:
    element = checked_object(value, name)
    checked_text(element, "title", name, MOST_ELEMENT_TEXT)
    for optional, most in (("subtitle", MOST_ELEMENT_TEXT), ("image_url", 2000)):
        if optional in element:
            checked_text(element, optional, name, most)
    if "default_action" in element:
        action = checked_object(element["default_action"], f"{name}[default_action]")
        if action.get("type") != "web_url" or not action.get("url"):
            raise fault(f"Param {name}[default_action] must be a web_url with a url")
    if "buttons" in element:
        _check_buttons(element["buttons"], name, least=1)


def _check_buttons(value: Any, name: str, *, least: int) -> None:
    buttons = checked_list(value, f"{name}[buttons]", least, MOST_BUTTONS)
    for at, button in enumerate(buttons):
        check_button(button, f"{name}[buttons][{at}]", MOST_TITLE)


def check_button(value: Any, name: str, most_title: int) -> None:
    """A button or an entry of a menu: a link or a postback."""
    button = checked_object(value, name)
    checked_text(button, "title", name, most_title)
    if button.get("type") == "web_url":
        url = checked_text(button, "url", name, 2000)
        if not url.startswith(("http://", "https://")):
            raise fault(f"Param {name}[url] should represent a valid URL")
    elif button.get("type") == "postback":
        checked_text(button, "payload", name, MOST_PAYLOAD)
    else:
        raise fault(f"Param {name}[type] must be one of {{web_url, postback}}")

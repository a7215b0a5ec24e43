"""Rules of templates, quick replies and the greetings of a conversation (§4.2, §4.3, §4.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.threads import Offer

Json = Mapping[str, Any]

MOST_QUICK_REPLIES = 13
MOST_TITLE = 20
MOST_PAYLOAD = 1000
MOST_ELEMENTS = 10
MOST_BUTTONS = 3
MOST_ELEMENT_TEXT = 80
MOST_BUTTON_TEXT = 640
MOST_ICE_BREAKERS = 4


def quick_replies_of(value: Any) -> tuple[Offer, ...]:
    """`message.quick_replies`, checked: at most 13, each a text with title and payload."""
    name = "message[quick_replies]"
    entries = _list(value, name, 1, MOST_QUICK_REPLIES)
    return tuple(_quick_reply(one, f"{name}[{at}]") for at, one in enumerate(entries))


def checked_template(payload: Any) -> Json:
    """A generic or button template as it may be sent."""
    name = "message[attachment][payload]"
    template = _object(payload, name)
    kind = template.get("template_type")
    if kind == "generic":
        elements = _list(template.get("elements"), f"{name}[elements]", 1, MOST_ELEMENTS)
        for at, element in enumerate(elements):
            _check_element(element, f"{name}[elements][{at}]")
    elif kind == "button":
        _text(template, "text", name, MOST_BUTTON_TEXT)
        _check_buttons(template.get("buttons"), name, least=1)
    else:
        raise _fault(f"Param {name}[template_type] must be one of {{generic, button}}")
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


def checked_profile(parameters: Json) -> dict[str, Any]:
    """`ice_breakers` and `persistent_menu` in the form that reads answer (§4.6)."""
    profile: dict[str, Any] = {}
    if "ice_breakers" in parameters:
        profile["ice_breakers"] = _ice_breakers(parameters["ice_breakers"])
    if "persistent_menu" in parameters:
        profile["persistent_menu"] = _persistent_menu(parameters["persistent_menu"])
    if not profile:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="ice_breakers")
    return profile


def _ice_breakers(value: Any) -> list[Json]:
    """Both the older flat form and the one with locales."""
    entries = _list(value, "ice_breakers", 1, 100)
    if "question" in _object(entries[0], "ice_breakers[0]"):
        entries = [{"call_to_actions": entries, "locale": "default"}]
    for at, entry in enumerate(entries):
        name = f"ice_breakers[{at}][call_to_actions]"
        actions = _object(entry, f"ice_breakers[{at}]").get("call_to_actions")
        for number, action in enumerate(_list(actions, name, 1, MOST_ICE_BREAKERS)):
            _text(_object(action, f"{name}[{number}]"), "question", name, MOST_ELEMENT_TEXT)
            _text(action, "payload", name, MOST_PAYLOAD)
    return [{"locale": "default", **entry} for entry in entries]


def _persistent_menu(value: Any) -> list[Json]:
    entries = _list(value, "persistent_menu", 1, 100)
    for at, entry in enumerate(entries):
        name = f"persistent_menu[{at}]"
        actions = _object(entry, name).get("call_to_actions")
        for number, action in enumerate(_list(actions, f"{name}[call_to_actions]", 1, 20)):
            _check_button(action, f"{name}[call_to_actions][{number}]", most_title=30)
    return [{"locale": "default", **entry} for entry in entries]


def _quick_reply(value: Any, name: str) -> Offer:
    reply = _object(value, name)
    if reply.get("content_type", "text") != "text":
        raise _fault(f"Param {name}[content_type] must be one of {{text}}")
    title = _text(reply, "title", name, MOST_TITLE)
    return Offer(title, _text(reply, "payload", name, MOST_PAYLOAD))


def _check_element(value: Any, name: str) -> None:
    element = _object(value, name)
    _text(element, "title", name, MOST_ELEMENT_TEXT)
    for optional in ("subtitle", "image_url"):
        if optional in element:
            _text(element, optional, name, MOST_ELEMENT_TEXT if optional == "subtitle" else 2000)
    if "default_action" in element:
        action = _object(element["default_action"], f"{name}[default_action]")
        if action.get("type") != "web_url" or not action.get("url"):
            raise _fault(f"Param {name}[default_action] must be a web_url with a url")
    if "buttons" in element:
        _check_buttons(element["buttons"], name, least=1)


def _check_buttons(value: Any, name: str, *, least: int) -> None:
    buttons = _list(value, f"{name}[buttons]", least, MOST_BUTTONS)
    for at, button in enumerate(buttons):
        _check_button(button, f"{name}[buttons][{at}]", MOST_TITLE)


def _check_button(value: Any, name: str, most_title: int) -> None:
    button = _object(value, name)
    _text(button, "title", name, most_title)
    if button.get("type") == "web_url":
        url = _text(button, "url", name, 2000)
        if not url.startswith(("http://", "https://")):
            raise _fault(f"Param {name}[url] should represent a valid URL")
    elif button.get("type") == "postback":
        _text(button, "payload", name, MOST_PAYLOAD)
    else:
        raise _fault(f"Param {name}[type] must be one of {{web_url, postback}}")


def _list(value: Any, name: str, least: int, most: int) -> Sequence[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise _fault(f"Param {name} must be an array with {least} to {most} elements.")
    return value


def _object(value: Any, name: str) -> Json:
    if not isinstance(value, dict):
        raise _fault(f"Param {name} must be an object.")
    return value


def _text(holder: Json, key: str, name: str, most: int) -> str:
    value = holder.get(key)
    if not isinstance(value, str) or not value:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name=f"{name}[{key}]")
    if len(value) > most:
        raise _fault(f"Length of param {name}[{key}] must be less than or equal to {most}")
    return value


def _fault(detail: str) -> GraphCallError:
    return GraphCallError(GraphError.PARAMETER, detail=detail)

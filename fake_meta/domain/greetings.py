"""Rules of the messenger profile: what a conversation is greeted with (meta-contract §4.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fake_meta.domain import parameters as given
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.parameters import Json
from fake_meta.domain.templates import check_button

MOST_ICE_BREAKERS, MOST_QUESTION = 4, 80
MOST_GREETING = 160
MOST_DOMAINS = 50
MOST_ENTRIES, MOST_ENTRY_TITLE = 20, 30


def checked_profile(parameters: Json) -> dict[str, Any]:
    """The parts in the form that reads answer, or Meta's error."""
    profile = {
        name: check(parameters[name]) for name, check in _PARTS.items() if name in parameters
    }
    if not profile:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name="ice_breakers")
    return profile


def greeting_of(texts: Sequence[Json], name: str) -> str:
    """The default text with the person's names in its gaps; "" when there is none."""
    text = next((str(one["text"]) for one in texts if one["locale"] == "default"), "")
    first, _, last = name.partition(" ")
    names = {"user_first_name": first, "user_last_name": last, "user_full_name": name}
    for gap, value in names.items():
        text = text.replace(f"{{{{{gap}}}}}", value)
    return text


def _ice_breakers(value: Any) -> list[Json]:
    """Both the older flat form and the one with locales."""
    entries = given.checked_list(value, "ice_breakers", 1, 100)
    if "question" in given.checked_object(entries[0], "ice_breakers[0]"):
        entries = [{"call_to_actions": entries, "locale": "default"}]
    for at, entry in enumerate(entries):
        name = f"ice_breakers[{at}][call_to_actions]"
        actions = given.checked_object(entry, f"ice_breakers[{at}]").get("call_to_actions")
        for number, action in enumerate(given.checked_list(actions, name, 1, MOST_ICE_BREAKERS)):
            held = given.checked_object(action, f"{name}[{number}]")
            given.checked_text(held, "question", name, MOST_QUESTION)
            given.checked_text(held, "payload", name, given.MOST_PAYLOAD)
    return [{"locale": "default", **entry} for entry in entries]


def _persistent_menu(value: Any) -> list[Json]:
    entries = given.checked_list(value, "persistent_menu", 1, 100)
    for at, entry in enumerate(entries):
        name = f"persistent_menu[{at}]"
        actions = given.checked_object(entry, name).get("call_to_actions")
        listed = given.checked_list(actions, f"{name}[call_to_actions]", 1, MOST_ENTRIES)
        for number, action in enumerate(listed):
            check_button(action, f"{name}[call_to_actions][{number}]", MOST_ENTRY_TITLE)
    return [{"locale": "default", **entry} for entry in entries]


def _get_started(value: Any) -> Json:
    button = given.checked_object(value, "get_started")
    return {"payload": given.checked_text(button, "payload", "get_started", given.MOST_PAYLOAD)}


def _greeting(value: Any) -> list[Json]:
    """One text a locale; one of them is for everybody else."""
    entries = given.checked_list(value, "greeting", 1, 100)
    for at, entry in enumerate(entries):
        text = given.checked_object(entry, f"greeting[{at}]")
        given.checked_text(text, "text", f"greeting[{at}]", MOST_GREETING)
        given.checked_text(text, "locale", f"greeting[{at}]", 10)
    if not any(entry["locale"] == "default" for entry in entries):
        raise given.fault("Param greeting must have an element with the locale default")
    return list(entries)


def _domains(value: Any) -> list[str]:
    domains = given.checked_list(value, "whitelisted_domains", 1, MOST_DOMAINS)
    for at, domain in enumerate(domains):
        _check_https(domain, f"whitelisted_domains[{at}]")
    return list(domains)


def _linking(value: Any) -> str:
    _check_https(value, "account_linking_url")
    return str(value)


def _check_https(value: Any, name: str) -> None:
    if not isinstance(value, str) or not value.startswith("https://"):
        raise given.fault(f"Param {name} must be an address with https://")


_PARTS: Mapping[str, Callable[[Any], Any]] = {
    "get_started": _get_started,
    "greeting": _greeting,
    "ice_breakers": _ice_breakers,
    "persistent_menu": _persistent_menu,
    "whitelisted_domains": _domains,
    "account_linking_url": _linking,
}

"""Stands around every adapter: what it raises or returns wrongly becomes a TargetError."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast

from harness.errors import ConfigError, ConformanceFailure, HarnessError, NotApplicable, TargetError
from harness.targets import contract

T = TypeVar("T")
OURS = (ConfigError, ConformanceFailure, HarnessError, NotApplicable, TargetError)

# What each method must give back: a type, or the type of a tuple's entries.
ANSWERS: Mapping[str, type | tuple[type]] = MappingProxyType(
    {
        "arrive": contract.Arrival,
        "sign_in": contract.SignIn,
        "follow_link": contract.SignIn,
        "statuses": (contract.StatusOption,),
        "status": str,
        "conversations": (contract.ConversationView,),
        "messages": (contract.MessageView,),
        "holds": bool,
        "slots": (contract.SlotView,),
        "previous": (contract.PreviousView,),
        "notifications": contract.NotificationsView,
        "reloads": int,
        "queue_length": int,
        "open_console": object,
    }
)
SEATS = (
    contract.Target,
    contract.Console,
    contract.OffersLink,
    contract.Desk,
    contract.ShowsSlots,
    contract.ShowsHistory,
    contract.AsksNotifications,
    contract.SaysTakenOver,
    contract.KnowsReload,
    contract.ShowsQueue,
)


def checked(subject: T, who: str) -> T:
    """The same object behind a guard; it has exactly the subject's methods of the contract."""
    names = {name for seat in SEATS for name in vars(seat) if not name.startswith("_")}
    present = sorted(name for name in names if hasattr(type(subject), name))
    members = {name: _member(type(subject), name) for name in present}
    fields = sorted(
        name for name in names - set(present) if name in getattr(subject, "__dict__", {})
    )
    members |= {name: property(_attribute(name)) for name in fields}
    guard = type(f"Checked{type(subject).__name__}", (), members)()
    guard.__dict__.update(subject=subject, who=who)
    return cast("T", guard)


def _member(kind: type, name: str) -> Any:
    if callable(getattr(kind, name)):
        return _method(name)
    return property(_attribute(name))


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda guard: _guarded(guard.who, name, lambda: getattr(guard.subject, name))


def _method(name: str) -> Callable[..., Any]:
    def call(guard: Any, *arguments: Any) -> Any:
        method = getattr(guard.subject, name)
        answer = _guarded(guard.who, name, lambda: method(*arguments))
        _examine(guard.who, name, answer)
        return _wrapped(guard.who, name, answer)

    return call


def _guarded(who: str, name: str, call: Callable[[], T]) -> T:
    try:
        return call()
    except OURS:
        raise
    except Exception as trouble:  # an adapter may raise anything: here it becomes one kind
        raise TargetError(
            f"the adapter of {who} broke in {name}: {type(trouble).__name__}: {trouble}"
        ) from trouble


def _examine(who: str, name: str, answer: object) -> None:
    wanted = ANSWERS.get(name)
    if wanted is None:
        return
    if isinstance(wanted, type):
        _require(isinstance(answer, wanted), who, name, wanted.__name__, answer)
        return
    entries = wanted[0]
    fits = isinstance(answer, tuple) and all(isinstance(entry, entries) for entry in answer)
    _require(fits, who, name, f"a tuple of {entries.__name__}", answer)


def _require(fits: bool, who: str, name: str, wanted: str, answer: object) -> None:  # noqa: FBT001
    if not fits:
        raise TargetError(
            f"the adapter of {who} gave {type(answer).__name__} from {name}, expected {wanted}: "
            f"{answer!r:.200}"
        )


def _wrapped(who: str, name: str, answer: Any) -> Any:
    if name == "open_console":
        return checked(answer, who)
    if isinstance(answer, contract.SignIn) and answer.desk is not None:
        desk = checked(answer.desk, who)
        return contract.SignIn(answer.outcome, answer.message, answer.new_window, desk)
    return answer

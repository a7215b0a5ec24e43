"""A typed client of the control API, over HTTP or in process."""

from __future__ import annotations

from fake_meta.client.areas.journal import NotSeenError
from fake_meta.client.callers import Answer, Caller, ControlError, HttpCaller, WsgiCaller
from fake_meta.client.control import ControlClient
from fake_meta.client.views import Company, Entry, Message, Person

__all__ = [
    "Answer",
    "Caller",
    "Company",
    "ControlClient",
    "ControlError",
    "Entry",
    "HttpCaller",
    "Message",
    "NotSeenError",
    "Person",
    "WsgiCaller",
]

"""The JSON shapes of the control API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from fake_meta.clock import ClockReading
from fake_meta.domain.accounts import Customer
from fake_meta.domain.login import Flavour
from fake_meta.domain.stories import Story
from fake_meta.domain.threads import ThreadMessage
from fake_meta.world import ThreadState, World

Json = dict[str, Any]


def world_json(world: World) -> Json:
    """The whole world without its messages."""
    app = world.app
    return {
        "seed": world.seed,
        "choices": world.choices.not_default(),
        "app": {
            "id": app.id,
            "name": app.name,
            "secret": app.secret,
            "verify_token": app.verify_token,
            "mode": app.mode,
            "access": {str(permission): level for permission, level in app.access.items()},
            "human_agent": world.has_human_agent,
        },
        "page": _page_json(world),
        "account": _account_json(world),
        "accounts": [company_json(one) for one in world.companies()],
        "subscriptions": [
            {
                "object": one.object,
                "callback_url": one.callback_url,
                "fields": list(one.fields),
                "active": one.active,
            }
            for one in world.subscriptions
        ],
        "page_subscribed_fields": _listed(world.page_fields),
        "customers": [customer_json(customer) for customer in world.customers],
    }


def company_json(world: World) -> Json:
    """One of the companies: its Page, its account, what the app is subscribed to of them."""
    person = world.person(Flavour.INSTAGRAM)
    return {
        "page": _page_json(world),
        "account": _account_json(world),
        "page_subscribed_fields": _listed(world.page_fields),
        "account_subscribed_fields": _listed(world.account_fields),
        "person": {"id": person.id, "login": person.login, "password": person.password},
    }


def _page_json(world: World) -> Json:
    page = world.page
    return {"id": page.id, "name": page.name, "access_token": page.access_token}


def _account_json(world: World) -> Json:
    account = world.account
    return {
        "id": account.id,
        "username": account.username,
        "name": account.name,
        "stories": [story.id for story in world.company_stories()],
        "message_access": world.message_access,
    }


def _listed(fields: tuple[str, ...] | None) -> list[str] | None:
    return None if fields is None else list(fields)


def customer_json(customer: Customer) -> Json:
    """CUSTOMER."""
    return {
        "username": customer.username,
        "name": customer.name,
        "igsid": customer.igsid,
        "password": customer.password,
        "role": customer.role,
        "role_accepted": customer.role_accepted,
        "private": customer.private,
        "followed_by_business": customer.followed_by_business,
        "follows_business": customer.follows_business,
        "profile_fault": customer.profile_fault,
        "blocks_business": customer.blocks_business,
    }


def message_json(message: ThreadMessage) -> Json:
    """MESSAGE."""
    return {
        "mid": message.mid,
        "timestamp": message.timestamp_ms,
        "text": message.text,
        "kind": message.kind,
    }


def thread_message_json(message: ThreadMessage) -> Json:
    """A message as it stands in its thread; what it does not have is left out at the end."""
    return _plain_json(message) | {name: value for name, value in _extras(message) if value}


def thread_state_json(state: ThreadState) -> Json:
    """The thread as a whole."""
    return asdict(state)


def _extras(message: ThreadMessage) -> Iterator[tuple[str, Any]]:
    yield "attachments", [asdict(one) for one in message.attachments]
    yield "reply_to", message.reply_to
    yield "quick_reply", message.quick_reply
    yield "postback", message.postback
    yield "quick_replies", [asdict(one) for one in message.quick_replies]
    yield "reactions", [asdict(one) for one in message.reactions]
    yield "edits", message.edits
    yield "persona", message.persona


def _plain_json(message: ThreadMessage) -> Json:
    return {
        "mid": message.mid,
        "from": message.sender,
        "kind": message.kind,
        "text": message.text,
        "url": message.url,
        "timestamp": message.timestamp_ms,
        "unsent": message.unsent,
    }


def story_json(story: Story) -> Json:
    """A story as its publication answers it."""
    return {"id": story.id, "mid": story.mid, "not_sent_because": story.not_sent_because}


def clock_json(reading: ClockReading) -> Json:
    """What the clock shows."""
    return {
        "now_ms": reading.now_ms,
        "frozen": reading.frozen,
        "offset_ms": reading.offset_ms,
        "scale": reading.scale,
    }

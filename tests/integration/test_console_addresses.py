"""Addresses that a stranger chooses: the console itself reads none, a browser only the CDN's."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import requests

from tests.fakes.graph_server import GraphServer
from tests.fakes.running_console import RunningConsole, message, until

ANA = "3603717463085785"
KINDS = ("image", "video", "audio", "file", "story_mention", "share", "ig_reel", "template", "new")


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """Listens on a private address; whoever comes is in its queue."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def test_no_address_of_a_customer_makes_the_console_call_it(
    interact: RunningConsole, graph_server: GraphServer, trap: socket.socket
) -> None:
    inside = f"http://127.0.0.1:{trap.getsockname()[1]}/latest/meta-data"
    graph_server.profiles[ANA] = {"name": "Ana", "profile_pic": inside}
    agent = interact.operating()
    payloads = [{"type": kind, "payload": {"url": inside}} for kind in KINDS]
    story = {"story": {"url": inside, "id": "1"}}

    interact.deliver(
        *(message(ANA, "", attachments=[one]) for one in payloads),
        message(ANA, "linda!", reply_to=story),
    )
    conversation = agent.wait_for(1)[0]["id"]
    shown = agent.wait_for_messages(conversation, len(KINDS) + 1)
    until(lambda: agent.conversation(conversation)["name"], lambda name: name == "Ana")
    agent.post(f"conversations/{conversation}/messages", {"text": "Olá"})
    until(lambda: len(graph_server.sent), lambda count: count == 1)

    assert {one["url"] for one in shown} == {inside}
    with pytest.raises(BlockingIOError):
        trap.accept()


def test_a_browser_may_read_media_from_the_listed_hosts_alone(interact: RunningConsole) -> None:
    page = requests.get(f"{interact.url}/interact_multiagent", timeout=5)

    rules = (rule.split() for rule in page.headers["Content-Security-Policy"].split(";"))
    policy = {name: sources for name, *sources in filter(None, rules)}
    listed = ["'self'", "https://lookaside.fbsbx.com", "https://scontent.cdninstagram.com"]
    assert (policy["img-src"], policy["media-src"]) == (listed, listed)
    assert policy["default-src"] == ["'self'"]

"""A world whose app serves the Page on Messenger, and the app's calls about it."""

import json
from typing import Any

from flask.testing import FlaskClient

from fake_meta.domain.accounts import Subscription
from fake_meta.domain.platforms import Platform
from fake_meta.world import World
from tests.fakes.graph_app import GraphApp
from tests.fakes.hand_transport import HandTransport

CALLBACK = "http://app.example/page"
FIELDS = (
    "messages", "message_echoes", "message_deliveries", "message_reads", "message_reactions",
    "messaging_postbacks", "messaging_optins", "messaging_referral", "message_edit",
    "messaging_handover", "standby",
)  # fmt: skip


class MessengerPage(GraphApp):
    """The Page's inbox on Messenger: `inbox` for its customers, `send` and `read` for the app."""

    def __init__(self, client: FlaskClient, world: World, transport: HandTransport) -> None:
        super().__init__(client, world)
        self.transport = transport
        world.subscribe_app(Subscription("page", CALLBACK, "verify-me", FIELDS))
        world.install_on_page(FIELDS)

    @property
    def inbox(self) -> World:
        return self.world.on(Platform.MESSENGER)

    @property
    def psid(self) -> str:
        """Who the tester is on Messenger."""
        return self.world.psid_of(self.tester.username)

    def written(self, text: str = "Oi") -> str:
        """The tester writes to the Page; the PSID."""
        self.inbox.send_text(self.tester.username, text)
        return self.psid

    def control(self, method: str, path: str, **body: Any) -> Any:
        """A call of the control API about Messenger."""
        asked = {"platform": "messenger"}
        return self.client.open(
            f"/_control/{path}", method=method, query_string=asked, json=body or None
        )

    @property
    def items(self) -> list[Any]:
        """Every item that was posted to the Page's callback."""
        bodies = [json.loads(one.body) for one in self.transport.requests if one.url == CALLBACK]
        return [entry["messaging"][0] for body in bodies for entry in body["entry"]]

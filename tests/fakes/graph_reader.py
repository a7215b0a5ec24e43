"""The app's side of the Graph API as far as it reads, with the Page token unless told otherwise."""

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.world import World


class GraphReader:
    """Reads as the app does."""

    def __init__(self, client: FlaskClient, world: World) -> None:
        self.client = client
        self.world = world
        self.token = world.page.access_token

    def get(self, path: str, **query: str) -> Any:
        """The answer's body."""
        asked = {"access_token": self.token, **query}
        return self.client.get(f"/v25.0/{path}", query_string=asked).get_json()

    def conversations(self, **query: str) -> Any:
        """The list of Instagram conversations."""
        return self.get("me/conversations", platform="instagram", **query)

    def conversation_of(self, igsid: str) -> str:
        """The id of the conversation with this customer."""
        return str(self.conversations(user_id=igsid)["data"][0]["id"])

    def follow(self, url: str) -> Any:
        """The answer behind the full address of a page."""
        parts = urlsplit(url)
        return self.client.get(f"{parts.path}?{parts.query}").get_json()

    def grant(self, level: AccessLevel) -> None:
        """The access level of instagram_manage_messages."""
        self.world.configure_app(None, {Permission.MANAGE_MESSAGES: level})

    def code(self, path: str, **query: str) -> tuple[int, int | None]:
        """Code and subcode of the error that a read is answered with."""
        error = self.get(path, **query)["error"]
        return error["code"], error.get("error_subcode")


def names(conversations: Any) -> list[str]:
    """The customers of a list of conversations that was read with `participants`."""
    return [one["participants"]["data"][1]["username"] for one in conversations["data"]]

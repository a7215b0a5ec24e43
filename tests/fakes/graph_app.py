"""The app's side of the Graph API, with the Page token, for a world in one process."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.domain.accounts import Customer
from fake_meta.domain.login import Flavour
from fake_meta.world import World

REDIRECT = "https://app.example/done"
Code = tuple[int, int | None]


class GraphApp:
    """Calls, and what they answer."""

    def __init__(self, client: FlaskClient, world: World) -> None:
        self.client, self.world = client, world

    @property
    def tester(self) -> Customer:
        """The customer whom every access level covers."""
        return self.world.customers[0]

    def ask(self, path: str, token: str | None = None, **query: str) -> TestResponse:
        asked = {"access_token": token or self.world.page.access_token, **query}
        return self.client.get(path, query_string=asked)

    def read(self, path: str, token: str | None = None, **query: str) -> Any:
        return self.ask(path, token, **query).get_json()

    def post(self, path: str, **body: Any) -> TestResponse:
        bearer = {"Authorization": f"Bearer {self.world.page.access_token}"}
        return self.client.post(path, json=body, headers=bearer)

    def send(self, igsid: str, text: str = "hello", **also: Any) -> TestResponse:
        return self.post("/me/messages", recipient={"id": igsid}, message={"text": text}, **also)

    def app_token(self) -> str:
        return self.world.app.token

    def redeem(self, scopes: tuple[str, ...] = ("instagram_basic",), **wrong: str) -> TestResponse:
        """Turn a code of the Facebook dialog into a token."""
        client = self.world.client(Flavour.FACEBOOK)
        self.world.answer_permissions(Flavour.FACEBOOK, scopes)
        code = self.world.issue_code(Flavour.FACEBOOK, REDIRECT, asked=scopes).value
        asked = {
            "client_id": client.id,
            "client_secret": client.secret,
            "redirect_uri": REDIRECT,
            "code": code,
        }
        return self.client.get("/v25.0/oauth/access_token", query_string=asked | wrong)


def code_of(response: TestResponse) -> Code:
    """Code and subcode of an error."""
    error = response.get_json()["error"]
    return error["code"], error.get("error_subcode")

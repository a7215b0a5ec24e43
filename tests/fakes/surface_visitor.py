"""Somebody who visits a surface of the emulated Instagram without a browser."""

import flask
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from fake_meta.surfaces import messenger, mobile, web
from fake_meta.world import World

WEB = "/www.instagram.com"
PHONE = "/instagram-app"
MESSENGER = "/www.messenger.com"


def surfaces_app(world: World) -> flask.Flask:
    app = flask.Flask("surfaces", static_folder=None)
    app.register_blueprint(web.create_blueprint(world))
    app.register_blueprint(mobile.create_blueprint(world))
    app.register_blueprint(messenger.create_blueprint(world))
    return app


def element(response: TestResponse, test_id: str) -> Tag | None:
    soup = BeautifulSoup(response.text, "html.parser")
    return soup.find(attrs={"data-testid": test_id})


def elements(response: TestResponse, test_id: str) -> list[Tag]:
    return BeautifulSoup(response.text, "html.parser").find_all(attrs={"data-testid": test_id})


class SurfaceVisitor:
    """One browser's cookies on one surface; forms carry the token of the page they are on."""

    def __init__(self, world: World, prefix: str = WEB, client=None) -> None:
        self.world = world
        self.prefix = prefix
        self.client = client or surfaces_app(world).test_client()
        self.me = world.customers[0]
        self.company = f"{prefix}/{world.account.username}/"
        threads = "t" if prefix == MESSENGER else "direct/t"
        self.direct = f"{prefix}/{threads}/{world.account.username}/"

    def get(self, path: str, **options) -> TestResponse:
        return self.client.get(path, **options)

    def submit(self, page: str, action: str, **fields: str) -> TestResponse:
        """Open `page` and submit one of its forms to `action`."""
        soup = BeautifulSoup(self.get(page, follow_redirects=True).text, "html.parser")
        token = soup.find("input", {"name": "csrf_token"})["value"]
        return self.client.post(action, data={"csrf_token": token, **fields})

    def try_password(self, password: str, username: str | None = None, **fields) -> TestResponse:
        login = f"{self.prefix}/accounts/login/"
        name = username or self.me.username
        return self.submit(login, login, username=name, password=password, **fields)

    def log_in(self, **fields: str) -> TestResponse:
        return self.try_password(self.me.password, **fields)

    def answer_save_login(self) -> TestResponse:
        onetap = f"{self.prefix}/accounts/onetap/"
        return self.submit(onetap, onetap, answer="not-now")

    def arrived(self) -> "SurfaceVisitor":
        """Logged in, with every question answered."""
        self.log_in()
        self.answer_save_login()
        return self

    def write(self, text: str) -> TestResponse:
        return self.submit(self.direct, self.direct, text=text)

    def unsend(self, mid: str) -> TestResponse:
        return self.submit(self.direct, f"{self.direct}unsend", mid=mid)

    def share_story(self, **fields: str) -> TestResponse:
        page = f"{self.prefix}/stories/new/"
        answer = self.submit(page, page, **fields)
        return self.get(answer.location)

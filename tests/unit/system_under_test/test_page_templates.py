"""The templates and what they load: labels, test ids, and nothing that the policy forbids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import jinja2
import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template

import system_under_test.web
from system_under_test.service.administration import Overview
from system_under_test.service.setup import AgentSetup, ServiceSetup
from system_under_test.web.i18n import catalogue, translate

WEB = Path(system_under_test.web.__file__).parent
DOC = WEB.parents[1] / "docs" / "console.md"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SCRIPTS = sorted((WEB / "static").rglob("*.js"))
STYLES = sorted((WEB / "static").rglob("*.css"))
CONTEXT = {
    "csrf_token": "token-1",
    "error": None,
    "login": "reviewer",
    "agent_name": "Review Agent",
    "is_supervisor": False,
    "sentence": "Only supervisors may do this.",
    "overview": Overview((ServiceSetup("Instagram"),), (AgentSetup("eva", "Eva"),), (), ()),
    "most_positions": 8,
    "accepted": {"instagram": ["image/png"], "messenger": ["image/png", "audio/mpeg"]},
    "most_bytes": 26_214_400,
    "refused": None,
    "own_statuses": [],
    "saved": False,
}
Render = Callable[..., BeautifulSoup]


def contract_ids() -> list[str]:
    section = DOC.read_text(encoding="utf-8").split("## Test ids of the pages")[1]
    quoted = re.findall(r"`([a-z]+(?:-[a-z]+)*)`", section)
    return sorted(name for name in set(quoted) if not name.startswith(("data-", "status-option-")))


@pytest.fixture
def render() -> Iterator[Render]:
    app = Flask("system_under_test.web", static_url_path="/interact_multiagent/static")
    app.jinja_env.undefined = jinja2.StrictUndefined

    def page(name: str, language: str = "en", **context: object) -> BeautifulSoup:
        texts = {"t": partial(translate, language), "catalogue": catalogue(language)}
        html = render_template(name, language=language, **{**CONTEXT, **texts, **context})
        return BeautifulSoup(html, "html.parser")

    with app.test_request_context("/interact_multiagent"):
        yield page


def label_of(page: BeautifulSoup, testid: str) -> str:
    field = page.select_one(f'[data-testid="{testid}"]')
    assert field is not None
    label = page.select_one(f'label[for="{field["id"]}"]')
    assert label is not None
    return label.text


@pytest.mark.parametrize(("testid", "label"), [("login", "Login"), ("password", "Password")])
def test_the_login_fields_carry_the_labels_of_the_review(
    render: Render, testid: str, label: str
) -> None:
    assert label_of(render("login.html"), testid) == label


def test_the_button_is_called_enter(render: Render) -> None:
    buttons = render("login.html").select('form [type="submit"]')

    assert [button.text for button in buttons] == ["ENTER"]


def test_the_login_form_works_without_script(render: Render) -> None:
    form = render("login.html").select_one('[data-testid="login-form"]')

    assert form is not None
    assert (form["method"], form["action"]) == ("post", "/interact_multiagent/login")
    names = [field["name"] for field in form.select("input")]
    assert names == ["csrf_token", "login", "password"]


def test_what_went_wrong_stands_in_the_page(render: Render) -> None:
    error = render("login.html", error="Not <b>correct</b>").select_one(
        '[data-testid="login-error"]'
    )

    assert error is not None
    assert error.text == "Not <b>correct</b>"
    assert error.find("b") is None


def test_the_first_login_asks_twice(render: Render) -> None:
    page = render("first_login.html")

    names = [field["name"] for field in page.select('input[type="password"]')]
    assert names == ["new_password", "repeat_password"]


@pytest.mark.parametrize("name", ["login.html", "first_login.html", "console.html"])
def test_a_page_says_its_language(render: Render, name: str) -> None:
    html = render(name, "pt-BR").html

    assert html is not None
    assert html["lang"] == "pt-BR"


def test_the_catalogue_in_the_page_cannot_break_out(render: Render) -> None:
    page = render("console.html", catalogue={"a": "</script><script>alert(1)</script>"})

    assert len(page.select("script")) == 2


def test_the_console_names_the_agent_and_the_status_menu(render: Render) -> None:
    page = render("console.html")

    menu = page.select_one('[data-testid="status-menu"]')
    assert menu is not None
    assert "STATUS" in menu.text
    assert "Review Agent" in page.text


def test_every_module_is_loaded_ahead(render: Render) -> None:
    loaded = {
        Path(str(link["href"])).name
        for link in render("console.html").select("[rel=modulepreload]")
    }

    present = {path.name for path in (WEB / "static" / "console").glob("*.js")}
    assert loaded == present - {"main.js"}


@pytest.mark.parametrize("testid", contract_ids())
def test_a_test_id_of_the_contract_is_drawn(testid: str) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in [*TEMPLATES, *SCRIPTS])

    assert f'"{testid}"' in sources


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_obeys_the_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"""\sstyle=|\son[a-z]+=["']|<style|javascript:""", text) == []
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", text) == []


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere_or_written_as_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")

    assert (
        re.findall(r"https?://\w|@import|innerHTML|outerHTML|insertAdjacentHTML|eval\(", text) == []
    )


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_a_file_of_the_front_end_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_stream_listens_for_every_event_that_the_reducer_knows() -> None:
    console = WEB / "static" / "console"
    table = (
        (console / "reducer.js").read_text("utf-8").split("const EVENTS = {")[1].split("\n};")[0]
    )
    known = set(re.findall(r"^  (\w+):", table, re.MULTILINE))

    listed = (console / "stream.js").read_text("utf-8").split("TYPES = [")[1].split("]")[0]

    assert known - set(re.findall(r'"(\w+)"', listed)) == set()
    assert "channel" in known

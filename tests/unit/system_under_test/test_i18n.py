"""The texts of the pages: complete in both languages, loud when something is missing."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path

import pytest

import system_under_test
from system_under_test.domain.statuses import STATUSES
from system_under_test.web.i18n import LANGUAGES, MissingTextError, catalogue, translate

PACKAGE = Path(system_under_test.__file__).parent
SOURCES = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js"), *PACKAGE.rglob("*.html")]
AREAS = sorted({key.split(".")[0] for key in catalogue("en")})
NAMED = re.compile(rf"""["']((?:{"|".join(AREAS)})\.(?!js|html|id)[a-z_]+)["']""")
# Keys that are put together at run time: the second half comes from the API.
COMPOSED = (
    "status.", "preview.", "slots.", "notifications.", "state.", "figure.", "administration.",
    "flavour.", "pick.", "reason.", "role.", "answer.", "practice.", "refused.", "wait.",
    "routing.", "aside.", "attachment.", "quarantined.",
)  # fmt: skip
REVIEW_LABELS = {
    "login.enter": "ENTER",
    "login.login": "Login",
    "login.password": "Password",
    "login.open_console": "Open Interact",
    "console.status": "STATUS",
    "status.operating": "Operating",
    "status.ready": "Ready",
    "pane.end": "End",
    "message.deleted": "Message deleted",
}


def named_keys() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in SOURCES)
    return set(chain.from_iterable(NAMED.findall(text) for text in texts))


def values_wanted(text: str) -> list[str]:
    return sorted(set(re.findall(r"{(\w+)}", text)))


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("en")) == set(catalogue("pt-BR"))


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_a_text_wants_the_same_values_in_both_languages(key: str) -> None:
    assert values_wanted(catalogue("en")[key]) == values_wanted(catalogue("pt-BR")[key])


@pytest.mark.parametrize(("key", "label"), REVIEW_LABELS.items())
def test_the_labels_of_the_review_do_not_change(key: str, label: str) -> None:
    assert translate("en", key) == label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES, ids=lambda status: status.id)
def test_every_status_has_a_label(language: str, status: object) -> None:
    key = f"status.{getattr(status, 'id', '')}"

    assert translate(language, key).strip()


def test_every_key_that_the_console_names_exists() -> None:
    assert named_keys() - set(catalogue("en")) == set()


def test_no_text_is_left_over() -> None:
    idle = set(catalogue("en")) - named_keys()

    assert [key for key in sorted(idle) if not key.startswith(COMPOSED)] == []


def words_of_the_routing_log() -> set[str]:
    """Triggers and reasons as the code writes them: words given to whatever logs or routes."""
    moves = {"log", "release", "end", "run", "refuse_offer", "release_all", "_move"}
    words: set[str] = set()
    for path in [*(PACKAGE / "service").glob("*.py"), PACKAGE / "domain" / "routing.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "func", None)
            called = getattr(name, "attr", getattr(name, "id", ""))
            given = [*getattr(node, "args", [])] if called in moves else []
            if path.name == "routing.py" and isinstance(node, ast.Return) and node.value:
                given = [node.value, *getattr(node.value, "elts", [])]
            words |= {one.value for one in given if isinstance(getattr(one, "value", None), str)}
    return words


def test_every_word_of_the_routing_log_has_a_text() -> None:
    words = words_of_the_routing_log()

    assert {"fewest_active", "last_agent", "offer_expired", "arrived"} <= words
    assert {f"routing.{word}" for word in words} - set(catalogue("en")) == set()


def test_values_are_filled_in() -> None:
    text = translate("en", "login.too_many_attempts", seconds=30)

    assert text == "Too many attempts. Try again in 30 seconds."


def test_a_value_is_put_in_literally() -> None:
    assert "{login}" in translate("en", "first_login.lead", login="{login}")


def test_a_missing_text_names_catalogue_and_key() -> None:
    with pytest.raises(MissingTextError, match=r"locales/pt-BR\.json has no text 'login\.enterr'"):
        translate("pt-BR", "login.enterr")


def test_a_missing_value_names_the_value() -> None:
    with pytest.raises(MissingTextError, match="wants the value 'seconds', got none"):
        translate("en", "login.too_many_attempts")


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(MissingTextError, match=r"'fr'.*en, pt-BR"):
        translate("fr", "login.enter")


def test_a_catalogue_belongs_to_its_caller() -> None:
    catalogue("en")["login.enter"] = "changed"

    assert translate("en", "login.enter") == "ENTER"

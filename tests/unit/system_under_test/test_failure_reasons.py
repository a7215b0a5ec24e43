"""Why something was not sent, in the language of whoever reads it."""

from __future__ import annotations

import pytest

from system_under_test.domain import graph_errors
from system_under_test.domain.failure_reasons import REASONS, parts_of, reason_of
from system_under_test.domain.graph_errors import judge
from system_under_test.service.ports import GraphFailureError
from system_under_test.web.i18n import LANGUAGES, catalogue, translate
from tests.fakes.little_console import LittleConsole
from tests.fakes.wsgi_console import WsgiConsole

ANA = "3603717463085785"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_and_no_sentence_is_left_over(language: str) -> None:
    told = {key.removeprefix("reason.") for key in catalogue(language) if key.startswith("reason.")}

    assert told == set(REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "values"), REASONS.items())
def test_a_sentence_says_the_values_of_its_reason(
    language: str, name: str, values: tuple[str, ...]
) -> None:
    given = {value: f"<{value}>" for value in values}

    sentence = translate(language, f"reason.{name}", **given)

    assert [value for value in given.values() if value not in sentence] == []


@pytest.mark.parametrize("verdict", graph_errors._TABLE.values(), ids=lambda one: one.reason)
def test_every_verdict_names_a_known_reason(verdict: graph_errors.Verdict) -> None:
    assert parts_of(verdict.reason) == (verdict.reason, {})


def test_an_unknown_code_is_told_with_its_numbers() -> None:
    verdict = judge(4711, None, 418, transient=False)

    assert parts_of(verdict.reason) == ("refused_call", {"code": "4711", "status": "418"})
    assert parts_of(reason_of("unreachable", "ConnectTimeout")) == (
        "unreachable", {"cause": "ConnectTimeout"},
    )  # fmt: skip


@pytest.mark.parametrize("kept", ["Outside Instagram's messaging window", "window closed", ""])
def test_sentences_of_earlier_versions_are_no_reasons(kept: str) -> None:
    assert parts_of(kept) is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The channel's access token is no longer valid"),
        ("pt-BR", "O token de acesso do canal não é mais válido"),
    ],
)
def test_the_bubble_and_the_channel_speak_the_language_of_the_page(
    lone: LittleConsole, language: str, sentence: str
) -> None:
    web = WsgiConsole(lone, language=language)
    agent = web.agent()
    web.deliver(lone.message(ANA))
    verdict = judge(190, None, 401, transient=False)

    def refuse() -> None:
        raise GraphFailureError(verdict.fate, verdict.reason, 190)

    lone.graph.while_sending = refuse
    agent.reply(ANA, "Olá")
    lone.sender.send_next()

    talk = agent.talk(ANA)
    assert talk["messages"][-1]["reason"] == sentence
    assert talk["channel"]["trouble"]["reason"] == sentence

"""The report as one page."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from reports import html
from reports.record import Evidence, RunRecord
from reports.verdict import Verdict
from tests.fakes.sample_run import FAILED, PASSED, case_with, lay_out, run_of


def page(folder: Path, run: RunRecord) -> BeautifulSoup:
    return BeautifulSoup(html.render(run, lay_out(folder)), "html.parser")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [(Verdict.PASSED, "Conformant"), (Verdict.FAILED, "Not conformant")],
)
def test_the_verdict_stands_at_the_top(tmp_path: Path, verdict: Verdict, words: str) -> None:
    soup = page(tmp_path, run_of(case_with(verdict)))

    assert soup.h1 is not None
    assert soup.h1.text == words
    assert soup.select(f"header.banner.{verdict}") != []


def test_the_table_of_contents_leads_to_every_step(tmp_path: Path) -> None:
    soup = page(tmp_path, run_of(PASSED, FAILED))

    targets = [str(link["href"]) for link in soup.select("nav .contents a")]
    assert targets == ["#step-01", "#step-09"]
    assert [len(soup.select(target)) for target in targets] == [1, 1]


def test_nothing_is_asked_of_anybody(tmp_path: Path) -> None:
    text = html.render(run_of(PASSED, FAILED), lay_out(tmp_path))

    sources = re.findall(r'(?:src|srcset|poster)="([^"]{0,20})', text)
    assert sources == ["data:image/png;base6"]
    assert re.findall(r"@import|url\(|<script|<link|<iframe", text) == []


def test_texts_are_escaped(tmp_path: Path) -> None:
    soup = page(tmp_path, run_of(PASSED))

    assert soup.select("b b") == []
    assert "The address opens <b>&</b>" in soup.select("details.case .title")[0].text


def test_a_failure_shows_expected_actual_and_what_was_seen_meanwhile(tmp_path: Path) -> None:
    soup = page(tmp_path, run_of(FAILED))

    failure = soup.select(".failure")[0].text
    assert '"Maria Teste"' in failure
    assert '"IGSID 1789"' in failure
    assert "5.0 s, 6 observations" in failure
    assert len(soup.select(".history li")) == 2


def test_a_passed_expectation_says_that_it_was_met(tmp_path: Path) -> None:
    soup = page(tmp_path, run_of(PASSED))

    assert soup.select("li.expected .actual-text")[0].text == "Actual: as expected"
    assert soup.select("li.expected .note")[0].text == "A note to the reader"


def test_a_picture_is_embedded_and_described(tmp_path: Path) -> None:
    soup = page(tmp_path, run_of(PASSED))

    [picture] = soup.select("figure img")
    assert picture["alt"] == "The window “console” after: the login page is shown"


def test_an_edge_that_passed_shows_the_last_picture_of_a_window_only(tmp_path: Path) -> None:
    step = PASSED.steps[1]
    twice = replace(
        PASSED,
        id="step-01/edge",
        steps=(
            step,
            replace(step, evidence=(Evidence("screenshot", "evidence/two.png", "console"),)),
        ),
    )

    soup = page(tmp_path, run_of(PASSED, twice))

    assert len(soup.select("#step-01--edge figure")) == 1


def test_the_exchanges_of_a_case_are_shown_with_their_signature(tmp_path: Path) -> None:
    soup = page(tmp_path, run_of(PASSED))

    [exchange] = soup.select("details.exchange")
    assert "POST /webhooks/meta" in exchange.summary.text  # type: ignore[union-attr]
    assert "sha256=abc123" in exchange.select(".signature")[0].text


def test_a_case_that_did_not_pass_stands_open(tmp_path: Path) -> None:
    soup = page(tmp_path, run_of(PASSED, case_with(Verdict.ERROR, 2), case_with(Verdict.PASSED, 3)))

    opened = [str(case["id"]) for case in soup.select("details.case[open]")]
    assert opened == ["step-01--the-address-opens", "step-01--case-2"]


class Balance(HTMLParser):
    """Counts what is opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open += [tag] * (tag not in {"meta", "img"})

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_tag_is_closed(tmp_path: Path) -> None:
    balance = Balance()

    balance.feed(html.render(run_of(PASSED, FAILED), lay_out(tmp_path)))

    assert balance.open == []

"""A page that never answers: its cases become errors in time, and the run comes to its end."""

from pathlib import Path

from tests.conformance.reviewing import review

FACTORY = "tests.fakes.endless_console:create_app"


def test_a_page_whose_script_never_ends_is_an_error_of_its_cases(tmp_path: Path) -> None:
    seen = review(FACTORY, "browser", tmp_path, "step-01", patience="page_s = 2.0")

    assert seen.exit_code == 3
    assert seen.steps_with("failed") == set()
    assert seen.steps_with("error") == {"step-01"}
    assert "step-01/the-address-opens-the-login-page" in seen.cases_with("passed")
    assert "answered nothing for 2 s" in seen.output

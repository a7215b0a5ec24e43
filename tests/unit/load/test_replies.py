"""An answer is found again by its word."""

from harness.load.replies import marked, marks_in


def test_the_word_of_an_answer_is_found() -> None:
    assert marks_in(marked("Olá [oi] tudo bem?", "R-agent001-12")) == ("R-agent001-12",)


def test_a_text_without_a_word_has_none() -> None:
    assert marks_in("Olá [oi] R-1") == ()


def test_words_are_found_in_an_escaped_body() -> None:
    assert marks_in('{"text":"a [R-x-1]","more":"[R-x-2]"}') == ("R-x-1", "R-x-2")

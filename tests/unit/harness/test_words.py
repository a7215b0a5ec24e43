"""What customers and agents write."""

import pytest
from faker import Faker

from harness.steps.words import CONTENTS, Words, exactly, token_of


def words(seed: str = "1:step-08/x") -> Words:
    faker = Faker()
    faker.seed_instance(seed)
    return Words(faker, (faker,))


def test_the_same_seed_writes_the_same() -> None:
    first, second = words(), words()

    assert [first.question(), first.answer()] == [second.question(), second.answer()]


def test_every_text_carries_its_own_token() -> None:
    customer = words()

    tokens = {token_of(customer.question()) for _ in range(200)}

    assert len(tokens) == 200


@pytest.mark.parametrize("content", [*CONTENTS, "1000 bytes"])
def test_texts_with_contents_can_be_found_by_their_token(content: str) -> None:
    text = words().containing(content)

    assert text.startswith(token_of(text))


@pytest.mark.parametrize("beginning", ["", "x", "xabcdefgh ", "é"])
def test_a_text_has_exactly_the_bytes_and_mixes_scripts(beginning: str) -> None:
    text = exactly(1000, beginning)

    assert len(text.encode()) == 1000
    assert {"é", "漢", "🙂", "ж"} <= set(text)


def test_a_plain_question_is_plain() -> None:
    question = words().question()

    assert question.isascii()
    assert "\n" not in question

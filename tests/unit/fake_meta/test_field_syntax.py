"""The language of the `fields` parameter (meta-contract §5.5)."""

import pytest

from fake_meta.domain.field_syntax import Field, FieldSyntaxError, parse_fields, written


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a,b", (Field("a"), Field("b"))),
        (" a , b ,", (Field("a"), Field("b"))),
        ("", ()),
        ("a{b,c},d", (Field("a", (Field("b"), Field("c"))), Field("d"))),
        ("a {b { c } , d}", (Field("a", (Field("b", (Field("c"),)), Field("d"))),)),
        ("a{}", (Field("a"),)),
        ("a.limit(5){b}", (Field("a", (Field("b"),), {"limit": "5"}),)),
        ("a.limit(5).after(x=)", (Field("a", arguments={"limit": "5", "after": "x="}),)),
    ],
)
def test_fields_are_read_at_any_depth(text: str, fields: tuple[Field, ...]) -> None:
    assert parse_fields(text) == fields


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a}", 'Expected end of string instead of "}". at character 1'),
        ("a{b", 'Expected "}". at character 3'),
        ("a.limit(", 'Expected end of string instead of ".". at character 1'),
        ("a{" * 30, "Field expansion deeper than 20 levels. at character 42"),
    ],
)
def test_what_is_no_list_of_fields_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(FieldSyntaxError) as caught:
        parse_fields(text)

    assert str(caught.value) == complaint


def test_fields_are_written_as_they_are_asked_for() -> None:
    text = "a,b.limit(2){c{d},e}"

    assert written(parse_fields(text)) == text

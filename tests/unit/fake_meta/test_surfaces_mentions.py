"""Mentions as customers type them."""

import pytest

from fake_meta.surfaces.mentions import mentions_in


@pytest.mark.parametrize(
    ("field", "caption", "names"),
    [
        ("", "", ()),
        ("@empresa.exemplo", "", ("empresa.exemplo",)),
        ("empresa.exemplo", "", ("empresa.exemplo",)),
        (" @Empresa.Exemplo , @ana ", "", ("empresa.exemplo", "ana")),
        ("", "Thanks to @empresa.exemplo.", ("empresa.exemplo",)),
        ("@empresa.exemplo", "so good @empresa.exemplo!", ("empresa.exemplo",)),
        ("", "write to ana@empresa.exemplo", ()),
        ("@", "@ alone", ()),
    ],
)
def test_mentions_come_from_field_and_caption(field: str, caption: str, names: tuple) -> None:
    assert mentions_in(field, caption) == names

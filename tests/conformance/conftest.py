"""Collects what the reviews said and writes the page of defects at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance import table
from tests.conformance.defects import Defect
from tests.conformance.reviewing import Review


@pytest.fixture(scope="session")
def reviews() -> Iterator[dict[Defect, Review]]:
    seen: dict[Defect, Review] = {}
    yield seen
    table.write(seen)

"""Lets two consoles be reviewed at a time, and writes the page of defects at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conformance import table
from tests.conformance.defects import Defect
from tests.conformance.reviewing import Review, review

# A review of a defective console mostly waits for what never comes.
AT_ONCE = 2


@pytest.fixture(scope="session")
def reviewed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Defect], Review]]:
    """What the review said of a defective console; all chosen ones are reviewed ahead."""
    seen: dict[Defect, Review] = {}
    environ = dict(os.environ)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        underway = {
            defect: pool.submit(
                review,
                defect.factory,
                defect.driver,
                tmp_path_factory.mktemp(defect.module),
                environ=environ,
            )
            for defect in sorted(_chosen(request.session.items), key=_shortness)
        }

        def answer(defect: Defect) -> Review:
            seen[defect] = underway[defect].result()
            return seen[defect]

        yield answer
        pool.shutdown(cancel_futures=True)
    table.write(seen)


def _chosen(items: list[pytest.Item]) -> list[Defect]:
    rows = [getattr(item, "callspec", None) for item in items]
    found = [row.params.get("defect") for row in rows if row is not None]
    return [defect for defect in found if isinstance(defect, Defect)]


def _shortness(defect: Defect) -> bool:
    """Sort the long reviews to the front, so that none is left alone at the end."""
    return defect.driver != "browser"

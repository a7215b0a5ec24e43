"""A history is written and read back as it was, and a damaged one is refused with its line."""

from pathlib import Path

import pytest

from harness.simulation.history import History, HistoryError, parsed, read_history, written
from tests.fakes.little_floor import LittleFloor


def test_a_history_is_read_back_as_it_was_written() -> None:
    history = LittleFloor(["ana"], ["eva"], 1).play({"ana": 2})

    again = History(parsed(written(event) for event in history.events))

    assert again.events == history.events


def test_an_unknown_kind_names_the_line() -> None:
    with pytest.raises(HistoryError, match="history:2: "):
        list(parsed(["", '{"kind":"rumour","at_ms":1}']))


def test_a_wrong_value_names_field_and_value() -> None:
    with pytest.raises(HistoryError, match=r"order: .*'first'"):
        list(
            parsed(['{"kind":"customer_sent","at_ms":1,"customer":"a","mid":"m","order":"first"}'])
        )


def test_a_cut_line_is_refused() -> None:
    with pytest.raises(HistoryError, match="history:1: "):
        list(parsed(['{"kind":"customer_se']))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="cannot be read"):
        read_history(tmp_path / "none.ndjson")

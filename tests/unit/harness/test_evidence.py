"""What a case leaves behind."""

from pathlib import Path

import pytest

from harness.evidence import Evidence


class Window:
    """A window that shows one picture after the other."""

    def __init__(self, label: str, *pictures: bytes | None) -> None:
        self.label = label
        self._pictures = list(pictures)

    def shoot(self) -> bytes | None:
        return self._pictures.pop(0)


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    return Evidence(tmp_path, "step-01/it-opens")


def test_every_watched_window_is_pictured_after_a_step(evidence: Evidence, tmp_path: Path) -> None:
    evidence.watch(Window("console", b"\x89PNG1"))
    evidence.watch(Window("phone", b"\xff\xd81"))

    evidence.take_pictures()

    _, items = evidence.collect()
    assert [(item.kind, item.path, item.label) for item in items] == [
        ("screenshot", "evidence/step-01/it-opens/01-console.png", "console"),
        ("screenshot", "evidence/step-01/it-opens/02-phone.jpg", "phone"),
    ]
    assert (tmp_path / items[0].path).read_bytes() == b"\x89PNG1"


def test_a_picture_like_the_last_of_its_window_is_not_kept(evidence: Evidence) -> None:
    evidence.watch(Window("console", b"1", b"1", None, b"2"))

    evidence.take_pictures()
    evidence.take_pictures()
    evidence.take_pictures()
    evidence.take_pictures()

    assert len(evidence.collect()[1]) == 2


def test_a_window_is_watched_once(evidence: Evidence) -> None:
    window = Window("console", b"1")
    evidence.watch(window)
    evidence.watch(window)
    evidence.watch(None)

    evidence.take_pictures()

    assert len(evidence.collect()[1]) == 1


@pytest.mark.parametrize(
    ("kind", "data", "path", "written"),
    [
        ("text", "olá", "01-a-name.txt", "olá"),
        ("json", {"a": 1}, "01-a-name.json", '{\n "a": 1\n}'),
        ("html", b"<p>", "01-a-name.html", "<p>"),
    ],
)
def test_data_is_kept_as_a_file_of_its_kind(
    evidence: Evidence, kind: str, data: str, path: str, written: str
) -> None:
    file = evidence.attach(kind, "A name!", data)

    assert (file.name, file.read_text(encoding="utf-8")) == (path, written)


def test_notes_belong_to_the_step_in_which_they_were_written(evidence: Evidence) -> None:
    evidence.note("first")
    first = evidence.collect()
    evidence.note("second")

    assert (first[0], evidence.collect()[0]) == (("first",), ("second",))

"""Server-Sent Events are read as the standard says."""

from harness.load.event_stream import ServerEvent, server_events


def events(text: str) -> list[ServerEvent]:
    return list(server_events(text.encode().split(b"\n")))


def test_an_event_has_id_type_and_data() -> None:
    assert events('id: 7\nevent: queue\ndata: {"length": 1}\n\n') == [
        ServerEvent("7", "queue", '{"length": 1}')
    ]


def test_comments_are_skipped() -> None:
    assert events(": still here\n\ndata: x\n\n") == [ServerEvent("", "message", "x")]


def test_lines_of_data_are_joined() -> None:
    assert events("data: a\ndata:b\n\n") == [ServerEvent("", "message", "a\nb")]


def test_the_last_id_stays() -> None:
    assert [event.id for event in events("id: 7\ndata: a\n\ndata: b\n\n")] == ["7", "7"]


def test_an_unfinished_event_is_none() -> None:
    assert events("data: a") == []

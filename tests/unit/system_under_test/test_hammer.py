"""Threads of two processes do everything at once; every law holds afterwards, on both engines.

A long proof (`make soak`) makes forty times as many moves.
"""

from __future__ import annotations

from collections import Counter

from system_under_test.domain.audit import audit
from tests.fakes.floor_hammer import POSITIONS, PROCESSES, THREADS, hammer, prepare, settle
from tests.fakes.proof_figures import is_long, leave

MOVES = 1_000 if is_long() else 25
EVERY_MOVE = {
    "write", "reply", "end", "enter", "pause", "transfer", "answer_offer", "give", "take_back",
    "force", "sign_out", "pass_on", "direct",
}  # fmt: skip


def test_every_law_holds_after_everything_at_once(database_url: str) -> None:
    little = prepare(database_url)

    done = hammer(database_url, MOVES, seed=7)
    sent = Counter(settle(little))

    sent.update(text for one in done for text in one.sent)
    book = little.store.audited()
    with little.store.reading() as records:
        loads = little.transfers.router.eligible(records)
        services = {one.id: one for one in records.services.all()}
        left = little.transfers.router._decide(records, services)
    sessions = little.scalar(
        "SELECT coalesce(max(many), 0) FROM (SELECT count(*) AS many FROM session"
        " WHERE ended_ms IS NULL GROUP BY agent_id) AS live"
    )
    most = little.scalar("SELECT max(slot_no) FROM conversation")
    little.store.close()

    assert audit(book) == []
    written = [mid for one in done for mid in one.written]
    assert Counter(one.mid for one in book.bubbles if one.direction == "in") == Counter(written)
    told = {one.text: one.letter_state for one in book.bubbles if one.direction == "out"}
    assert sent == Counter(told.keys())
    assert set(told.values()) == {"sent"}
    assert left == [], loads
    assert sessions <= 1  # none when the last one was just sent home
    assert most is None or most <= POSITIONS
    assert {one.service_id for one in book.moves if one.seated} == set(services)
    assert set().union(*(one.tried for one in done)) == EVERY_MOVE
    assert sum(one.refused for one in done) > 0
    leave(
        f"hammer-{database_url.partition(':')[0].partition('+')[0]}",
        moves=MOVES * PROCESSES * THREADS,
        of_them_too_late_and_refused=sum(one.refused for one in done),
        messages_written=len(written),
        replies_sent=sum(sent.values()),
        violations=0,
    )

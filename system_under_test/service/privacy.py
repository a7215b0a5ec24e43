"""People who take their data back (meta-contract §11).

A deletion erases what was written and known, everywhere, and keeps an audit that names nobody. Who
removes the app takes a token with them: every channel is asked at once whether it still works.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from system_under_test.domain.signed_request import SignedRequestError, read_signed_request
from system_under_test.service.erasure_records import Erasure
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Records
from system_under_test.service.router import Router

DATA_DELETION, DEAUTHORIZE = "data_deletion", "deauthorize"
SUBSCRIPTIONS = "worker:subscriptions"


@dataclass(frozen=True, slots=True)
class Privacy:
    """What Meta's two callbacks do; `secrets` are those that may have signed them."""

    store: Store
    clock: Clock
    router: Router
    secrets: tuple[str, ...]
    new_token: Callable[[], str]

    def delete(self, signed: str) -> Erasure:
        """Erase the person; the same request again gives the same answer."""
        user_id, audit = self._open(DATA_DELETION, signed)
        with self.store.writing() as records:
            known = records.erasures.of_request(audit.request_digest)
            if known is not None:
                return known
            threads = records.erasures.threads_of(user_id)
            messages = 0
            for number, customer_id in enumerate(threads, 1):
                records.erasures.erase_events(customer_id)
                self._end(records, customer_id)
                pseudonym = f"erased:{audit.code}:{number}"
                messages += records.erasures.erase_thread(customer_id, pseudonym)
            deliveries = records.erasures.erase_deliveries(user_id)
            made = replace(audit, threads=len(threads), messages=messages, deliveries=deliveries)
            records.erasures.add(made)
            self.router.run(records, "erased")
        self.store.settle()
        return made

    def deauthorize(self, signed: str) -> Erasure:
        """Somebody has removed the app: ask of every channel whether its token still works."""
        user_id, audit = self._open(DEAUTHORIZE, signed)
        with self.store.writing() as records:
            known = records.erasures.of_request(audit.request_digest)
            if known is not None:
                return known
            del user_id  # who it was says nothing about the channels: Meta names a person
            records.channels.recheck(audit.at_ms)
            records.erasures.add(audit)
            records.wake(SUBSCRIPTIONS)
            return audit

    def status(self, code: str) -> Erasure | None:
        """What became of a request."""
        with self.store.reading() as records:
            return records.erasures.find(code)

    def _open(self, kind: str, signed: str) -> tuple[str, Erasure]:
        now_ms = self.clock.now_ms()
        digest = hashlib.sha256(f"{kind}:{signed}".encode("utf-8", "replace")).hexdigest()
        audit = Erasure(self.new_token()[:20], kind, digest, now_ms)
        trouble = SignedRequestError("the console has no app secret")
        for secret in self.secrets:
            try:
                return read_signed_request(secret, signed, now_ms), audit
            except SignedRequestError as error:
                trouble = error
        raise trouble

    def _end(self, records: Records, customer_id: int) -> None:
        conversation = records.conversations.open_of(customer_id)
        if conversation is None:
            return
        for message in records.messages.of_conversation(conversation.id):
            erased = records.messages.erase(message.id)
            self.router.announcer.message(records, conversation, erased, is_new=False)
        self.router.attendance.end(records, conversation, "erased")

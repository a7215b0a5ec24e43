"""Files that an agent sends: kept here, fetched by Meta at an address that nobody guesses.

The address is signed, so that it needs no session: Meta has none. It is good as long as the file
is there, that is until the message is withdrawn or the person is erased.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from system_under_test.domain.attachments import check_attachment
from system_under_test.domain.conversations import ACTIVE, ENDED
from system_under_test.domain.messages import Content, Part
from system_under_test.service.desk import AlreadyEndedError, KeyReusedError
from system_under_test.service.file_records import NewFile, StoredFile
from system_under_test.service.ports import Clock, Store
from system_under_test.service.records import Records
from system_under_test.service.replies import Attached, Reply, check_window, queue_reply
from system_under_test.service.router import Router
from system_under_test.service.sharing import WrongStateError, own

MEDIA_PATH = "/interact_multiagent/media"


@dataclass(frozen=True, slots=True)
class Upload:
    """What an agent sends; `origin` is where Meta reaches this console, `key` the idempotency."""

    data: bytes
    origin: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Attaching:
    """The agent's use case, and Meta's reading of what came of it."""

    store: Store
    clock: Clock
    router: Router
    signing_key: bytes

    def attach(self, agent_id: int, conversation_id: int, upload: Upload) -> dict[str, Any]:
        """Queue a file as a reply; the same key and bytes give the same message."""
        digest = hashlib.sha256(upload.data).hexdigest()
        announcer = self.router.announcer
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            channel = records.channels.get(conversation.channel_id)
            found = check_attachment(upload.data, channel.medium.name)
            known = self._known(records, conversation_id, upload.key, digest)
            if known is not None:
                return announcer.views.message(records.messages.get(known))
            if conversation.state == ENDED:
                raise AlreadyEndedError
            if conversation.state != ACTIVE:
                raise WrongStateError(conversation.state)
            now_ms = self.clock.now_ms()
            check_window(records, conversation, now_ms)
            new = NewFile(
                conversation.customer_id,
                found.content_type,
                found.ending,
                digest,
                upload.data,
                now_ms,
            )
            file_id = records.files.add(new)
            path = self.path_of(file_id, digest)
            content = Content(found.kind, "", path, (Part(found.kind, path),))
            attached = Attached(file_id, found.kind, upload.origin + path)
            author = records.agents.get(agent_id).name
            reply = Reply(content, author, upload.key, attached=attached)
            message = queue_reply(records, announcer, conversation, reply, now_ms)
            self.router.attendance.replied(records, conversation)
            return announcer.views.message(message)

    def read(self, file_id: int, signature: str) -> StoredFile | None:
        """The file, for whoever knows its address; None for everybody else."""
        with self.store.reading() as records:
            digest = records.files.digest(file_id)
            if digest is None or not self._is_signed(file_id, digest, signature):
                return None
            return records.files.get(file_id)

    def path_of(self, file_id: int, digest: str) -> str:
        """Where the file is, without host."""
        return f"{MEDIA_PATH}/{file_id}/{self._signature(file_id, digest)}"

    def _known(
        self, records: Records, conversation_id: int, key: str | None, digest: str
    ) -> int | None:
        letter = records.outbox.by_key(conversation_id, key) if key else None
        if letter is None:
            return None
        if letter.file_id is None or records.files.digest(letter.file_id) != digest:
            raise KeyReusedError
        return letter.message_id

    def _is_signed(self, file_id: int, digest: str, signature: str) -> bool:
        expected = self._signature(file_id, digest)
        return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))

    def _signature(self, file_id: int, digest: str) -> str:
        said = f"{file_id}:{digest}".encode()
        return hmac.new(self.signing_key, said, hashlib.sha256).hexdigest()

"""The records of one transaction, over SQLAlchemy Core."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from system_under_test.adapters.agent_rows import AgentRows, SessionRows
from system_under_test.adapters.attempt_rows import AttemptRows
from system_under_test.adapters.conversation_rows import ConversationRows
from system_under_test.adapters.customer_rows import ChannelRows, CustomerRows
from system_under_test.adapters.deadline_rows import DeadlineRows
from system_under_test.adapters.delivery_rows import DeliveryRows
from system_under_test.adapters.erasure_rows import ErasureRows
from system_under_test.adapters.event_rows import RoutingLogRows, UiEventRows
from system_under_test.adapters.file_rows import FileRows
from system_under_test.adapters.mark_rows import MarkRows
from system_under_test.adapters.measure_rows import LegRows, SampleRows
from system_under_test.adapters.message_rows import MessageRows
from system_under_test.adapters.note_rows import NoteRows
from system_under_test.adapters.outbox_rows import OutboxRows
from system_under_test.adapters.service_rows import ServiceRows
from system_under_test.adapters.span_rows import SpanRows
from system_under_test.adapters.status_rows import StatusRows
from system_under_test.service.ports import Clock


class SqlRecords:
    """Implements service.records.Records."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.woken: set[str] = set()
        self.deliveries = DeliveryRows(connection)
        self.channels = ChannelRows(connection)
        self.customers = CustomerRows(connection)
        self.conversations = ConversationRows(connection)
        self.messages = MessageRows(connection)
        self.marks = MarkRows(connection)
        self.erasures = ErasureRows(connection)
        self.files = FileRows(connection)
        self.notes = NoteRows(connection)
        self.agents = AgentRows(connection)
        self.sessions = SessionRows(connection)
        self.outbox = OutboxRows(connection)
        self.ui_events = UiEventRows(connection, clock, self.woken)
        self.routing_log = RoutingLogRows(connection, clock)
        self.services = ServiceRows(connection)
        self.statuses = StatusRows(connection)
        self.legs = LegRows(connection)
        self.samples = SampleRows(connection)
        self.spans = SpanRows(connection)
        self.attempts = AttemptRows(connection)
        self.deadlines = DeadlineRows(connection)

    def wake(self, topic: str) -> None:
        """Ring this topic after the commit."""
        self.woken.add(topic)

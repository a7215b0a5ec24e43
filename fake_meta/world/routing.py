"""Verbs of thread control between the app under test and a second app (meta-contract §3.11)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain import gesture_events, routing
from fake_meta.domain.errors import NotAllowedError
from fake_meta.domain.events import EventName, WebhookField
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Igsid
from fake_meta.world.business import BusinessVerbs
from fake_meta.world.state import CustomerRecord

PASS, TAKE, REQUEST = "pass_thread_control", "take_thread_control", "request_thread_control"


class RoutingVerbs(BusinessVerbs):
    """Pass, take, request, release, extend; by our app and by the other one."""

    @property
    def second_app_id(self) -> str:
        """Id of the other app that is connected to the account."""
        with self._lock:
            return self._state.second_app_id

    @property
    def default_app(self) -> str | None:
        """Id of the default app; None: every app may answer everybody."""
        with self._lock:
            return self._inbox.default_app

    def set_default_app(self, app_id: str | None) -> None:
        """Name the default app, or none; our app hears of its role by app_roles."""
        with self._lock:
            state = self._state
            if app_id not in (None, state.app.id, state.second_app_id):
                raise NotAllowedError(
                    f"no app {app_id!r} is connected; there are {state.app.id} and "
                    f"{state.second_app_id}"
                )
            self._inbox.default_app = app_id
            if app_id is not None:
                self._tell_role(app_id)

    def controller_of(self, username: str) -> str | None:
        """Id of the app that controls this thread; None: nobody does, all may answer."""
        with self._lock:
            return self._controller(self._record(username).thread)

    def pass_control(self, igsid: str, target: str, metadata: str | None) -> None:
        """Our app gives the thread away; the other app would hear of it."""
        with self._lock:
            record = self._held(igsid)
            if target != self._state.second_app_id:
                detail = f"Param target_app_id {target[:40]} is not a connected app"
                raise GraphCallError(GraphError.PARAMETER, detail=detail)
            self._give(record, target)
            del metadata  # it goes to the other app, which is nobody's webhook here

    def take_control(self, igsid: str, metadata: str | None) -> None:
        """Our app takes the thread; only the default app may, when there is one."""
        with self._lock:
            record = self._customer_behind(igsid)
            if self._inbox.default_app not in (None, self._state.app.id):
                raise GraphCallError(self._rules.other_app_controls)
            self._give(record, self._state.app.id)
            del metadata

    def request_control(self, igsid: str, metadata: str | None) -> None:
        """Our app asks for the thread; the other app decides by its own call."""
        with self._lock:
            self._customer_behind(igsid)
            del metadata

    def release_control(self, igsid: str) -> None:
        """Our app lets go."""
        with self._lock:
            record = self._held(igsid)
            record.thread.owner = None

    def extend_control(self, igsid: str) -> None:
        """Our app keeps the thread for 7 days."""
        with self._lock:
            record = self._held(igsid)
            record.thread.owner = self._state.app.id
            record.thread.owner_until_ms = self._clock.now_ms() + routing.EXTENDED_MS

    def control_by_second_app(self, username: str, call: str, metadata: str | None) -> str | None:
        """The other app passes, takes or requests the thread; our app hears of it.

        Answers why our app does not hear it, or None.
        """
        with self._lock:
            record = self._record(username)
            state, now = self._state, self._controller(record.thread)
            body: dict[str, Any] = {"previous_owner_app_id": now}
            if call == PASS:
                if now != state.second_app_id:
                    raise NotAllowedError(f"the second app does not control {username}'s thread")
                self._give(record, state.app.id)
                body["new_owner_app_id"] = state.app.id
            elif call == TAKE:
                self._give(record, state.second_app_id)
                body["new_owner_app_id"] = state.second_app_id
            else:
                body = {"requested_owner_app_id": state.second_app_id}
            if metadata is not None:
                body["metadata"] = metadata
            return self._tell_control(record, call, body)

    def _tell_control(self, record: CustomerRecord, call: str, body: dict[str, Any]) -> str | None:
        account, now_ms = self._inbox.account.id, self._clock.now_ms()
        igsid = record.customer.igsid
        item = gesture_events.handover_item(account, igsid, now_ms, (call, body))
        event = self._event(record, EventName.HANDOVER, (), item, WebhookField.HANDOVER)
        return self._emit(record.customer, [event])

    def _tell_role(self, app_id: str) -> None:
        account = self._inbox.account
        item = gesture_events.app_roles_item(account.id, self._clock.now_ms(), app_id)
        self._emit_account_event(EventName.HANDOVER, WebhookField.HANDOVER, item)

    def _give(self, record: CustomerRecord, app_id: str) -> None:
        record.thread.owner = app_id
        record.thread.owner_until_ms = self._clock.now_ms() + routing.CONTROL_MS

    def _customer_behind(self, igsid: str) -> CustomerRecord:
        self.check_message_access()
        record = self._inbox.by_igsid.get(Igsid(igsid))
        if record is None:
            raise GraphCallError(self._rules.unknown_person)
        return record

    def _held(self, igsid: str) -> CustomerRecord:
        """The thread, which no other app may control."""
        record = self._customer_behind(igsid)
        if self._is_controlled_elsewhere(record.thread):
            raise GraphCallError(self._rules.other_app_controls)
        return record

"""What differs between the two inboxes of a Page: Instagram's and Messenger's.

Source: meta-contract §3.13, §4.5, §6.6, §7.3 and §8.2; one row a platform.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fake_meta.domain.accounts import Permission
from fake_meta.domain.graph_errors import AnyError, GraphError
from fake_meta.domain.messaging_errors import MessagingError


class Platform(StrEnum):
    """Where a thread is, as `platform` of the Conversations API names it (meta-contract §5.4)."""

    INSTAGRAM = "instagram"
    MESSENGER = "messenger"


@dataclass(frozen=True, slots=True)
class PlatformRules:
    """Its webhook object, the permission that its messages need, and what its refusals are."""

    object: str
    permission: Permission
    unknown_person: AnyError
    never_wrote: AnyError
    outside_window: AnyError
    needs_permission: AnyError
    no_role: AnyError
    other_app_controls: AnyError
    message_limit: AnyError


RULES: Mapping[Platform, PlatformRules] = {
    Platform.INSTAGRAM: PlatformRules(
        object="instagram",
        permission=Permission.MANAGE_MESSAGES,
        unknown_person=GraphError.NO_MATCHING_CUSTOMER,
        never_wrote=GraphError.NEVER_WROTE,
        outside_window=GraphError.OUTSIDE_WINDOW,
        needs_permission=GraphError.NEEDS_MANAGE_MESSAGES,
        no_role=GraphError.NO_ROLE,
        other_app_controls=GraphError.NOT_THREAD_OWNER,
        message_limit=MessagingError.MESSAGE_LIMIT,
    ),
    Platform.MESSENGER: PlatformRules(
        object="page",
        permission=Permission.PAGES_MESSAGING,
        unknown_person=MessagingError.NO_MATCHING_USER,
        never_wrote=MessagingError.MESSENGER_WINDOW,
        outside_window=MessagingError.MESSENGER_WINDOW,
        needs_permission=GraphError.NEEDS_PAGES_MESSAGING,
        no_role=MessagingError.NOT_REVIEWED,
        other_app_controls=MessagingError.OTHER_APP_CONTROLS,
        message_limit=MessagingError.THREAD_LIMIT,
    ),
}

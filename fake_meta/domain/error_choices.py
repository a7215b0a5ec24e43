"""Errors on which Meta's sources disagree: which row a choice puts in place of which.

Rules raise the emulator's own answer; the door asks here what the choices make of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.choices import Choices
from fake_meta.domain.graph_errors import AnyError, GraphCallError, GraphError
from fake_meta.domain.messaging_errors import MessagingError

Switch = tuple[str, Mapping[str, AnyError]]

_PERMISSION: Switch = (
    "missing_permission",
    {"10": GraphError.PERMISSION_MISSING, "100/33": GraphError.MISSING_ANY},
)
_LOGIN: Switch = ("login_faults", {"100": GraphError.LOGIN_REFUSED})
_REFRESH: Switch = ("refused_refresh", {"10": GraphError.NO_PERMISSION})

SWITCHES: Mapping[AnyError, Switch] = {
    GraphError.UNKNOWN_VERSION: ("unknown_version", {"2635": GraphError.VERSION_NOT_OFFERED}),
    GraphError.VERIFICATION_FAILED: (
        "failed_verification",
        {"dashboard_text": GraphError.CALLBACK_FAILED},
    ),
    GraphError.NEVER_WROTE: ("first_contact", {"100/2534014": GraphError.NO_MATCHING_CUSTOMER}),
    GraphError.PROFILE_WITHOUT_ROLE: (
        "profile_without_role",
        {"230": GraphError.NEEDS_MANAGE_MESSAGES, "10": GraphError.NO_PERMISSION},
    ),
    GraphError.MESSAGE_DELETED: ("unsent_message_read", {"100/33": GraphError.MISSING_GET}),
    GraphError.CLIENT_SECRET: _LOGIN,
    GraphError.LOGIN_PARAMETER: _LOGIN,
    GraphError.CLIENT_UNKNOWN: _LOGIN,
    GraphError.CODE_EXPIRED: _LOGIN,
    GraphError.CODE_OTHER_REDIRECT: _LOGIN,
    GraphError.TOO_YOUNG_TO_REFRESH: _REFRESH,
    GraphError.SESSION_KEY: _REFRESH,
    GraphError.DATA_ACCESS_LAPSED: (
        "lapsed_data_access",
        {"190/463": GraphError.TOKEN_EXPIRED},
    ),
    GraphError.TOKEN_PAGE_ROLE_LOST: (
        "lost_page_role",
        {"permission_text": GraphError.TOKEN_PAGE_TASK_LOST},
    ),
    GraphError.NEEDS_MANAGE_MESSAGES: _PERMISSION,
    GraphError.NEEDS_PAGES_MESSAGING: _PERMISSION,
    GraphError.PERMISSION_MISSING: _PERMISSION,
    GraphError.NEEDS_METADATA: _PERMISSION,
    GraphError.NO_ROLE: ("send_without_role", {"10/2534022": GraphError.OUTSIDE_WINDOW}),
    GraphError.CUSTOMER_UNAVAILABLE: (
        "blocked_customer",
        {"200/1545041": GraphError.NOT_SENT, "2": GraphError.UNEXPECTED},
    ),
    GraphError.NOT_THREAD_OWNER: (
        "not_thread_owner",
        {"2018300": MessagingError.OTHER_APP_CONTROLS},
    ),
}

_FORBIDDEN = (3, 10)
_PERMISSIONS = range(200, 300)
_USUAL_STATUS = 400


def in_force(fault: GraphCallError, choices: Choices, **gaps: str) -> GraphCallError:
    """What Meta answers under these choices; `gaps` fill what the raiser did not know."""
    switch = SWITCHES.get(fault.error)
    if switch is None:
        return fault
    name, instead = switch
    error = instead.get(getattr(choices, name))
    return fault if error is None else GraphCallError(error, **{**gaps, **fault.gaps})


def status_of(fault: GraphCallError, choices: Choices) -> int:
    """The HTTP status of an error (meta-contract §7.1)."""
    code, status = fault.row.code, fault.row.status
    if choices.http_status == "400" or status != _USUAL_STATUS:
        return status
    if code == 190:
        return 401
    return 403 if code in _FORBIDDEN or code in _PERMISSIONS else status

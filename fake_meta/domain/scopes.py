"""Names of permissions by login flavour (meta-contract §1.1, §1.2)."""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.accounts import Permission
from fake_meta.domain.login import Flavour

SCOPES: Mapping[Flavour, tuple[str, ...]] = {
    Flavour.FACEBOOK: (
        "public_profile", "email", "business_management", "instagram_basic",
        "instagram_content_publish", "instagram_manage_comments", "instagram_manage_insights",
        "instagram_manage_messages", "pages_manage_engagement", "pages_manage_metadata",
        "pages_messaging", "pages_read_engagement", "pages_read_user_content", "pages_show_list",
    ),
    Flavour.INSTAGRAM: (
        "instagram_business_basic", "instagram_business_content_publish",
        "instagram_business_manage_comments", "instagram_business_manage_insights",
        "instagram_business_manage_messages",
    ),
}  # fmt: skip
"""What a dialog lets an app ask for."""

USUAL: Mapping[Flavour, tuple[str, ...]] = {
    Flavour.FACEBOOK: (
        "instagram_basic", "instagram_manage_messages", "pages_manage_metadata",
        "pages_messaging", "pages_show_list", "business_management",
    ),
    Flavour.INSTAGRAM: ("instagram_business_basic", "instagram_business_manage_messages"),
}  # fmt: skip
"""What messaging needs: asked for by `config_id`, and carried by tokens issued without a wish."""

RETIRED: Mapping[str, str] = {
    "business_basic": "instagram_business_basic",
    "business_content_publish": "instagram_business_content_publish",
    "business_manage_comments": "instagram_business_manage_comments",
    "business_manage_messages": "instagram_business_manage_messages",
}
"""Names that stopped working on 27 January 2025, and what replaced them."""

ALWAYS_GRANTED = "public_profile"

_AT_INSTAGRAM: Mapping[Permission, str] = {
    Permission.BASIC: "instagram_business_basic",
    Permission.MANAGE_MESSAGES: "instagram_business_manage_messages",
    Permission.MANAGE_METADATA: "instagram_business_basic",
}
_ENFORCED: Mapping[str, Permission] = {
    **{str(permission): permission for permission in Permission},
    "instagram_business_basic": Permission.BASIC,
    "instagram_business_manage_messages": Permission.MANAGE_MESSAGES,
}


def scope_of(permission: Permission, flavour: Flavour) -> str:
    """The name under which `flavour` knows an enforced permission."""
    if flavour is Flavour.INSTAGRAM:
        return _AT_INSTAGRAM.get(permission, str(permission))
    return str(permission)


def permission_of(scope: str) -> Permission | None:
    """The permission whose access level decides about `scope`; None when none does."""
    return _ENFORCED.get(scope)


def split(text: str) -> tuple[str, ...]:
    """The names of a `scope` parameter, which commas or blanks part."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))

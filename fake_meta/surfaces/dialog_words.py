"""What the login dialogs say about each permission."""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.login import Flavour

WORDS: Mapping[str, str] = {
    "public_profile": "Receive your name and profile picture",
    "email": "Receive your email address",
    "business_management": "Manage your business",
    "instagram_basic": "Access profile and posts from the Instagram account connected to your Page",
    "instagram_content_publish": "Upload media for the Instagram account connected to your Page",
    "instagram_manage_comments": "Manage comments for the Instagram account connected to your Page",
    "instagram_manage_insights": "Access insights for the Instagram account connected to your Page",
    "instagram_manage_messages": "Manage and access conversations in Instagram Direct",
    "pages_manage_engagement": "Create and manage comments on your Page",
    "pages_manage_metadata": "Manage accounts, settings and webhooks for a Page",
    "pages_messaging": "Manage and access Page conversations in Messenger",
    "pages_read_engagement": "Read content posted on the Page",
    "pages_read_user_content": "Read user content on your Page",
    "pages_show_list": "Show a list of the Pages you manage",
    "instagram_business_basic": "View profile and access media",
    "instagram_business_content_publish": "Create content",
    "instagram_business_manage_comments": "Access and manage comments",
    "instagram_business_manage_insights": "Access insights",
    "instagram_business_manage_messages": "Access and manage messages",
}
BRANDS: Mapping[Flavour, str] = {Flavour.FACEBOOK: "Facebook", Flavour.INSTAGRAM: "Instagram"}
LOGIN_LABELS: Mapping[Flavour, str] = {
    Flavour.FACEBOOK: "Email address or phone number",
    Flavour.INSTAGRAM: "Username",
}

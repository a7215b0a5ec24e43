"""Words that the control API takes and tells."""

from __future__ import annotations

from typing import Literal

AccessLevel = Literal["none", "standard", "advanced"]
AccountType = Literal["BUSINESS", "MEDIA_CREATOR"]
AlertKind = Literal["failing", "disabled", "dropped", "slow"]
AppMode = Literal["development", "live"]
DeathCause = Literal[
    "expired",
    "app_removed",
    "checkpoint",
    "password_changed",
    "unconfirmed",
    "logged_out",
    "page_role_lost",
    "secret_reset",
]
EntryKind = Literal[
    "webhook_delivery",
    "webhook_verification",
    "webhook_not_sent",
    "graph_call",
    "login_callback",
    "review_visit",
]
EntryOutcome = Literal["delivered", "failed", "not_sent", "answered"]
Experience = Literal["live_agent", "automated", "both"]
Flavour = Literal["facebook", "instagram"]
Flaw = Literal["none", "bad_signature", "unknown_algorithm", "missing_part", "expired", "json_body"]
Folder = Literal["primary", "general", "requests"]
Health = Literal["good", "wrong", "unknown"]
MediaType = Literal["FEED", "REELS", "LIVE", "AD"]
MentionVariant = Literal["plain", "no_url", "twice", "unsupported"]
MessageKind = Literal[
    "text",
    "image",
    "video",
    "audio",
    "file",
    "story_mention",
    "story_reply",
    "sticker",
    "share",
    "ig_post",
    "ig_reel",
    "reel",
    "ig_story",
    "like_heart",
    "ephemeral",
    "unsupported",
    "template",
    "postback",
]
Origin = Literal["api", "other_tool", "instagram"]
Permission = Literal[
    "instagram_manage_messages", "instagram_basic", "pages_manage_metadata", "pages_messaging"
]
Persona = Literal["pt_BR", "en", "hard"]
ProfileFault = Literal[
    "consent", "no_match", "timeout", "empty_name", "missing_permission", "phone_account"
]
Purpose = Literal["own_business", "clients"]
Role = Literal["tester", "developer", "administrator"]
Secrets = Literal["masked", "shown"]
Sender = Literal["customer", "business"]
Shown = Literal["login", "grant", "message", "reply", "media", "unsend", "direct", "profile"]
Signing = Literal[
    "valid", "wrong", "missing", "other_app", "whole_body", "sha1_only", "sha256_only"
]
SubmissionState = Literal[
    "draft", "in_review", "approved", "partially_approved", "rejected", "cancelled"
]
Surface = Literal["web", "mobile"]
TokenKind = Literal["app", "user", "page", "ig_user"]

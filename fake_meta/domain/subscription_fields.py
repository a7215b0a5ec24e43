"""What an app can subscribe to (meta-contract §2.1.3, §3.14)."""

from __future__ import annotations

FIELDS = frozenset(
    {
        "messages", "messaging_postbacks", "messaging_seen", "messaging_handover",
        "messaging_referral", "messaging_optins", "message_reactions", "message_edit", "standby",
        "comments", "live_comments", "mentions", "story_insights", "feed", "message_deliveries",
        "message_echoes", "message_reads", "messaging_account_linking", "messaging_feedback",
        "messaging_game_plays", "messaging_policy_enforcement", "send_cart", "response_feedback",
        "messenger_template_status_update",
    }
)  # fmt: skip
"""Names that either edge takes, in Instagram's spelling (meta-contract §2.1.3, §3.14)."""

_BOTH = (
    "messages", "messaging_postbacks", "message_reactions", "messaging_referral",
    "messaging_handover", "standby", "message_edit", "messaging_policy_enforcement",
)  # fmt: skip
OFFERED = {
    "instagram": (
        *_BOTH, "messaging_seen", "comments", "live_comments", "mentions", "story_insights",
    ),
    "page": (
        *_BOTH, "message_deliveries", "message_echoes", "message_reads", "messaging_optins",
        "messaging_account_linking", "messaging_feedback", "messaging_game_plays", "send_cart",
        "response_feedback", "feed",
    ),
}  # fmt: skip
"""What the App Dashboard lists for each object (meta-contract §3.14)."""

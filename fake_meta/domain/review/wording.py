"""The rejections in words of our own: what Meta's reviewers mean (meta-contract §10.4)."""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.review.forms import Reason

MEANINGS: Mapping[Reason, str] = {
    Reason.NO_ACCESS: "Nobody could get into the app, so nothing else was looked at.",
    Reason.USE_CASE_NOT_VERIFIED: "What the form describes could not be done again in the app.",
    Reason.PERMISSION_NOT_TESTED: "No successful call that needs the permission was seen.",
    Reason.DISALLOWED_USE: "The described use is not one that the permission is for.",
    Reason.BRAND: "Name or icon use Meta's brands, or the icon is not as asked for.",
    Reason.SETTINGS: "The app's basic settings are not complete.",
    Reason.PRIVACY_POLICY: "The privacy policy cannot be read.",
    Reason.VERIFICATION: "Business or access is not verified, or data handling is not answered.",
    Reason.DESCRIPTION: "The description is too short or is another permission's.",
    Reason.RECORDING: "The screen recording does not show the permission in use, end to end.",
    Reason.UNSENT_MESSAGES: "A message that the customer unsends is not dealt with.",
    Reason.STORIES: "Replies to stories or mentions in stories are not dealt with.",
    Reason.ESCALATION: "The customer has no way to a human being.",
    Reason.WEBHOOK: "Webhooks do not arrive, or are answered badly or late.",
    Reason.ROLES: "The reviewer's own account cannot be heard.",
}


def table() -> str:
    """The reasons as a table of docs/app-dashboard.md."""
    rows = [f"| {reason} | {meaning} |" for reason, meaning in MEANINGS.items()]
    return "\n".join(["| Reason | Means |", "| --- | --- |", *rows])

"""The Send API (meta-contract §4)."""

from __future__ import annotations

from fake_meta.graph_api.sending.send import refuse_account_as_sender, send, upload_attachment

__all__ = ["refuse_account_as_sender", "send", "upload_attachment"]

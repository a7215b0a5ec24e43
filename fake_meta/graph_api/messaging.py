"""What an account that sends messages can be asked: edges of the Page and of `me` (§4, §3.11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fake_meta.graph_api import conversations, messenger_profile, sending, thread_control
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext

MESSAGING_EDGES: Mapping[tuple[str, str], Callable[[GraphContext, GraphCall], Answer]] = {
    ("messages", "POST"): sending.send,
    ("conversations", "GET"): conversations.list_conversations,
    ("message_attachments", "POST"): sending.upload_attachment,
    ("messenger_profile", "POST"): messenger_profile.write_profile,
    ("messenger_profile", "GET"): messenger_profile.read_profile,
    ("messenger_profile", "DELETE"): messenger_profile.delete_profile,
    ("pass_thread_control", "POST"): thread_control.pass_control,
    ("take_thread_control", "POST"): thread_control.take_control,
    ("request_thread_control", "POST"): thread_control.request_control,
    ("release_thread_control", "POST"): thread_control.release_control,
    ("extend_thread_control", "POST"): thread_control.extend_control,
}
"""Edge and method, and who answers them."""

"""Every feature that a console must or should have (contact-centre §G, §F), and who has seen it.

A name is `file::test`, both without `test_`; files of tests/unit/system_under_test, or with `i/`
of tests/integration.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]
ATTENDANCE, CASES = "i/console_attendance", "i/cases_in_a_browser"
PAGES, TOOLS = "i/console_pages", "i/console_tools"

MUST: dict[str, tuple[str, ...]] = {
    "hard cap of eight": (
        "routing::nobody_ever_has_a_ninth_conversation",
        "i/console_desk::eight_positions_then_the_queue_in_order",
        "supervision::a_full_agent_gets_no_ninth_even_from_a_supervisor",
    ),
    "cap enforced by the database": (
        "schema::there_is_no_ninth_position",
        "rules::the_database_refuses_a_ninth_whatever_the_code_does",
    ),
    "status is label and routable flag, pauses with reason": (
        "console_rules::operating_and_ready_receive_and_nothing_else",
        "administration::a_pause_that_was_added_is_in_the_menu_and_receives_nothing",
    ),
    "least loaded, longest idle among equals": (
        "routing::the_agent_with_the_fewest_conversations_wins",
        "routing::among_equals_the_longest_without_assignment_wins",
    ),
    "first in, first out with the original age": (
        "routing::no_later_arrival_of_a_service_overtakes",
        "attendance::the_conversations_of_a_lost_agent_return_with_their_age",
    ),
    "automatic answer": ("i/console_desk::selecting_operating_pulls_what_waited",),
    "one open conversation a thread by constraint": (
        "schema::a_thread_has_one_open_conversation",
        "i/console_intake::ten_first_messages_at_once_make_one_conversation",
    ),
    "new conversation after End, link to history": (
        "i/console_desk::after_end_the_next_message_is_a_new_conversation_with_history",
        f"{PAGES}::a_new_conversation_names_the_previous_one",
    ),
    "re-queue of a lost agent's": (
        "attendance::the_conversations_of_a_lost_agent_return_with_their_age",
    ),
    "routing log with reasons": (
        "supervision::every_move_is_in_the_log",
        "rules::a_decision_tells_who_could_have_had_it_and_who_still_waits",
    ),
    "signed webhook over the raw body": (
        "console_rules::a_signature_is_made_of_the_exact_bytes",
        "i/console_intake::a_wrong_or_missing_signature_is_refused_and_nothing_is_kept",
    ),
    "durable before 200": (
        "i/console_intake::case_05_what_was_acknowledged_survives_a_kill",
        "i/soak::every_law_holds",
    ),
    "idempotent by mid, tombstones, echo matching": (
        "inbox::a_message_is_applied_once_whatever_delivery_brings_it",
        "i/console_desk::an_unsend_that_overtakes_its_message_wins",
        "i/console_desk::an_echo_before_the_answer_makes_one_bubble",
    ),
    "story mention card, story reply context": (
        f"{CASES}::case_37_a_mention_appears_with_its_picture_and_without_a_reload",
        f"{CASES}::case_43_the_story_stands_above_the_text_of_its_reply",
    ),
    "Message deleted for every kind": (
        f"{PAGES}::case_47_an_unsent_message_leaves_a_tombstone",
        f"{CASES}::case_46_nothing_of_an_unsent_attachment_is_left_live_and_after_a_reload",
    ),
    "profile name with a fallback": (
        f"{CASES}::case_34_the_name_comes_with_instagram_basic",
        "i/console_desk::a_missing_name_is_never_invented",
    ),
    "window of 24 h, HUMAN_AGENT by author and age": (
        "windows::the_tag_goes_by_the_age",
        "windows::the_machine_keeps_silent_after_a_day",
    ),
    "token failure banner, inbound never dropped": (
        f"{CASES}::case_62_a_refused_token_is_told_and_case_63_messages_still_arrive",
    ),
    "resume after a disconnect without loss": (
        "i/console_sessions::a_stream_resumes_without_gap_or_repetition",
        f"{CASES}::case_71_what_was_missed_appears_once_and_in_order_when_the_stream_is_back",
    ),
    "log role and labels": ("i/console_accessibility::the_console_is_accessible",),
    "metrics": (
        "measured_by_hand::each_turn_of_the_customer_is_one_reply_time",
        "measured_by_hand::the_service_level_of_four_customers",
        "i/console_supervision::metrics_are_scraped_from_this_machine",
    ),
    "simulation in virtual time with the same router": (
        "capacity::the_console_assigns_as_the_simulation_does",
        "capacity::with_one_answer_each_it_is_erlang_c",
    ),
}
SHOULD: dict[str, tuple[str, ...]] = {
    "longest idle and round robin as options": (
        "ways_of_picking::the_longest_idle_wins_whatever_the_load",
        "ways_of_picking::turns_are_taken_whatever_the_load",
    ),
    "manual accept with a time limit": (
        f"{ATTENDANCE}::an_offer_is_accepted_by_hand",
        "attendance::an_offer_that_passes_goes_to_somebody_else",
    ),
    "wrap-up and classification, off by default": (
        f"{ATTENDANCE}::a_wrap_up_asks_for_the_classification",
        "attendance::a_classification_is_asked_for_and_checked",
    ),
    "transfer to agent and service within the cap": (
        f"{ATTENDANCE}::a_conversation_is_passed_on_to_a_colleague",
        "transfers::a_transfer_to_a_full_agent_is_refused_and_changes_nothing",
        "transfers::a_transfer_to_a_service_keeps_the_age_and_leaves_the_giver_last",
    ),
    "priorities": ("ways_of_picking::a_service_of_higher_priority_takes_the_free_position",),
    "business hours": (
        "business_hours::a_service_is_open_in_its_local_hours",
        "attendance::a_closed_service_keeps_conversations_for_its_opening",
    ),
    "supervisor: live view, force status, pick, peek": (
        "i/console_supervision::the_floor_is_watched_and_moved",
        "supervision::a_forced_status_pulls_the_queue",
        "supervision::peeking_reads_without_a_trace",
    ),
    "echo of the phone app shown as such": (
        "i/console_desk::an_echo_from_the_phone_app_is_shown_and_takes_no_position",
    ),
    "attachments in and out with the table of types": (
        f"{CASES}::case_42_media_is_shown_in_both_directions",
        f"{PAGES}::case_60_a_file_that_instagram_does_not_take_is_explained",
    ),
    "seen": ("marking::reading_a_message_marks_it_and_those_before_it",),
    "reactions, postbacks": (
        f"{CASES}::case_53_a_reaction_stands_on_its_bubble_and_is_taken_back",
        "webhook::a_postback_without_mid_gets_a_stable_one",
    ),
    "quick replies": (
        f"{ATTENDANCE}::a_quick_reply_is_chosen_by_keyboard",
        f"{TOOLS}::quick_replies_open_from_anywhere_and_know_the_conversation",
    ),
    "en and pt-BR, keyboard": (
        "i18n::both_languages_have_the_same_keys",
        f"{PAGES}::the_console_speaks_portuguese",
        f"{TOOLS}::the_keys_lead_through_a_full_desk",
    ),
    "export and audit of a conversation": (
        "supervision::an_export_tells_all_about_a_conversation",
    ),
    # §F.2, what an operator expects to find
    "slot bar and queue counter": (f"{PAGES}::a_second_conversation_waits_with_a_badge",),
    "my day": (f"{TOOLS}::a_day_strip_counts_the_first_response",),
    "timer with thresholds": (f"{TOOLS}::the_wait_turns_yellow_then_red_until_the_reply",),
    "contact panel": (f"{TOOLS}::the_contact_panel_tells_who_it_is",),
    "internal note": (f"{TOOLS}::a_note_is_written_with_the_keyboard_and_stays",),
    "sound and notifications": (
        f"{TOOLS}::without_notifications_a_toast_the_title_and_a_sound_remain",
    ),
    "unread divider": (
        f"{TOOLS}::a_line_stands_before_what_came_while_the_agent_was_elsewhere",
    ),
    "keyboard help and commands": (
        f"{TOOLS}::keys_are_explained_and_do_nothing_inside_a_text",
        f"{TOOLS}::every_command_is_found_by_its_words",
    ),
    "connection banner that clears after the replay": (
        f"{PAGES}::the_banner_stands_until_what_was_missed_is_there",
    ),
    "byte counter, drafts": (f"{PAGES}::the_composer_counts_bytes_and_keeps_drafts",),
    "works at 360 px": (
        f"{PAGES}::list_and_pane_take_turns_where_it_is_narrow",
        f"{PAGES}::nothing_scrolls_sideways",
    ),
}  # fmt: skip


@cache
def known_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


@pytest.mark.parametrize(("feature", "names"), [*MUST.items(), *SHOULD.items()])
def test_a_feature_has_been_seen(feature: str, names: tuple[str, ...]) -> None:
    assert names, feature
    for name in names:
        place, _, test = name.partition("::")
        folder = "integration" if place.startswith("i/") else "unit/system_under_test"
        path = TESTS / folder / f"test_{place.removeprefix('i/')}.py"
        assert f"test_{test}" in known_in(path), f"{feature}: {name}"

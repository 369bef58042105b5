"""The same webhook is recognised when it comes again, and a different one is never taken for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.conversations.inbound import (
    Chat,
    InboundMessage,
    Kind,
    MediaRef,
    StaffMessage,
    TicketMove,
    TicketMoved,
)
from domain.intake.envelope import EnvelopeKeys, keys_of

NOON = datetime(2026, 5, 21, 12, tzinfo=UTC)
CHAT = Chat("5511999990000@s.whatsapp.net")
OTHER_CHAT = Chat("5511999990001@s.whatsapp.net")
WITH_ID = InboundMessage(CHAT, Kind.TEXT, "oi", external_id="3EB0")
WITHOUT_ID = InboundMessage(CHAT, Kind.TEXT, "oi", ticket_id="357")

texts = st.text(max_size=5) | st.sampled_from(["", ":", "1", "1:", "357", "oi"])


def is_repeat(kept: EnvelopeKeys, again: EnvelopeKeys) -> bool:
    """As the database asks it: one address, and the kept key equal to either key of what came."""
    return kept.address == again.address and kept.key in {again.key, again.previous_key}


def test_a_message_with_an_id_is_the_same_whenever_it_comes():
    assert is_repeat(keys_of(WITH_ID, received_at=NOON), keys_of(WITH_ID, received_at=NOON + timedelta(days=9)))
    assert keys_of(WITH_ID, received_at=NOON).previous_key is None


def test_the_same_id_in_two_chats_is_two_messages():
    other = replace(WITH_ID, chat=OTHER_CHAT)

    assert not is_repeat(keys_of(WITH_ID, received_at=NOON), keys_of(other, received_at=NOON))


@pytest.mark.parametrize("seconds", [0, 0.5, 3, 9.9])
def test_without_an_id_the_same_words_soon_after_are_a_repeat_also_across_the_edge(seconds: float):
    for begin in range(12):
        first = NOON + timedelta(seconds=begin)

        kept, again = (keys_of(WITHOUT_ID, received_at=first + timedelta(seconds=late)) for late in (0, seconds))

        assert is_repeat(kept, again)


@pytest.mark.parametrize("seconds", [20, 30, 3600])
def test_without_an_id_the_same_words_later_are_a_new_message(seconds: int):
    kept, later = (keys_of(WITHOUT_ID, received_at=NOON + timedelta(seconds=late)) for late in (0, seconds))

    assert not is_repeat(kept, later)


@pytest.mark.parametrize(
    "other",
    [
        replace(WITHOUT_ID, text="oi!"),
        replace(WITHOUT_ID, ticket_id="358"),
        replace(WITHOUT_ID, ticket_id=None),
        replace(WITHOUT_ID, chat=OTHER_CHAT),
        replace(WITHOUT_ID, media=MediaRef("https://exemplo.com/a.ogg", "audio/ogg")),
        WITH_ID,
        StaffMessage(CHAT, "oi"),
        TicketMoved(CHAT, TicketMove.CLOSED),
    ],
    ids=lambda other: type(other).__name__,
)
def test_without_an_id_anything_else_is_another_message(other: InboundMessage | StaffMessage | TicketMoved):
    assert not is_repeat(keys_of(WITHOUT_ID, received_at=NOON), keys_of(other, received_at=NOON))


def test_two_media_under_two_addresses_are_two_messages():
    one, two = (
        replace(WITHOUT_ID, text="", media=MediaRef(f"https://exemplo.com/{name}.ogg", "audio/ogg")) for name in "ab"
    )

    assert not is_repeat(keys_of(one, received_at=NOON), keys_of(two, received_at=NOON))


def test_contact_staff_and_ticket_never_share_a_key():
    same = [
        InboundMessage(CHAT, Kind.TEXT, "closed", external_id="3EB0"),
        StaffMessage(CHAT, "closed", external_id="3EB0"),
        TicketMoved(CHAT, TicketMove.CLOSED, event_id="3EB0"),
        InboundMessage(CHAT, Kind.TEXT, "closed"),
        StaffMessage(CHAT, "closed"),
        TicketMoved(CHAT, TicketMove.CLOSED),
    ]

    assert len({keys_of(one, received_at=NOON).key for one in same}) == len(same)


def test_what_moved_a_ticket_twice_is_two_events():
    closed, taken = (TicketMoved(CHAT, move) for move in (TicketMove.CLOSED, TicketMove.ASSIGNED))

    assert not is_repeat(keys_of(closed, received_at=NOON), keys_of(taken, received_at=NOON))


def test_a_made_up_id_does_not_outgrow_an_index():
    long, longer = (replace(WITH_ID, external_id="A" * length) for length in (10_000, 10_001))

    assert len(keys_of(long, received_at=NOON).key) < 220
    assert keys_of(long, received_at=NOON) != keys_of(longer, received_at=NOON)


@given(texts, texts, texts, texts)
@example(f"{CHAT.address}oi", "", "oi", CHAT.address)
def test_no_text_can_be_cut_elsewhere_to_look_like_another(text: str, ticket: str, text2: str, ticket2: str):
    one = replace(WITHOUT_ID, text=text, ticket_id=ticket)
    two = replace(WITHOUT_ID, text=text2, ticket_id=ticket2)

    same = (text, ticket) == (text2, ticket2)

    assert is_repeat(keys_of(one, received_at=NOON), keys_of(two, received_at=NOON)) is same

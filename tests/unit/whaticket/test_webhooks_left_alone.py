"""What is no message to us: left alone with a fixed word, or refused with the name of the field that is wrong."""

from __future__ import annotations

import json

import pytest

from adapters.whaticket.inbound import UnreadableWebhook, read
from adapters.whaticket.reasons import REASONS
from domain.conversations.inbound import Ignored
from domain.shared.errors import Invalid
from tests.builders.whaticket_payloads import NAMES, payload
from tests.unit.whaticket.test_reading_webhooks import EXPECTED

LEFT_ALONE = {
    "a_album_header": "no_content",
    "a_broadcast_list": "broadcast",
    "a_call": "call",
    "a_edit": "edit",
    "a_edit_unwrapped": "edit",
    "a_ephemeral_setting": "protocol",
    "a_group": "group",
    "a_group_addressed_by_community_admin": "group",
    "a_key_distribution_alone": "no_content",
    "a_meta_ai": "meta_ai",
    "a_newsletter": "newsletter",
    "a_poll": "poll",
    "a_poll_vote": "poll",
    "a_reaction": "reaction",
    "a_revoke": "revoke",
    "a_revoke_numbered": "revoke",
    "a_sent_to_a_broadcast_list": "broadcast",
    "a_status": "status",
    "a_stub_undecrypted": "stub",
    "a_stub_undecrypted_numbered": "stub",
    "a_whatsapp_announcement": "announcement",
    "a_without_message": "no_content",
    "autoatende_signed_node_without_text": "no_content",
    "b_bot_disabled": "bot_disabled",
    "b_group": "group",
    "b_tag_sync": "tag_event",
    "b_ticket_created": "ticket_event",
    "c_ciphertext": "stub",
    "c_group": "group",
    "c_protocol": "protocol",
    "c_reaction": "reaction",
    "c_revoked": "revoke",
    "c_status": "status",
    "d_ack": "receipt",
    "d_connection_update": "connection_event",
    "d_contact_updated": "contact_event",
    "d_group": "group",
    "d_group_ticket_taken": "group",
    "d_note_to_self": "own_chat",
    "d_ticket_created": "ticket_event",
    "d_ticket_queue_changed": "ticket_event",
    "e_deleted": "revoke",
    "e_edited": "edit",
    "e_group": "group",
    "e_reaction": "reaction",
    "e_ticket_new": "ticket_event",
    "izing_status": "receipt",
}
UNREADABLE = {
    "unreadable_address_without_server": "key.remoteJid",
    "unreadable_message_is_a_text": "message",
    "unreadable_simple_number_is_lid_word": "number",
    "unreadable_simple_without_message": "message",
    "unreadable_simple_without_number": "number",
    "unreadable_text_is_a_number": "message.conversation",
    "unreadable_whapiv4_without_contact": "data.contact",
}


@pytest.mark.parametrize("name", sorted(LEFT_ALONE))
def test_what_is_no_message_is_left_alone_with_a_fixed_word(name: str):
    assert read(payload(name)) == Ignored(LEFT_ALONE[name])
    assert LEFT_ALONE[name] in REASONS


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_a_refusal_names_the_field(name: str):
    with pytest.raises(UnreadableWebhook) as refusal:
        read(payload(name))

    assert refusal.value.field == UNREADABLE[name]
    assert isinstance(refusal.value, Invalid)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"oi"',
        b"{",
        b"\xff\xfe",
        b'{"number": "\xff"}',
        b'{"message": {"conversation": "\\ud800"}, "number": "5511999999999"}',
        b'{"message": {"conversation": "oi", "x": 1e400}, "number": "5511999999999"}',
        b"[" * 10_000,
        b'{"message":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"number": ' + b"9" * 5_000 + b"}",
        b"\xef\xbb\xbf{}",
    ],
    ids=lambda body: body[:20].decode("latin-1") + f" ({len(body)} bytes)",
)
def test_what_is_no_json_object_is_refused_without_repeating_it(body: bytes):
    with pytest.raises(UnreadableWebhook) as refusal:
        read(body)

    assert len(str(refusal.value)) < 60


@pytest.mark.parametrize("number", [None, "", "abc", "12", True, [], {}, 5.5, "5" * 30, "+", "@", "x" * 200])
def test_a_number_that_is_none_is_refused(number: object):
    with pytest.raises(UnreadableWebhook) as refusal:
        read(json.dumps({"message": {"conversation": "oi"}, "number": number}).encode())

    assert refusal.value.field == "number"


def test_no_sample_is_without_an_expected_reading():
    assert sorted({*EXPECTED, *LEFT_ALONE, *UNREADABLE}) == NAMES

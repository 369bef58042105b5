"""Which address a chat has, and when it proves a telephone."""

from __future__ import annotations

import pytest

from adapters.whaticket import reasons
from adapters.whaticket.addresses import chat_at, chat_of_key, chat_of_number, jid
from adapters.whaticket.wire import UnreadableWebhook
from domain.conversations.inbound import Chat, Ignored
from domain.shared.phone import Phone

ANA = "5511999990000@s.whatsapp.net"
HIDDEN = "123456789012345@lid"


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        (ANA, ANA),
        ("5511999990000@c.us", ANA),
        ("5511999990000:12@s.whatsapp.net", ANA),
        ("5511999990000_1:12@S.WhatsApp.net", ANA),
        (" 123456789012345:3@LID ", HIDDEN),
        ("5511999990000@hosted", "5511999990000@hosted"),
    ],
)
def test_an_address_is_kept_as_whatsapp_has_it_without_device(received: str, kept: str):
    assert str(jid(received)) == kept


@pytest.mark.parametrize("value", [None, 5, "", "5511999990000", "@lid", "5511@", "5" * 200 + "@lid", {}])
def test_what_is_no_address_is_none(value: object):
    assert jid(value) is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("120363025246125016@g.us", reasons.GROUP),
        ("status@broadcast", reasons.STATUS),
        ("1716300000@broadcast", reasons.BROADCAST),
        ("120363144038483540@newsletter", reasons.NEWSLETTER),
        ("867051314767696@bot", reasons.META_AI),
        ("5511999990000@msgr", reasons.OTHER_ADDRESS),
        ("0@s.whatsapp.net", reasons.ANNOUNCEMENT),
        ("0@c.us", reasons.ANNOUNCEMENT),
    ],
)
def test_a_chat_that_is_no_persons_is_left_alone(address: str, reason: Ignored):
    assert chat_at(address, field="x") == reason


@pytest.mark.parametrize("address", ["ana@s.whatsapp.net", "5511x@lid", ":1@lid", "5" * 21 + "@lid", "\u0665@lid"])
def test_a_persons_address_is_made_of_digits(address: str):
    with pytest.raises(UnreadableWebhook) as refusal:
        chat_at(address, field="key.remoteJid")

    assert refusal.value.field == "key.remoteJid"


@pytest.mark.parametrize(
    "key",
    [
        {"remoteJid": HIDDEN},
        {"remoteJid": HIDDEN, "remoteJidAlt": "987654321098765@lid"},
        {"remoteJid": HIDDEN, "senderPn": "5511999990000"},
        {"remoteJid": HIDDEN, "senderPn": "5511999990000@lid"},
        {"remoteJid": HIDDEN, "participant": ANA},
        {"remoteJid": HIDDEN, "senderPn": None, "remoteJidAlt": {}},
        {"remoteJid": "5511999990000@hosted"},
        {"remoteJid": "5511999990000@hosted.lid"},
    ],
)
def test_no_telephone_is_made_of_what_proves_none(key: dict[str, object]):
    chat = chat_of_key(key, at="key.", from_me=False)

    assert isinstance(chat, Chat)
    assert chat.phone is None


def test_the_sender_fields_of_our_own_message_are_not_taken_for_the_contacts():
    key = {"remoteJid": HIDDEN, "senderPn": "551130000000@s.whatsapp.net", "remoteJidAlt": ANA}

    assert chat_of_key(key, at="key.", from_me=True) == Chat(HIDDEN)


def test_a_number_is_believed_over_another_field_that_names_one():
    key = {"remoteJid": ANA, "senderPn": "551130000000@s.whatsapp.net"}

    assert chat_of_key(key, at="key.", from_me=False) == Chat(ANA, Phone("+5511999990000"))


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("5511999990000", ANA),
        (5511999990000, ANA),
        ("+55 (11) 99999-0000", ANA),
        ("0055 11 99999.0000", ANA),
        ("5511999990000@c.us", ANA),
        ("5511999990000:2@s.whatsapp.net", ANA),
    ],
)
def test_a_tickets_number_becomes_an_address(number: object, address: str):
    assert chat_of_number(number, field="number") == Chat(address, Phone("+5511999990000"))


def test_an_unknown_kind_of_brazilian_number_is_answered_without_being_a_telephone():
    assert chat_of_number("5508001234567", field="number") == Chat("5508001234567@s.whatsapp.net")


@pytest.mark.parametrize("number", ["49151234567890", "491512345678901"])
def test_a_bare_number_as_long_as_a_hidden_id_proves_no_telephone(number: str):
    assert chat_of_number(number, field="number") == Chat(f"{number}@s.whatsapp.net")


@pytest.mark.parametrize("lid", ["491512345678@lid", "491512345678", "491512345678:4@lid"])
def test_a_hidden_id_stored_as_a_number_is_recognised_by_its_twin(lid: str):
    assert chat_of_number("491512345678", field="number", lid=lid) == Chat("491512345678@lid")


def test_a_hidden_id_beside_a_number_is_kept():
    assert chat_of_number("5511999990000", field="number", lid=HIDDEN) == Chat(ANA, Phone("+5511999990000"), HIDDEN)


@pytest.mark.parametrize("number", ["5511999990000-1600000000", "120363025246125016", "120363025246125016@g.us"])
def test_a_groups_number_is_left_alone(number: str):
    assert chat_of_number(number, field="number") == reasons.GROUP

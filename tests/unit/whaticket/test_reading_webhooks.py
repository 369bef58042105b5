"""What each sample webhook means: messages and what moved tickets here, what is left alone in its own table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.whaticket.inbound import read
from domain.conversations.inbound import (
    Chat,
    Inbound,
    InboundMessage,
    Kind,
    MediaRef,
    StaffMessage,
    TicketMove,
    TicketMoved,
)
from domain.shared.phone import Phone
from tests.builders.whaticket_payloads import payload

AT = datetime(2024, 5, 21, 14, tzinfo=UTC)
ANA = Chat("5511999990000@s.whatsapp.net", Phone("+5511999990000"))
HIDDEN = "123456789012345@lid"
ANA_WITH_LID = replace(ANA, lid=HIDDEN)

A = InboundMessage(ANA, Kind.TEXT, "oi", external_id="3A1B2C3D4E5F60718293", sent_at=AT, name="Ana")
B = InboundMessage(ANA, Kind.TEXT, "quero remarcar", name="Ana", ticket_id="357")
C = InboundMessage(ANA, Kind.TEXT, "quero marcar", "3EB0C0FFEE01", AT, "Ana", ticket_id="88")
D = InboundMessage(ANA, Kind.TEXT, "oi, tem horário?", "3EB0C0FFEE", AT, "Ana", ticket_id="123")
E = InboundMessage(ANA_WITH_LID, Kind.TEXT, "boa tarde", "3EB0EEEE", AT, "Ana Paula", ticket_id="900")
NODE = InboundMessage(ANA, Kind.TEXT, "oi", name="Ana", ticket_id="10")


def octets(number: int) -> str:
    """Base64 of 32 times the same byte."""
    return {
        1: "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        2: "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
        4: "BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=",
        5: "BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU=",
        6: "BgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgY=",
        8: "CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=",
        9: "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=",
    }[number]


VOICE = MediaRef("https://mmg.whatsapp.net/v/t62.7117-24/x.enc?ccb=11-4", "audio/ogg", octets(2), octets(1), seconds=7)
PHOTO = MediaRef("https://mmg.whatsapp.net/o1/i.enc", "image/jpeg", octets(5), octets(4))
EXAM = MediaRef("https://mmg.whatsapp.net/d.enc", "application/pdf", octets(8), filename="exame.pdf")
PUBLIC = "https://api.exemplo.com/public"

FAMILY_A: dict[str, Inbound] = {
    "a_text": replace(A, text="Bom dia, quero marcar um horário"),
    "a_text_wrapped_in_message": replace(A, text="Bom dia, quero marcar um horário"),
    "a_reply_quoting_another": replace(A, text="Pode ser às 15h", quoted_id="3EB0AA11"),
    "a_group_key_distribution_first": A,
    "a_ninth_digit_missing": replace(A, chat=Chat("553187654321@s.whatsapp.net", Phone("+5531987654321"))),
    "a_ninth_digit_present": replace(A, chat=Chat("5531987654321@s.whatsapp.net", Phone("+5531987654321"))),
    "a_device_part_in_address": A,
    "a_foreign_number": replace(
        A, chat=Chat("14155552671@s.whatsapp.net", Phone("+14155552671")), text="hello", name="John"
    ),
    "a_lid_without_number": replace(A, chat=Chat(HIDDEN)),
    "a_lid_with_sender_pn": replace(A, chat=Chat(HIDDEN, ANA.phone, HIDDEN)),
    "a_lid_with_remote_jid_alt": replace(A, chat=Chat(HIDDEN, Phone("+5531987654321"), HIDDEN)),
    "a_lid_with_snake_case_sender": replace(A, chat=Chat(HIDDEN, ANA.phone, HIDDEN)),
    "a_number_with_lid_beside_it": replace(A, chat=ANA_WITH_LID),
    "a_number_with_lid_as_alt": replace(A, chat=ANA_WITH_LID),
    "a_own_message": StaffMessage(ANA, "Já confirmo", "3EB0FROMME", AT),
    "a_own_message_to_lid": StaffMessage(Chat(HIDDEN), "Já confirmo", "3A1B2C3D4E5F60718293", AT),
    "a_placeholder_resend": replace(A, text="chegou depois"),
    "a_timestamp_low_high": A,
    "a_timestamp_in_milliseconds": A,
    "a_name_is_the_number": replace(A, name=None),
    "a_control_characters": replace(A, text="oi[31m\ntudo\tbem?", name="Ana Paula"),
    "a_ephemeral_text": replace(A, text="some depois"),
    "a_button": replace(A, text="Falar com atendente"),
    "a_template_button": replace(A, text="Sim, confirmo"),
    "a_list_choice": replace(A, text="Limpeza de pele"),
    "a_list_choice_without_title": replace(A, text="svc-3"),
    "a_interactive_with_body": replace(A, text="Quero remarcar"),
    "a_interactive_params_only": replace(A, text="Corte feminino"),
    "a_voice_note": replace(A, kind=Kind.AUDIO, text="", media=VOICE),
    "a_voice_note_with_buffers_and_longs": replace(A, kind=Kind.AUDIO, text="", media=VOICE),
    "a_voice_note_with_numbered_bytes": replace(A, kind=Kind.AUDIO, text="", media=VOICE),
    "a_voice_note_on_another_host": replace(
        A, kind=Kind.AUDIO, text="", media=replace(VOICE, url="http://127.0.0.1:9100/v/x.enc")
    ),
    "a_voice_note_behind_placeholder_url": replace(A, kind=Kind.AUDIO, text="", media=VOICE),
    "a_image_with_caption": replace(A, kind=Kind.IMAGE, text="Essa é a receita", media=PHOTO),
    "a_view_once_image": replace(A, kind=Kind.IMAGE, text="Essa é a receita", media=PHOTO),
    "a_album_picture": replace(
        A, kind=Kind.IMAGE, text="", media=MediaRef("https://mmg.whatsapp.net/c.enc", "image/png")
    ),
    "a_ephemeral_view_once_video": replace(
        A,
        kind=Kind.VIDEO,
        text="",
        media=MediaRef("https://mmg.whatsapp.net/v.enc", "video/mp4", octets(6), seconds=12),
    ),
    "a_round_video_note": replace(
        A, kind=Kind.VIDEO, text="", media=MediaRef("https://mmg.whatsapp.net/p.enc", "video/mp4")
    ),
    "a_document": replace(A, kind=Kind.DOCUMENT, text="exame.pdf", media=EXAM),
    "a_document_with_caption": replace(A, kind=Kind.DOCUMENT, text="Meu exame", media=EXAM),
    "a_sticker": replace(
        A,
        kind=Kind.STICKER,
        text="",
        media=MediaRef("https://mmg.whatsapp.net/s.enc", "image/webp", octets(9)),
    ),
    "a_location_with_name": replace(A, kind=Kind.LOCATION, text="Praça da Sé, Sé, São Paulo"),
    "a_location_bare": replace(A, kind=Kind.LOCATION, text="-23.55052, -46.633308"),
    "a_live_location": replace(A, kind=Kind.LOCATION, text="-23.5, -46.25"),
    "a_contact": replace(A, kind=Kind.CONTACT, text="Dr. Beto (+5521988887777)"),
    "a_contacts": replace(A, kind=Kind.CONTACT, text="Dr. Beto (+5521988887777), Clara"),
    "a_order": replace(A, kind=Kind.UNSUPPORTED, text=""),
    "a_kind_from_the_future": replace(A, kind=Kind.UNSUPPORTED, text=""),
}

TICKETS: dict[str, Inbound] = {
    "b_text": B,
    "b_text_in_a_list": replace(B, text="quero\nremarcar"),
    "b_image": replace(
        B,
        kind=Kind.IMAGE,
        text="minha receita",
        media=MediaRef(f"{PUBLIC}/company1/1716300000.jpeg", "image/jpeg", filename="1716300000.jpeg"),
    ),
    "b_voice_note": replace(
        B,
        kind=Kind.AUDIO,
        text="",
        media=MediaRef(f"{PUBLIC}/company1/1716300000.ogg", "audio/ogg", filename="1716300000.ogg"),
    ),
    "b_document": replace(
        B,
        kind=Kind.DOCUMENT,
        text="exame.pdf",
        media=MediaRef(f"{PUBLIC}/company1/exame.pdf", "application/pdf", filename="exame.pdf"),
    ),
    "b_person_has_the_ticket": replace(B, ticket_person=True),
    "b_ended_ticket_with_old_owner": B,
    "b_own_message": StaffMessage(ANA, "já te respondo"),
    "b_ticket_closed": TicketMoved(ANA, TicketMove.CLOSED),
    "b_closed": TicketMoved(ANA, TicketMove.CLOSED),
    "c_text": C,
    "c_voice_note": replace(C, kind=Kind.AUDIO, text=""),
    "c_image_with_caption": replace(C, kind=Kind.IMAGE, text="olha isso"),
    "c_location": replace(C, kind=Kind.LOCATION, text="Clínica Sol, Rua A, 10"),
    "c_contact": replace(C, kind=Kind.CONTACT, text="Dr. Beto (+5521988887777)"),
    "c_button": replace(C, text="Sim"),
    "c_list_choice_without_text": replace(C, text="svc-3"),
    "c_lid": replace(C, chat=Chat(HIDDEN, ANA.phone, HIDDEN)),
    "c_lid_stored_as_number": replace(C, chat=Chat(HIDDEN)),
    "c_person_has_the_ticket": replace(C, ticket_person=True),
    "c_own_message": StaffMessage(ANA, "Boa tarde, aqui é a Bia", "3EB0C0FFEE01", AT),
    "c_product": replace(C, kind=Kind.UNSUPPORTED, text=""),
    "izing_text": replace(C, name=None, ticket_id="55"),
    "d_text": D,
    "d_voice_note": replace(D, kind=Kind.AUDIO, text="", media=MediaRef(f"{PUBLIC}/1716300000.ogg", "audio/ogg")),
    "d_image_without_caption": replace(
        D, kind=Kind.IMAGE, text="", media=MediaRef(f"{PUBLIC}/1716300000.png", "image/png")
    ),
    "d_product": replace(D, kind=Kind.UNSUPPORTED, text=""),
    "d_sent_by_us": StaffMessage(ANA, "Temos às 15h", "3EB0C0FFEE", AT),
    "d_person_took_ticket": TicketMoved(ANA, TicketMove.ASSIGNED, "ticket_updated:123:2026-05-21T14:00:01.000Z"),
    "d_person_released_ticket": TicketMoved(ANA, TicketMove.RELEASED, "ticket_updated:123:2026-05-21T14:00:01.000Z"),
    "d_ticket_update_to_closed": TicketMoved(ANA, TicketMove.CLOSED, "ticket_updated:123:2026-05-21T14:00:01.000Z"),
    "d_ticket_closed": TicketMoved(ANA, TicketMove.CLOSED, "ticket_closed:123:2026-05-21T14:00:01.000Z"),
    "e_text": E,
    "e_voice_note": replace(E, kind=Kind.AUDIO, text="", media=MediaRef(f"{PUBLIC}/1/1716300000.ogg", "audio/ogg")),
    "e_lid_only": replace(E, chat=Chat(HIDDEN), name="Ana"),
    "e_lid_stored_as_number": replace(E, chat=Chat("5512345678901@lid"), name="Ana"),
    "e_person_has_the_ticket": replace(E, ticket_person=True),
    "e_own_message": StaffMessage(ANA_WITH_LID, "Olá, aqui é o Caio", "3EB0EEEE", AT),
    "e_ticket_opened_by_person": TicketMoved(ANA, TicketMove.ASSIGNED),
    "e_ticket_transferred_to_person": TicketMoved(ANA, TicketMove.ASSIGNED),
    "e_ticket_transferred_to_queue": TicketMoved(ANA, TicketMove.RELEASED),
    "e_ticket_closed": TicketMoved(ANA, TicketMove.CLOSED),
    "autoatende_signed_node": NODE,
    "autoatende_signed_node_with_own_text": replace(NODE, text="quero falar de preços"),
    "autoatende_signed_node_taken_by_person": replace(NODE, ticket_person=True),
    "simple_text": InboundMessage(Chat("5511999999999@s.whatsapp.net", Phone("+5511999999999")), Kind.TEXT, "olá"),
    "simple_button_with_number_in_ticket": InboundMessage(
        Chat("5511988877766@s.whatsapp.net", Phone("+5511988877766")), Kind.TEXT, "Quero falar com suporte"
    ),
    "simple_text_with_everything": InboundMessage(
        Chat("553187654321@s.whatsapp.net", Phone("+5531987654321")),
        Kind.TEXT,
        "olá",
        external_id="m-1",
        sent_at=AT,
        name="Ana",
        ticket_id="5",
        ticket_person=True,
    ),
}

EXPECTED = FAMILY_A | TICKETS


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_webhook_is_read_into_our_words(name: str):
    assert read(payload(name)) == EXPECTED[name]

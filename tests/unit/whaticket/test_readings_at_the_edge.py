"""One field changed in a sample, and what that changes in the reading."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.whaticket import reasons
from adapters.whaticket.inbound import read
from domain.conversations.inbound import Inbound, InboundMessage, Kind, StaffMessage, TicketMove, TicketMoved
from tests.builders.whaticket_payloads import payload


def changed(sample: str, **changes: Any) -> Inbound:
    """The sample's reading with fields set by their path: message__key__id="x" sets message.key.id."""
    whole = json.loads(payload(sample))
    for path, value in changes.items():
        *parents, last = path.split("__")
        node = whole
        for parent in parents:
            node = node[parent]
        node[last] = value
    return read(json.dumps(whole).encode())


def message(sample: str, **changes: Any) -> InboundMessage:
    inbound = changed(sample, **changes)
    assert isinstance(inbound, InboundMessage)
    return inbound


@pytest.mark.parametrize(
    ("sample", "field"),
    [
        ("b_text", "ticketData__contact__disableBot"),
        ("c_text", "contact__disableBot"),
        ("d_text", "data__contact__disableBot"),
        ("e_text", "contact__disableBot"),
        ("autoatende_signed_node", "contact__disableBot"),
    ],
)
def test_a_contact_without_bot_is_left_alone(sample: str, field: str):
    assert changed(sample, **{field: True}) == reasons.BOT_DISABLED


@pytest.mark.parametrize(
    ("sample", "field"),
    [
        ("b_text", "isGroup"),
        ("b_ticket_closed", "ticketData__contact__isGroup"),
        ("c_text", "ticket__isGroup"),
        ("c_text", "message__id__remote"),
        ("d_text", "data__isGroup"),
        ("d_text", "data__contact__isGroup"),
        ("e_text", "ticket__isGroup"),
        ("e_ticket_closed", "contact__isGroup"),
        ("autoatende_signed_node", "ticket__isGroup"),
        ("simple_text", "isGroup"),
    ],
)
def test_a_group_is_left_alone_wherever_it_is_said(sample: str, field: str):
    assert changed(sample, **{field: "1-2@g.us" if field.endswith("remote") else True}) == reasons.GROUP


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y.jpeg", "../x.jpeg", "https://a b/", "http://x/\x00", 5, "h" * 5_000]
)
def test_what_is_no_web_address_is_no_medium(url: object):
    inbound = message("b_image", mensagem__mediaUrl=url)

    assert (inbound.kind, inbound.media) == (Kind.IMAGE, None)


@pytest.mark.parametrize(
    ("stated", "url", "kind", "mime"),
    [
        ("audio", "https://x/a.mp3", Kind.AUDIO, "audio/mpeg"),
        ("audioMessage", "https://x/a", Kind.AUDIO, "audio/ogg"),
        ("application", "https://x/a.pdf?v=1", Kind.DOCUMENT, "application/pdf"),
        ("chat", "https://x/a.JPG", Kind.IMAGE, "image/jpeg"),
        (None, "https://x/a.mp4", Kind.VIDEO, "video/mp4"),
        ("hologram", "https://x/a.bin", Kind.DOCUMENT, "application/octet-stream"),
        ("image", "http://[", Kind.IMAGE, "image/jpeg"),
    ],
)
def test_the_kind_and_type_of_a_file_are_found(stated: object, url: str, kind: Kind, mime: str):
    inbound = message("e_voice_note", mediaType=stated, mediaUrl=url, messageBody="olha")

    assert inbound.media is not None
    assert (inbound.kind, inbound.media.mime) == (kind, mime)


def test_a_ticket_message_of_a_silent_kind_is_left_alone():
    assert changed("d_text", data__mediaType="reaction") == reasons.REACTION
    assert changed("e_text", mediaType="revoked") == reasons.REVOKE


@pytest.mark.parametrize(
    ("status", "user", "taken"),
    [("open", 7, True), ("pending", 7, True), ("closed", 7, False), ("open", None, False), ("open", 0, False)],
)
def test_a_ticket_has_a_person_while_somebody_owns_it(status: str, user: int | None, taken: bool):
    for sample in ("b_text", "c_text", "e_text", "autoatende_signed_node"):
        ticket = "ticketData" if sample == "b_text" else "ticket"
        assert message(sample, **{f"{ticket}__status": status, f"{ticket}__userId": user}).ticket_person is taken


@pytest.mark.parametrize(
    ("old", "new", "move"),
    [
        (("pending", None), ("open", 7), TicketMove.ASSIGNED),
        (("open", 7), ("open", 8), TicketMove.ASSIGNED),
        (("open", 7), ("pending", None), TicketMove.RELEASED),
        (("open", None), ("pending", None), TicketMove.RELEASED),
        (("open", 7), ("closed", 7), TicketMove.CLOSED),
        (("pending", None), ("closed", None), TicketMove.CLOSED),
        (("pending", None), ("open", None), None),
        (("closed", 7), ("pending", None), TicketMove.RELEASED),
        (("open", 7), ("open", 7), None),
        (("closed", 7), ("closed", 7), None),
    ],
)
def test_a_ticket_event_says_who_holds_it_now(
    old: tuple[str, int | None], new: tuple[str, int | None], move: TicketMove | None
):
    inbound = changed(
        "d_person_took_ticket",
        data__oldStatus=old[0],
        data__oldUserId=old[1],
        data__newStatus=new[0],
        data__newUserId=new[1],
    )

    assert (inbound.move if isinstance(inbound, TicketMoved) else None) is move


@pytest.mark.parametrize(
    ("event", "owner", "move"),
    [
        ("TicketClosed", None, TicketMove.CLOSED),
        ("TicketClosedBot", 4, TicketMove.CLOSED),
        ("TicketTransferUser", 4, TicketMove.ASSIGNED),
        ("TicketTransferQueue", None, TicketMove.RELEASED),
        ("NewTicketUserCreate", None, None),
        ("SomethingNew", 4, None),
    ],
)
def test_a_whazing_event_is_known_by_one_word_of_its_name(event: str, owner: int | None, move: TicketMove | None):
    inbound = changed("e_ticket_new", Type=event, ticket__userId=owner)

    assert (inbound.move if isinstance(inbound, TicketMoved) else None) is move


def test_an_event_that_nobody_knows_yet_is_left_alone():
    assert changed("d_text", event="moon_landed") == reasons.OTHER_EVENT
    assert changed("b_text", acao="ticket:merged") == reasons.TICKET


@pytest.mark.parametrize("sample", ["d_ticket_closed", "e_ticket_closed"])
def test_a_ticket_event_without_a_contact_is_left_alone(sample: str):
    field = "data__contactNumber" if sample.startswith("d") else "contact"

    assert changed(sample, **{field: None}) == reasons.TICKET


@pytest.mark.parametrize("sample", ["a_voice_note", "a_image_with_caption", "a_sticker"])
def test_a_medium_from_our_own_number_is_the_staffs(sample: str):
    assert isinstance(changed(sample, key__fromMe=True), StaffMessage)


@pytest.mark.parametrize("sample", ["a_reaction", "a_revoke", "a_group", "a_status"])
def test_what_is_left_alone_stays_so_from_our_own_number(sample: str):
    assert changed(sample, key__fromMe=True) == read(payload(sample))


@pytest.mark.parametrize("id", [None, ""])
def test_a_message_without_an_id_is_still_a_message(id: object):
    assert message("a_text", key__id=id).external_id is None


def test_a_numbers_id_is_its_digits():
    assert message("d_text", data__messageId=42).external_id == "42"


def test_a_caption_that_is_the_files_name_was_not_written_by_the_contact():
    assert message("b_image", mensagem__body="1716300000.jpeg").text == ""
    assert message("d_image_without_caption", data__body="olha").text == "olha"


def test_a_wwebjs_message_takes_its_address_from_where_it_stands():
    assert message("c_text", message__id={"id": "3EB0", "remote": {"_serialized": "5511999990000@c.us"}}).chat.phone
    assert message("c_text", message__id={"id": "3EB0"}).chat.address == "5511999990000@s.whatsapp.net"
    own = changed("c_own_message", message__id={"id": "3EB0", "fromMe": True})
    assert isinstance(own, StaffMessage)
    assert own.chat.address == "5511999990000@s.whatsapp.net"


def test_a_hidden_id_that_a_fork_stored_as_the_number_is_no_telephone():
    lid = {"id": "3EB0", "remote": "491512345678@lid"}

    assert message("c_text", message__id=lid, contact__number="491512345678").chat.phone is None
    assert message("c_text", message__id=lid, contact__number="4915123456789").chat.phone


def test_an_edit_is_known_by_its_wrapper():
    assert changed("a_text", message={"editedMessage": {"message": {"conversation": "às 16h"}}}) == reasons.EDIT


def test_a_broadcast_of_whatsapp_web_is_left_alone():
    assert changed("c_text", message__broadcast=True) == reasons.BROADCAST


def test_an_empty_text_beside_a_picture_is_not_the_message():
    picture = json.loads(payload("a_image_with_caption"))["message"]

    assert message("a_text", message={"conversation": "", **picture}).kind is Kind.IMAGE


def test_long_words_are_cut_and_long_names_too():
    inbound = message("a_text", message__conversation="á" * 9_000, pushName="Ana " * 90)

    assert len(inbound.text) == 8_000
    assert inbound.name is not None
    assert len(inbound.name) <= 120


def test_a_file_name_holds_no_path():
    sample = json.loads(payload("a_document"))["message"]["documentMessage"]

    inbound = message("a_document", message__documentMessage=sample | {"fileName": "..\\..\\/etc/exame.pdf"})

    assert inbound.media is not None
    assert inbound.media.filename == "exame.pdf"

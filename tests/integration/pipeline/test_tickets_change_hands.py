"""What Whaticket tells of its tickets decides who answers; what nobody can read stands in nobody's way."""

from __future__ import annotations

import time

from application.intake.read_envelopes import AT_ONCE
from tests.integration.pipeline.conftest import ANA, Pipeline


def a_message(text: str, id: str, **ticket: object) -> dict[str, object]:
    return {
        "event": "message_received",
        "timestamp": "2026-05-21T14:00:01.000Z",
        "connectionId": 1,
        "data": {
            "messageId": id,
            "body": text,
            "fromMe": False,
            "mediaType": "chat",
            "timestamp": int(time.time()),
            "ticketId": 9,
            "contact": {"id": 4, "name": "Ana", "number": ANA},
        }
        | ticket,
    }


def a_ticket_event(event: str, second: int, **data: object) -> dict[str, object]:
    return {
        "event": event,
        "timestamp": f"2026-05-21T14:00:{second:02}.000Z",
        "connectionId": 1,
        "data": {"ticketId": 9, "contactNumber": ANA} | data,
    }


TAKEN = {"oldStatus": "pending", "newStatus": "open", "oldUserId": None, "newUserId": 3}
RELEASED = {"oldStatus": "open", "newStatus": "pending", "oldUserId": 3, "newUserId": None}


async def holder(pipeline: Pipeline) -> tuple[object, object]:
    [row] = await pipeline.rows("select holder, holder_reason from conversations")
    return row["holder"], row["holder_reason"]


async def post(pipeline: Pipeline, *payloads: dict[str, object]) -> None:
    for payload in payloads:
        await pipeline.post(payload)
    await pipeline.work_it_off()


async def test_a_person_who_takes_the_ticket_is_not_talked_over_until_they_let_it_go(pipeline: Pipeline):
    await post(pipeline, a_message("oi", "A1"))
    assert len(pipeline.channel.arrived) == 1

    await post(pipeline, a_ticket_event("ticket_updated", 2, **TAKEN), a_message("alguém aí?", "A2"))
    assert await holder(pipeline) == ("person", "takeover")
    assert len(pipeline.channel.arrived) == 1

    await post(pipeline, a_ticket_event("ticket_updated", 3, **RELEASED), a_message("e agora?", "A3"))
    assert await holder(pipeline) == ("assistant", None)
    assert "e agora?" in pipeline.channel.texts[1]


async def test_what_a_person_left_unanswered_is_answered_when_they_let_the_ticket_go(pipeline: Pipeline):
    await post(pipeline, a_message("oi", "F1"), a_ticket_event("ticket_updated", 2, **TAKEN))
    await post(pipeline, a_message("tem horário amanhã?", "F2"), a_message("de manhã", "F3"))
    told = len(pipeline.channel.arrived)

    await post(pipeline, a_ticket_event("ticket_updated", 3, **RELEASED))

    [letter] = pipeline.channel.arrived[told:]
    assert "tem horário amanhã?\nde manhã" in letter.text
    assert await pipeline.rows("select distinct state from messages") == [{"state": "answered"}]


async def test_what_a_person_answered_before_letting_the_ticket_go_is_left_alone(pipeline: Pipeline):
    await post(pipeline, a_message("oi", "G1"), a_ticket_event("ticket_updated", 2, **TAKEN))
    await post(pipeline, a_message("tem horário amanhã?", "G2"))
    told = len(pipeline.channel.arrived)

    await post(pipeline, a_message("tem sim, às 9h", "G3", fromMe=True))
    await post(pipeline, a_ticket_event("ticket_updated", 3, **RELEASED))

    assert len(pipeline.channel.arrived) == told
    assert await holder(pipeline) == ("assistant", None)


async def test_what_a_person_left_unanswered_for_hours_is_not_dug_up(pipeline: Pipeline):
    await post(pipeline, a_message("oi", "H1"), a_ticket_event("ticket_updated", 2, **TAKEN), a_message("e aí?", "H2"))
    told = len(pipeline.channel.arrived)
    await pipeline.queue.pool.execute(
        f"update tenant_{pipeline.tenant}.messages set received_at = received_at - interval '3 hours'"
    )

    await post(pipeline, a_ticket_event("ticket_updated", 3, **RELEASED))

    assert len(pipeline.channel.arrived) == told


async def test_a_contact_who_writes_after_the_ticket_was_closed_begins_anew_with_the_assistant(pipeline: Pipeline):
    await post(pipeline, a_message("oi", "B1"), a_ticket_event("ticket_closed", 2))
    assert await holder(pipeline) == ("closed", "ticket_closed")

    await post(pipeline, a_message("esqueci uma coisa", "B2"))

    assert await holder(pipeline) == ("assistant", None)
    assert "esqueci uma coisa" in pipeline.channel.texts[-1]


async def test_a_ticket_that_a_person_had_before_we_heard_of_it_is_theirs(pipeline: Pipeline):
    await post(pipeline, a_message("oi", "C1", ticket={"id": 9, "status": "open", "userId": 3}))

    assert pipeline.channel.arrived == []
    assert await holder(pipeline) == ("person", "takeover")


async def test_what_can_no_longer_be_read_is_set_aside_and_the_rest_is_answered(pipeline: Pipeline):
    schema = f"tenant_{pipeline.tenant}"
    for id in ("D1", "D2", "D3"):
        await pipeline.post(a_message(f"pergunta {id}", id))
    garbled = f"update {schema}.envelopes set body = $1 where message_key like $2"
    await pipeline.queue.pool.execute(garbled, '{"event": 7}', "%D1")
    await pipeline.queue.pool.execute(garbled, '{"ack": 3, "event": "message_ack", "data": {}}', "%D2")
    await pipeline.work_it_off()

    assert [row["state"] for row in await pipeline.rows("select state from envelopes order by id")] == [
        "unreadable", "read", "read",
    ]  # fmt: skip
    [text] = pipeline.channel.texts
    assert "pergunta D3" in text
    assert "D1" not in text


async def test_more_than_is_read_at_once_is_read_in_the_end_and_in_order(pipeline: Pipeline):
    many = AT_ONCE + 3
    for n in range(many):
        await pipeline.post(a_message(f"linha {n:03}", f"E{n}"))
    await pipeline.work_it_off()

    said = [row["text"] for row in await pipeline.rows("select text from messages order by id")]
    assert said == [f"linha {n:03}" for n in range(many)]
    assert await pipeline.rows("select distinct state from envelopes") == [{"state": "read"}]

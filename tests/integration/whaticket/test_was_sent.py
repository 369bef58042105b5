"""After an unknown result: what Whaticket remembers decides, and where it remembers nothing we do not guess."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from application.delivery.ports import ChannelUnavailable, Letter
from domain.companies.connection import Dialect
from domain.shared.ids import TenantId
from tests.integration.whaticket.panel import Panel, Ticket, a_panel
from tests.integration.whaticket.scripted import Behaviour, Drop, Hang, Reply, Seen, scripted
from tests.integration.whaticket.whaticket_parts import (
    NOW,
    a_channel,
    a_connection,
    a_letter,
)

Http = httpx2.AsyncClient
TEXT = a_letter().text
SINCE = NOW - timedelta(seconds=10)
PANELS = [Dialect.COMMUNITY, Dialect.SAAS_CLASSIC, Dialect.CODATENDE, Dialect.PRESS_TICKET]


async def ask(
    http: Http,
    panel: Panel,
    letter: Letter | None = None,
    *,
    known: int = 0,
    dialect: Dialect = Dialect.SAAS_CLASSIC,
    **connection: Any,
) -> bool | None:
    async with scripted(panel) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url, dialect, **connection))
        return await channel.was_sent(letter or a_letter(), since=SINCE, known=known)


@pytest.mark.parametrize("dialect", PANELS)
async def test_the_panel_tells_whether_it_arrived(http: Http, dialect: Dialect) -> None:
    panel = a_panel()
    assert await ask(http, panel, dialect=dialect) is False

    panel.says(panel.tickets[0], TEXT, ago=5)
    assert await ask(http, panel, dialect=dialect) is True


async def test_only_what_we_cannot_account_for_counts(http: Http) -> None:
    panel = a_panel()
    panel.says(panel.tickets[0], TEXT, ago=8)

    assert await ask(http, panel, known=1) is False

    panel.says(panel.tickets[0], TEXT, ago=2)
    assert await ask(http, panel, known=1) is True


async def test_the_contacts_own_words_and_other_texts_and_older_ones_do_not_count(http: Http) -> None:
    panel = a_panel()
    panel.says(panel.tickets[0], TEXT, ours=False)
    panel.says(panel.tickets[0], TEXT + "!")
    panel.says(panel.tickets[0], TEXT, ago=60)

    assert await ask(http, panel) is False


async def test_the_marks_and_spaces_that_forks_add_do_not_hide_it(http: Http) -> None:
    panel = a_panel()
    panel.says(panel.tickets[0], "\u200e " + TEXT.replace(" ", "  ") + "\r\n")

    assert await ask(http, panel) is True


@pytest.mark.parametrize("drift", [-300, 300])
async def test_a_panel_whose_clock_is_wrong_is_read_by_its_own_clock(http: Http, drift: int) -> None:
    panel = a_panel()
    panel.clock = NOW + timedelta(seconds=drift)
    panel.says(panel.tickets[0], TEXT, ago=30)
    assert await ask(http, panel) is False

    panel.says(panel.tickets[0], TEXT, ago=5)
    assert await ask(http, panel) is True


async def test_pages_are_turned_until_the_time_is_covered(http: Http) -> None:
    panel = a_panel()
    panel.says(panel.tickets[0], TEXT, ago=9)
    for number in range(45):
        panel.says(panel.tickets[0], f"mensagem {number}", ago=4, ours=False)

    assert await ask(http, panel) is True


async def test_pages_that_are_too_old_are_not_turned(http: Http) -> None:
    panel = a_panel()
    for number in range(100):
        panel.says(panel.tickets[0], f"mensagem {number}", ago=3600 + number)
    async with scripted(panel) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))
        assert await channel.was_sent(a_letter(), since=SINCE, known=0) is False

    assert len([request for request in whaticket.seen if request.path == "/messages/1"]) == 1


async def test_a_chat_too_busy_to_be_read_through_tells_nothing(http: Http) -> None:
    panel = a_panel()
    for number in range(300):
        panel.says(panel.tickets[0], f"mensagem {number}", ours=False)

    assert await ask(http, panel) is None


@pytest.mark.parametrize("stored", ["5531987654321", "553187654321"])
async def test_the_contact_is_found_with_and_without_the_ninth_digit(http: Http, stored: str) -> None:
    panel = a_panel(Ticket(1, stored))
    panel.says(panel.tickets[0], TEXT)

    assert await ask(http, panel) is True
    assert await ask(http, panel, a_letter(to="553187654321@s.whatsapp.net")) is True


async def test_another_number_with_the_same_last_digits_is_another_person(http: Http) -> None:
    panel = a_panel(Ticket(1, "5511987654321"), Ticket(2, "5531987654321"))
    panel.says(panel.tickets[0], TEXT)

    assert await ask(http, panel) is False


async def test_tickets_in_any_queue_and_new_tickets_are_looked_through(http: Http) -> None:
    panel = a_panel(Ticket(9, "5531987654321", queue=4), Ticket(3, "5531987654321"), queues=[3, 4])
    panel.says(panel.tickets[0], TEXT)

    assert await ask(http, panel, a_letter(ticket_id="3")) is True


async def test_seeing_no_ticket_of_the_contact_is_not_the_same_as_not_sent(http: Http) -> None:
    assert await ask(http, Panel(NOW)) is None


async def test_a_ticket_id_that_is_a_path_stays_a_ticket_id(http: Http) -> None:
    panel = a_panel()
    paths: list[str] = []

    def watch(request: Seen) -> Behaviour | None:
        paths.append(request.path)
        return Reply(404, {"error": "ERR_NO_TICKET_FOUND"}) if "%2F" in request.path else None

    panel.instead = watch

    assert await ask(http, panel, a_letter(ticket_id="../users")) is None
    assert "/users" not in paths


@pytest.mark.parametrize("dialect", [Dialect.TICKETZ, Dialect.AUTOATENDE, Dialect.ENVELOPE])
async def test_dialects_without_a_history_we_can_trust_tell_nothing(http: Http, dialect: Dialect) -> None:
    panel = a_panel()
    panel.says(panel.tickets[0], TEXT)

    assert await ask(http, panel, dialect=dialect) is None


async def test_a_connection_that_is_gone_or_another_companys_tells_nothing(http: Http) -> None:
    assert await a_channel(http).was_sent(a_letter(), since=SINCE, known=0) is None
    assert await ask(http, a_panel(), a_letter(tenant=TenantId(8))) is None


async def test_without_a_panel_login_nobody_can_tell(http: Http) -> None:
    assert await ask(http, a_panel(), panel_email=None) is None
    assert await ask(http, a_panel(), panel_password=None) is None


async def test_a_hidden_id_whose_number_is_known_is_looked_up_by_the_number(http: Http) -> None:
    panel = a_panel()
    panel.says(panel.tickets[0], TEXT)
    hidden = "123456789012345@lid"

    assert await ask(http, panel, a_letter(to=hidden, phone="+5531987654321")) is True
    assert await ask(http, panel, a_letter(to=hidden)) is None


@pytest.mark.parametrize(
    "behaviour",
    [Hang(), Drop(), Reply(500, {"error": "x"}), Reply(503), Reply(429), Reply(200, b"<html>"), Reply(200, {})],
    ids=["hang", "reset", "500", "503", "429", "no JSON", "no list"],
)
@pytest.mark.parametrize("path", ["/auth/login", "/queue", "/tickets", "/messages/1"])
async def test_a_panel_that_cannot_answer_now_is_asked_again_later(http: Http, path: str, behaviour: Behaviour) -> None:
    panel = a_panel()
    panel.instead = lambda request: behaviour if request.path == path else None

    with pytest.raises(ChannelUnavailable):
        await ask(http, panel)


async def test_messages_without_a_time_are_no_evidence(http: Http) -> None:
    for broken in ({"createdAt": None}, {"createdAt": "ontem"}):
        panel = a_panel()
        panel.tickets[0].messages.append(panel.says(panel.tickets[0], TEXT) | broken)
        panel.tickets[0].messages.pop(0)
        panel.instead = lambda request, kept=panel: (
            Reply(200, {"messages": kept.tickets[0].messages, "hasMore": False})
            if request.path == "/messages/1"
            else None
        )

        assert await ask(http, panel) is None


def the_token_api(panel: Panel) -> Panel:
    """whapiv4's own API under /api/v1, for the connection's token, over the same tickets."""

    def answer(request: Seen) -> Behaviour | None:
        if request.headers["authorization"] != "Bearer connection-token":
            return Reply(401, {"error": "ERR_INVALID_API_TOKEN"})
        inner = Seen(
            request.method,
            request.path.removeprefix("/api/v1"),
            {"pageNumber": request.query.get("page", "1")},
            {"authorization": "Bearer jwt-0"},
            None,
        )
        if inner.path == "/tickets":
            number_id = request.query.get("whatsappId")
            mine = [ticket for ticket in panel.tickets if number_id in {None, str(ticket.whatsapp)}]
            shown = [{"id": ticket.id, "contact": {"number": ticket.number}} for ticket in mine]
            return Reply(200, {"tickets": shown, "hasMore": False})
        ticket, _, _ = inner.path.removeprefix("/tickets/").partition("/")
        return Reply(200, panel._shown(Seen("GET", f"/messages/{ticket}", inner.query, {}, None)))

    panel.instead = answer
    return panel


async def test_whapiv4_tells_by_its_own_token_without_any_login(http: Http) -> None:
    panel = the_token_api(a_panel(Ticket(1, "5511000000000"), Ticket(2, "5531987654321")))
    assert await ask(http, panel, dialect=Dialect.WHAPIV4, panel_email=None) is False

    panel.says(panel.tickets[1], TEXT)
    assert await ask(http, panel, dialect=Dialect.WHAPIV4, panel_email=None) is True
    assert panel.logins == 0


async def test_whapiv4_is_asked_for_the_tickets_of_our_own_number_where_one_token_opens_several(http: Http) -> None:
    panel = the_token_api(a_panel(Ticket(1, "5531987654321", whatsapp=1), Ticket(2, "5531987654321", whatsapp=2)))
    panel.says(panel.tickets[0], TEXT)

    async def arrived(query: str) -> bool | None:
        async with scripted(panel) as whaticket:
            channel = a_channel(http, a_connection(whaticket.url + query, Dialect.WHAPIV4))
            return await channel.was_sent(a_letter(), since=SINCE, known=0)

    assert await arrived("?whatsappId=2") is False
    assert await arrived("?whatsappId=1") is True
    assert await arrived("") is True


async def test_whapiv4_with_a_refused_token_tells_nothing(http: Http) -> None:
    panel = the_token_api(a_panel())

    assert await ask(http, panel, dialect=Dialect.WHAPIV4, api_token="wrong") is None

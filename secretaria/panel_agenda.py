"""The agenda's pages of the panel, wired: over the panel's own connections, with the company's calendars."""

from __future__ import annotations

from litestar import Router

from adapters.http.panel.agenda import AgendaPages, agenda_pages_router
from adapters.http.panel.agenda_booking import BookingPages, booking_handlers
from adapters.http.panel.agenda_card import CardPages, card_handlers
from adapters.http.panel.agenda_settings import SettingsPages, settings_handlers
from adapters.postgres.work import PostgresWorkshop
from application.agenda.ports import Calendars
from application.reminders.keep_manners import KeepManners
from secretaria.agenda import agenda_over
from secretaria.composition import Foundations, now
from secretaria.panel_desk import Shell


def agenda_pages(base: Foundations, shell: Shell, open_work: PostgresWorkshop, calendars: Calendars) -> Router:
    agenda = agenda_over(open_work, shell.pool, base.vault, calendars, now)
    pages = AgendaPages(shell.frame, agenda, shell.stream_seconds)
    return agenda_pages_router(
        pages,
        [
            *card_handlers(CardPages(pages)),
            *booking_handlers(BookingPages(pages)),
            *settings_handlers(SettingsPages(pages, KeepManners(open_work))),
        ],
    )

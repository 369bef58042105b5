"""The agenda's pages of the panel, wired: over the panel's own connections, with the company's calendars."""

from __future__ import annotations

from litestar import Router

from adapters.http.panel.agenda import AgendaPages, agenda_pages_router
from adapters.http.panel.agenda_booking import BookingPages, booking_handlers
from adapters.http.panel.agenda_calendar import CalendarPages, calendar_handlers
from adapters.http.panel.agenda_card import CardPages, card_handlers
from adapters.http.panel.agenda_follow_ups import FollowUpPages, follow_up_handlers
from adapters.http.panel.agenda_reminders import ReminderPages, reminder_handlers
from adapters.http.panel.agenda_settings import SettingsPages, settings_handlers
from adapters.http.panel.proof import ProofGate
from adapters.http.panel.pulses import Pulses
from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.calendar_connections import PostgresCalendarDesk
from adapters.postgres.calendar_secrets import PostgresCalendarSecrets
from adapters.postgres.first_lines import PostgresFirstLines
from adapters.postgres.lines import PostgresLines
from adapters.postgres.work import PostgresWorkshop
from adapters.security.chance import new_secret
from application.agenda.change_webhook_secret import ChangeWebhookSecret
from application.agenda.connect_calendar import ConnectCalendar
from application.agenda.feed import GiveFeed
from application.agenda.feel_agenda import FeelAgenda
from application.agenda.try_calendar import TryCalendar
from application.follow_ups.read_follow_ups import ReadFollowUps
from application.reminders.keep_manners import KeepManners
from application.reminders.open_talk import OpenTalk
from application.reminders.read_reminders import ReadReminders
from application.reminders.remind_now import RemindNow
from application.reminders.write_first import WriteFirst
from secretaria.agenda import agenda_over
from secretaria.calendars import ChosenCalendars
from secretaria.composition import Foundations, now
from secretaria.money import build_meter
from secretaria.panel_desk import Shell
from secretaria.reminders import follow_up_over


def agenda_pages(
    base: Foundations, shell: Shell, open_work: PostgresWorkshop, calendars: ChosenCalendars, proof: ProofGate
) -> Router:
    agenda = agenda_over(open_work, shell.pool, base.vault, calendars, now)
    pages = AgendaPages(shell.frame, agenda, Pulses(FeelAgenda(open_work, now)), shell.stream_seconds)
    reminders = ReadReminders(open_work, agenda.zones, PostgresLines(shell.pool, base.vault), now)
    card = CardPages(pages, reminders)
    send = follow_up_over(open_work, agenda, build_meter(base, shell.pool), shell.pool)
    write_first = WriteFirst(open_work, OpenTalk(PostgresFirstLines(shell.pool)))
    follow_ups = FollowUpPages(pages, ReadFollowUps(open_work, agenda.zones, now), send)
    desk = PostgresCalendarDesk(shell.pool, base.vault, open_work)
    calendar = CalendarPages(
        pages,
        ConnectCalendar(desk, PostgresAuditLog(shell.pool)),
        ChangeWebhookSecret(PostgresCalendarSecrets(shell.pool, base.vault), new_secret),
        GiveFeed(open_work),
        TryCalendar(open_work, calendars, desk, now),
        proof,
        base.settings.http.public_url,
    )
    return agenda_pages_router(
        pages,
        [
            *card_handlers(card),
            *reminder_handlers(ReminderPages(card, RemindNow(open_work, agenda.zones, now), write_first)),
            *follow_up_handlers(follow_ups),
            *booking_handlers(BookingPages(pages)),
            *settings_handlers(SettingsPages(pages, KeepManners(open_work))),
            *calendar_handlers(calendar),
        ],
    )

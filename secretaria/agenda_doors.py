"""The agenda's doors, wired: for the company's own people, for the calendars that knock, for programs that read along."""

from __future__ import annotations

from litestar import Router

from adapters.http.agenda import agenda_router
from adapters.http.agenda_setup import agenda_setup_router
from adapters.http.calendar_settings import calendar_router, feed_router
from adapters.http.calendar_webhook import calendar_webhook
from adapters.http.client_address import ClientAddress
from adapters.http.follow_ups import aftercare_router
from adapters.http.reminder_rules import reminder_rules_router
from adapters.icalendar.pages import CalendarPages
from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.calendar_feeds import PostgresLiving
from adapters.postgres.calendar_secrets import PostgresCalendarSecrets
from adapters.redis.rate_limits import Limit, Limits, RedisRateLimits
from adapters.security.chance import new_secret
from application.agenda.change_webhook_secret import ChangeWebhookSecret
from application.agenda.connect_calendar import ConnectCalendar
from application.agenda.feed import GiveFeed, ReadFeed
from application.agenda.try_calendar import TryCalendar
from application.reminders.keep_manners import KeepManners
from application.shared.rate_limits import RateLimits
from secretaria.agenda import build_agenda
from secretaria.calendars import ChosenCalendars, receiving
from secretaria.composition import Foundations, now
from secretaria.reminders import build_aftercare


def agenda_routers(base: Foundations, calendars: ChosenCalendars, limits: RateLimits) -> list[Router]:
    agenda, http, open_work = build_agenda(base, calendars), base.settings.http, base.open_work
    connect = ConnectCalendar(calendars.desk, PostgresAuditLog(base.pool))
    change_secret = ChangeWebhookSecret(PostgresCalendarSecrets(base.pool, base.vault), new_secret)
    trial = TryCalendar(open_work, calendars, calendars.desk, now)
    address = ClientAddress(http.trusted_proxies)
    return [
        agenda_router(agenda),
        agenda_setup_router(agenda),
        reminder_rules_router(KeepManners(open_work)),
        aftercare_router(build_aftercare(base, agenda)),
        calendar_router(connect, change_secret, trial, GiveFeed(open_work), public_url=http.public_url),
        feed_router(ReadFeed(open_work, PostgresLiving(base.pool), CalendarPages(), feed_limits(base), now), address),
        calendar_webhook(receiving(base, calendars, limits), address, body_limit=http.body_limit),
    ]


def feed_limits(base: Foundations) -> RedisRateLimits:
    """Of their own: who reads calendars uses up nothing of what the company may receive."""
    return RedisRateLimits(base.redis, base.keys, Limits(by_number=Limit(60, 60.0), by_ip=None, by_tenant=None))

"""The agenda's doors, wired: for the company's own people, and for the calendars that knock."""

from __future__ import annotations

from litestar import Router

from adapters.http.agenda import agenda_router
from adapters.http.agenda_setup import agenda_setup_router
from adapters.http.calendar_webhook import calendar_webhook
from adapters.http.client_address import ClientAddress
from application.intake.ports import RateLimits
from secretaria.agenda import build_agenda
from secretaria.calendars import ChosenCalendars, receiving
from secretaria.composition import Foundations


def agenda_routers(base: Foundations, calendars: ChosenCalendars, limits: RateLimits) -> list[Router]:
    agenda, http = build_agenda(base, calendars), base.settings.http
    address = ClientAddress(http.trusted_proxies)
    return [
        agenda_router(agenda),
        agenda_setup_router(agenda),
        calendar_webhook(receiving(base, calendars, limits), address, body_limit=http.body_limit),
    ]

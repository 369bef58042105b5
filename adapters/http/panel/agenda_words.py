"""The agenda in the words of the panel: states, days and lengths as a receptionist says them."""

from __future__ import annotations

from datetime import date
from typing import Final

from babel.dates import format_date

from adapters.http.panel.words import LOCALE, phone
from application.agenda.work import Client
from domain.agenda.appointment import Appointment, Status

STATES: Final = {
    Status.PENDING: ("aguardando o calendário", "wait"),
    Status.BOOKED: ("marcado", "person"),
    Status.CONFIRMED: ("confirmado", "good"),
    Status.RESCHEDULED: ("remarcado", "wait"),
    Status.KEPT: ("compareceu", "good"),
    Status.MISSED: ("faltou", "bad"),
    Status.CANCELLED: ("cancelado", ""),
}
DAYS: Final = ("Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo")
SHORT_DAYS: Final = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")


def state(appointment: Appointment) -> str:
    if appointment.moving_to is not None:
        return "mudando de horário"
    return STATES[appointment.status][0]


def kind(appointment: Appointment) -> str:
    return STATES[appointment.status][1]


def client(one: Client) -> str:
    """Whoever never told a name is known by their number, written as people write it."""
    return phone(one.name) if one.name else "Contato sem nome"


def long_date(day: date) -> str:
    """terça-feira, 24 de novembro de 2026"""
    return str(format_date(day, "EEEE, d 'de' MMMM 'de' y", locale=LOCALE))


def week_of(first: date, last: date) -> str:
    """23 a 29 de novembro de 2026"""
    begins = "d" if (first.year, first.month) == (last.year, last.month) else "d 'de' MMMM"
    if first.year != last.year:
        begins = "d 'de' MMMM 'de' y"
    ends = format_date(last, "d 'de' MMMM 'de' y", locale=LOCALE)
    return f"{format_date(first, begins, locale=LOCALE)} a {ends}"


def minutes(count: int) -> str:
    """45 min, 1 h, 1 h 30"""
    hours, rest = divmod(count, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def clock_of(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

"""What is typed about reminders, quiet hours and the question afterwards, as what it means."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from adapters.http.panel.agenda_forms import Reading
from adapters.http.panel.agenda_look import number_of
from domain.reminders.cadence import Kind
from domain.reminders.manners import LATEST, Manners
from domain.reminders.quiet_hours import QuietHours

KINDS: Final = {"lembrete72": Kind.THREE_DAYS, "lembrete24": Kind.DAY, "lembrete1": Kind.HOUR}
REMINDER_FIELDS: Final = (*KINDS, "silencio_de", "silencio_ate", "pos", "pos_horas", "pergunta", "primeiro_contato")
BEGINS: Final = "Escolha uma hora das 18:00 às 23:59."
ENDS: Final = "Escolha uma hora das 5:00 às 12:00."
HOURS: Final = "Escreva horas, de 1 a 336."
QUESTION: Final = "Até 600 caracteres; entre chaves, só {nome}, {servico} e {profissional}."
MOST_HOURS: Final = int(LATEST.total_seconds()) // 3600
USUAL: Final = QuietHours()


def manners_from(reading: Reading) -> Manners | None:
    begins = reading.taken("silencio_de", BEGINS, lambda: _begins(reading.typed["silencio_de"]), USUAL.begins)
    ends = reading.taken("silencio_ate", ENDS, lambda: _ends(reading.typed["silencio_ate"]), USUAL.ends)
    hours = reading.taken("pos_horas", HOURS, lambda: _hours(reading.typed["pos_horas"]), 1)
    kinds = frozenset(kind for field, kind in KINDS.items() if reading.typed[field] == "sim")
    question = "\n".join(line.rstrip() for line in reading.typed["pergunta"].strip().splitlines())
    wanted = reading.typed["pos"] == "sim"
    first = reading.typed["primeiro_contato"] == "sim"
    return reading.made(
        "pergunta",
        QUESTION,
        lambda: Manners(kinds, QuietHours(begins, ends), wanted, timedelta(hours=hours), question, first),
    )


def manners_typed(manners: Manners) -> dict[str, str]:
    return {
        **{field: "sim" if kind in manners.kinds else "" for field, kind in KINDS.items()},
        "silencio_de": _clock(manners.quiet.begins),
        "silencio_ate": _clock(manners.quiet.ends),
        "pos": "sim" if manners.follow_up else "",
        "pos_horas": str(int(manners.after.total_seconds()) // 3600),
        "pergunta": manners.question,
        "primeiro_contato": "sim" if manners.writes_first else "",
    }


def _begins(said: str) -> int:
    return QuietHours(begins=_minute(said)).begins


def _ends(said: str) -> int:
    return QuietHours(ends=_minute(said)).ends


def _hours(said: str) -> int:
    hours = number_of(said.strip())
    if hours is None or hours > MOST_HOURS:
        raise ValueError(said)
    return hours


def _minute(said: str) -> int:
    hour, colon, minute = said.strip().partition(":")
    if not (colon and all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hour, minute))):
        raise ValueError(said)
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

"""What is typed about professionals, services, days off and rules, as what it means; nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from adapters.http.panel.agenda_look import day_of, number_of
from domain.access.email import checked_email
from domain.agenda.opening_hours import WEEKDAYS, DayOff, WeekHours
from domain.agenda.people import Professional, Service
from domain.agenda.rules import BEATS, STATES, Rules
from domain.assistant.attendance import Span, read_day
from domain.shared.errors import Invalid
from domain.shared.ids import ProfessionalId, ServiceId

T = TypeVar("T")

DAY_FIELDS: Final = tuple(f"dia{place}" for place in range(len(WEEKDAYS)))
HOURS: Final = "Escreva como 8:00-12:00, 14:00-18:00. Deixe vazio quando não atende."
NAME: Final = "Escreva um nome, com até 80 caracteres."
EMAIL: Final = "Escreva um e-mail, como nome@clinica.com.br, ou deixe vazio."
MINUTES: Final = "Escreva a duração em minutos, de 1 a 720."
BUFFER: Final = "Escreva minutos, de 0 a 240."
PRICE: Final = "Escreva o preço em reais, como 150 ou 150,00."
NOTICE: Final = "Escreva horas, de 0 a 720, como 2 ou 1,5."
DATE: Final = "Escolha uma data."
LAST: Final = "O último dia vem depois do primeiro, no máximo 400 dias adiante."
SPAN: Final = "Escreva como 14:00-16:00, ou deixe vazio para o dia todo."
LEAD: Final = NOTICE
AHEAD: Final = "Escreva dias, de 1 a 365."
NEVER_OPEN: Final = "Com essa antecedência nada poderia ser marcado: ela precisa ser menor do que a agenda fica aberta."
CHOICE: Final = "Escolha uma das opções."
MOST_DIGITS: Final = 9


class Reading:
    """Reads fields one by one and gathers what is wrong with them, in words for the person."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.problems: dict[str, str] = {}

    def taken(self, field: str, problem: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except (Invalid, ValueError, InvalidOperation):
            self.problems[field] = problem
            return otherwise

    def text(self, field: str) -> str:
        return " ".join(self.typed[field].split())

    def spans(self, field: str, problem: str) -> tuple[Span, ...]:
        nothing: tuple[Span, ...] = ()
        return self.taken(field, problem, lambda: read_day(self.typed[field], field=field), nothing)

    def made(self, field: str, problem: str, make: Callable[[], T]) -> T | None:
        """What all the fields make together; `field` is blamed where no other is."""
        return None if self.problems else self.taken(field, problem, make, None)


def professional_from(reading: Reading, id: ProfessionalId) -> Professional | None:
    days = tuple(reading.spans(field, HOURS) for field in DAY_FIELDS)
    active = reading.typed["ativo"] == "sim"
    said = reading.text("email")
    email = reading.taken("email", EMAIL, lambda: checked_email(said) if said else None, None)
    return reading.made("nome", NAME, lambda: Professional(reading.text("nome"), WeekHours(days), active, id, email))


def professional_typed(one: Professional) -> dict[str, str]:
    days = {field: ", ".join(map(str, spans)) for field, spans in zip(DAY_FIELDS, one.hours.days, strict=True)}
    return {"nome": one.name, "ativo": "sim" if one.active else "", "email": one.email or "", **days}


def service_from(reading: Reading, id: ServiceId, doers: frozenset[ProfessionalId]) -> Service | None:
    lasts = reading.taken("duracao", MINUTES, lambda: _within(reading.typed["duracao"], 1, 720), 1)
    before = reading.taken("antes", BUFFER, lambda: _within(reading.typed["antes"] or "0", 0, 240), 0)
    after = reading.taken("depois", BUFFER, lambda: _within(reading.typed["depois"] or "0", 0, 240), 0)
    price = reading.taken("preco", PRICE, lambda: _cents(reading.typed["preco"]), 0)
    notice = reading.taken("aviso", NOTICE, lambda: _hours(reading.typed["aviso"]), timedelta(0))
    return reading.made(
        "nome",
        NAME,
        lambda: Service(
            reading.text("nome"),
            lasts,
            before,
            after,
            price,
            notice,
            doers,
            reading.typed["ativo"] == "sim",
            id,
        ),
    )


def service_typed(one: Service) -> dict[str, str]:
    return {
        "nome": one.name,
        "duracao": str(one.minutes),
        "antes": str(one.before),
        "depois": str(one.after),
        "preco": f"{one.price_cents // 100},{one.price_cents % 100:02}" if one.price_cents else "",
        "aviso": _in_hours(one.notice),
        "ativo": "sim" if one.active else "",
    }


def day_off_from(reading: Reading) -> DayOff | None:
    first = reading.taken("primeiro", DATE, lambda: _date(reading.typed["primeiro"]), date.min)
    last = first
    if reading.typed["ultimo"]:
        last = reading.taken("ultimo", DATE, lambda: _date(reading.typed["ultimo"]), first)
    spans = reading.spans("horas", SPAN)
    if len(spans) > 1:
        reading.problems["horas"] = SPAN
    who = number_of(reading.typed["quem"])
    return reading.made(
        "ultimo",
        LAST,
        lambda: DayOff(
            first,
            last,
            reading.text("motivo"),
            None if who is None else ProfessionalId(who),
            spans[0] if spans else None,
            reading.typed["anual"] == "sim",
        ),
    )


def rules_from(reading: Reading) -> Rules | None:
    beat = reading.taken("passo", CHOICE, lambda: _one_of(_whole(reading.typed["passo"]), BEATS), 0)
    lead = reading.taken("antecedencia", LEAD, lambda: _hours(reading.typed["antecedencia"]), timedelta(0))
    ahead = reading.taken("horizonte", AHEAD, lambda: _within(reading.typed["horizonte"], 1, 365), 1)
    state = reading.typed["estado"]
    if state and state not in STATES:
        reading.problems["estado"] = CHOICE
    return reading.made(
        "antecedencia",
        NEVER_OPEN,
        lambda: Rules(
            beat,
            lead,
            timedelta(days=ahead),
            reading.typed["feriados"] == "sim",
            reading.typed["facultativos"] == "sim",
            state or None,
        ).checked(),
    )


def rules_typed(rules: Rules) -> dict[str, str]:
    return {
        "passo": str(rules.beat),
        "antecedencia": _in_hours(rules.lead),
        "horizonte": str(rules.ahead.days),
        "feriados": "sim" if rules.closed_on_holidays else "",
        "facultativos": "sim" if rules.optional_holidays else "",
        "estado": rules.state or "",
    }


def _whole(said: str) -> int:
    said = said.strip()
    if not (said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS):
        raise ValueError(said)
    return int(said)


def _within(said: str, least: int, most: int) -> int:
    value = _whole(said)
    if not least <= value <= most:
        raise ValueError(said)
    return value


def _one_of(value: int, choices: tuple[int, ...]) -> int:
    if value not in choices:
        raise ValueError(value)
    return value


def _hours(said: str) -> timedelta:
    value = Decimal(said.strip().replace(",", ".") or "0")
    if not (value.is_finite() and 0 <= value <= 720):
        raise ValueError(said)
    return timedelta(minutes=round(value * 60))


def _in_hours(span: timedelta) -> str:
    """Two places tell every minute of an hour from the next."""
    return f"{span.total_seconds() / 3600:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _cents(said: str) -> int:
    """R$ 1.250,00, 1250, 99.90"""
    plain = said.strip().removeprefix("R$").strip()
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    value = Decimal(plain or "0")
    if not (value.is_finite() and 0 <= value <= 1_000_000):
        raise ValueError(said)
    return round(value * 100)


def _date(said: str) -> date:
    day = day_of(said)
    if day is None:
        raise ValueError(said)
    return day

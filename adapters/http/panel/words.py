"""Numbers, dates, names and telephones as Brazilians write them: the templates' filters that know nothing of the product."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from domain.billing.money import in_reais

LOCALE: Final = "pt_BR"
BRAZILIAN: Final = re.compile(r"\+55(\d{2})(\d{4,5})(\d{4})")
SPACES: Final = re.compile(r"\s+")
HUES: Final = 6
TITLES: Final = frozenset({"dr", "dra", "prof", "profa", "sr", "sra"})


def phone(value: str) -> str:
    """+5511987654321 → (11) 98765-4321; foreign numbers stay as they are."""
    found = BRAZILIAN.fullmatch(value)
    return f"({found[1]}) {found[2]}-{found[3]}" if found else value


def initials(name: str | None) -> str:
    words = [word for word in (name or "").split() if word[0].isalpha()]
    if not words:
        return "#"
    words = [word for word in words if word.casefold().rstrip(".") not in TITLES] or words
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue(seed: object) -> int:
    return sum(ord(mark) * (place + 1) for place, mark in enumerate(str(seed))) % HUES


def oneline(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "-", plain.lower()).strip("-")


def number(value: float) -> str:
    return str(format_decimal(value, locale=LOCALE))


def percent(share: float) -> str:
    return str(format_percent(share, format="#,##0.#%", locale=LOCALE))


def reais(cents: int) -> str:
    return str(format_currency(Decimal(cents) / 100, "BRL", locale=LOCALE))


def finely(amount: int) -> str:
    """Specks as reais; under one real the first digits still matter, for a single answer costs far less than a cent."""
    value = in_reais(amount)
    places = "0.00" if value >= 1 or not value else "0.0000"
    return "R$ " + str(format_decimal(value, format=f"#,##{places}", locale=LOCALE))


def clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M")


def day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Hoje, Ontem, 12 de novembro, 12 de novembro de 2025"""
    then, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = {0: "Hoje", 1: "Ontem"}.get((today - then).days)
    pattern = "d 'de' MMMM" if then.year == today.year else "d 'de' MMMM 'de' y"
    return near or str(format_date(then, pattern, locale=LOCALE))


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The shortest that says it: 14:03, ontem, 12/11, 12/11/25"""
    then, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    if then == today:
        return clock(at, zone)
    if (today - then).days == 1:
        return "ontem"
    return then.strftime("%d/%m" if then.year == today.year else "%d/%m/%y")


def full(at: datetime, zone: ZoneInfo) -> str:
    return str(format_datetime(at.astimezone(zone), "d 'de' MMMM 'de' y 'às' HH:mm", locale=LOCALE))


def short_date(at: datetime | date, zone: ZoneInfo) -> str:
    local = at.astimezone(zone).date() if isinstance(at, datetime) else at
    return local.strftime("%d/%m/%Y")


def lasting(since: datetime, now: datetime) -> str:
    """há 5 min, há 3 h, há 2 dias"""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return "agora"
    if minutes < 60:
        return f"há {minutes} min"
    if minutes < 48 * 60:
        return f"há {minutes // 60} h"
    return f"há {minutes // 1440} dias"


BROWSERS: Final = {"Edge": "Edg", "Opera": "OPR/", "Firefox": "Firefox/", "Chrome": "Chrome/", "Safari": "Safari/"}
SYSTEMS: Final = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "macOS": "Mac OS",
    "Linux": "Linux",
}
"""As people call them -> as their own line of introduction does; the first that fits, for later ones claim to be earlier."""


def browser(agent: str) -> str:
    """Chrome no Windows"""
    program = next((name for name, mark in BROWSERS.items() if mark in agent), "")
    system = next((name for name, mark in SYSTEMS.items() if mark in agent), "")
    return f"{program} no {system}" if program and system else program or system or "Aparelho desconhecido"


def spark(series: Sequence[float]) -> str:
    """Points of a line 100 wide and 24 high, for a picture without axes."""
    top = max(series, default=0) or 1
    steps = max(1, len(series) - 1)
    return " ".join(
        f"{round(100 * place / steps, 1)},{round(22 - 20 * value / top, 1)}" for place, value in enumerate(series)
    )


def long_day(at: datetime, zone: ZoneInfo) -> str:
    """Sábado, 21 de novembro"""
    said = str(format_date(at.astimezone(zone).date(), "EEEE, d 'de' MMMM", locale=LOCALE))
    return said[:1].upper() + said[1:]


def greeting(at: datetime, zone: ZoneInfo) -> str:
    hour = at.astimezone(zone).hour
    if 5 <= hour < 12:
        return "Bom dia"
    return "Boa tarde" if 12 <= hour < 18 else "Boa noite"

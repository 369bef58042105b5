"""A Cal.com to try: an account in the sandbox, with a type of event for each thing that the demonstration company does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from secretaria.demonstration import call
from secretaria.demonstration_agenda import DENTIST, PHYSIOTHERAPIST

KEY: Final = "cal_live_demonstration"
ACCOUNT: Final = 1
MARINA, PAULO = 11, 12
HOURS: Final = (
    {"days": [1, 2, 3, 4, 5, 6], "opens": "08:00", "closes": "12:00"},
    {"days": [1, 2, 3, 4, 5], "opens": "13:00", "closes": "18:00"},
)
TYPES: Final = (
    (21, MARINA, "Consulta", 30, DENTIST.name),
    (22, PAULO, "Consulta", 30, PHYSIOTHERAPIST.name),
    (23, MARINA, "Limpeza", 40, DENTIST.name),
    (24, PAULO, "Sessão de fisioterapia", 50, PHYSIOTHERAPIST.name),
)


def open_account(calcom: str) -> None:
    """The same numbers and the same key at every start, so that saying it again changes nothing."""
    account = {"id": ACCOUNT, "key": KEY, "name": "Clínica Boa Vista", "username": "boavista", "per_minute": 120}
    call("POST", f"{calcom}/_sandbox/accounts", account)
    for id, host, title, length, name in TYPES:
        offer = {"id": id, "account": ACCOUNT, "host": host, "slug": f"tipo-{id}", "title": f"{title} com {name}"}
        call("POST", f"{calcom}/_sandbox/event-types", {**offer, "length": length, "hours": HOURS})


def told(calcom: str) -> Mapping[str, Any]:
    """Its part of `run.json`: what the panel's page Calendário asks for."""
    types = {f"{title} com {name}": id for id, _, title, _, name in TYPES}
    return {"url": calcom, "api_key": KEY, "event_types": types}

"""What a client reads of a change that somebody else made to their appointment: what they knew, and what holds now."""

from __future__ import annotations

from datetime import datetime

from application.reminders.texts import HOW_TO_STOP, greeting, when
from domain.reminders.choice import Candidate


def changed(name: str, one: Candidate, now: datetime, *, was: datetime, had: str) -> str:
    """By somebody else: `was` and `had` are when, and with whom, they know it."""
    known, new = when(was, now), when(one.starts, now)
    if one.starts == was:
        said = f"O seu horário de {one.service}, {new}, agora é com {one.professional}, e não mais com {had}."
    else:
        with_whom = "" if one.professional == had else f", com {one.professional}"
        said = f"Mudamos o seu horário de {one.service} com {had}, que era {known}. O novo horário é {new}{with_whom}."
    return f"{greeting(name)} {said} Se não for bom para você, é só responder por aqui.{HOW_TO_STOP}"


def called_off(name: str, one: Candidate, now: datetime, *, was: datetime, had: str) -> str:
    """By somebody else, as `changed`."""
    return (
        f"{greeting(name)} O seu horário de {one.service} com {had}, {when(was, now)}, foi cancelado. "
        f"Se quiser marcar outro, é só responder por aqui.{HOW_TO_STOP}"
    )

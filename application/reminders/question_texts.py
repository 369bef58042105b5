"""What a contact reads who is asked which of several open questions they have answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from application.reminders.texts import when
from domain.conversations.questions import About
from domain.reminders.choice import Candidate

TO_WHAT: Final = "Só para eu não me enganar: a sua resposta é sobre qual destes?"
BOTH: Final = 2


def to_what(labels: Sequence[str]) -> str:
    lines = [f"*{number}* - {label}" for number, label in enumerate(labels, 1)]
    every = "*os dois*" if len(labels) == BOTH else "*todos*"
    return "\n".join((TO_WHAT, "", *lines, "", f"Responda com o número ou, se valer para tudo, {every}."))


ABOUT: Final[Mapping[About, str]] = {
    About.PRESENCE: "A sua presença em {what}",
    About.PLACE: "A vaga que abriu: {what}",
    About.FOLLOW_UP: "Como foi o seu atendimento de {what}",
}
TO_BOOK: Final = "O horário novo que você pediu: {what}"
TO_MOVE: Final = "A mudança do seu horário para: {what}"
TO_CANCEL: Final = "O cancelamento do seu horário"


def asked_about(about: About, one: Candidate, now: datetime) -> str:
    """As a line of a list of questions; it holds for a yes and for a no."""
    what = f"{one.service} com {one.professional}"
    return ABOUT[about].format(what=what if about is About.FOLLOW_UP else f"{what}, {when(one.starts, now)}")

"""What a contact reads of a place of the waiting list: offered, taken, swapped, declined or gone."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from application.reminders.texts import HOW_TO_STOP, greeting, when
from domain.reminders.choice import Candidate


def offer(name: str, one: Candidate, now: datetime, minutes: int, *, had: datetime | None = None) -> str:
    """`had`: the time of the same service that they would give for it."""
    question = "Quer ficar com ele?" if had is None else f"Quer trocar o seu, que é {when(had, now)}, por ele?"
    return (
        f"{greeting(name)} Abriu um horário de {one.service} com {one.professional}: {when(one.starts, now)}. "
        f"Guardei para você por {minutes} minutos. {question} Responda *sim* ou *não*." + HOW_TO_STOP
    )


def offer_taken(one: Candidate, now: datetime) -> str:
    return f"Prontinho, o horário é seu: {one.service} com {one.professional}, {when(one.starts, now)}. Até lá! 😊"


def offer_swapped(one: Candidate, now: datetime) -> str:
    return f"Prontinho, troquei o seu horário: {one.service} com {one.professional} agora é {when(one.starts, now)}. Até lá! 😊"


OFFER_PENDING: Final = (
    "O horário está guardado para você, e estou esperando a agenda confirmar. Se algo mudar, aviso por aqui."
)
OFFER_WAITS: Final = (
    "A agenda ainda está confirmando a mudança anterior do seu horário, e só depois dela consigo fazer outra. "
    "Pode me responder *sim* de novo daqui a alguns minutos?"
)
OFFER_DECLINED: Final = (
    "Sem problemas! Você continua na lista de espera, e aviso quando abrir outro horário. "
    "Se não precisar mais, escreva *sair da lista de espera*."
)
OFFER_GONE: Final = (
    "Que pena, esse horário acabou de ser preenchido. Você continua na lista de espera, e aviso assim que abrir outro."
)

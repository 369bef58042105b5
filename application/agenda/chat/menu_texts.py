"""What the menu says: lists with numbers, one question at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.agenda.choices import Option

BY_NUMBER: Final = "Responda com o número."
OR_BY_NUMBER: Final = "Escreva quando, ou responda com o número."
PERSON: Final = "Se preferir uma pessoa, escreva *falar com atendente*."

AWAY: Final = (
    "Estou com uma dificuldade técnica para conversar livremente agora, e já avisei a equipe. "
    "Mas consigo cuidar do seu horário por aqui:"
)
HOME: Final = "O que você precisa?"
WHICH_SERVICE: Final = "Qual serviço você quer marcar?"
WHICH_TO_WAIT_FOR: Final = "Para qual serviço você quer entrar na lista de espera?"
NO_LONGER: Final = "Que pena, esse serviço não está mais disponível para marcar por aqui. 😕\n\n"
WHICH_PROFESSIONAL: Final = "Com quem você prefere?"
DOES_NOT_DO_IT: Final = "{who} não faz esse serviço por aqui. "
WHEN: Final = (
    'Para quando? Pode escrever do seu jeito: "amanhã de manhã", "quinta às 15h", "o quanto antes".\n\n' + PERSON
)
MOVING: Final = "Vamos mudar *{what}*.\n\n"
WAIT_WHEN: Final = (
    'Que dias e horas serviriam para você? Pode escrever do seu jeito: "quinta de manhã", "o quanto antes".\n\n'
    + PERSON
)
WAITING: Final = (
    "Pronto! Você está na lista de espera: *{what}*. Quando abrir um horário assim, ele é oferecido a você por aqui."
)
WAITING_BY_ANSWER: Final = "Para sair da lista, escreva *sair da lista de espera*."
FREE_ALREADY: Final = "Boa notícia: já há horários livres assim, não precisa esperar:"
WAITS: Final = "Você está na lista de espera. Quer que eu tire o seu nome de alguma?"
TAKE_OFF: Final = "Tirar: {what}"
NOT_WAITING: Final = "Você não está em nenhuma lista de espera por aqui."
WAITS_NO_MORE: Final = "Pronto, você saiu da lista de espera: *{what}*."
WHICH_SLOT: Final = "Estes horários estão livres:"
NOT_EXACTLY: Final = "Não há nada livre exatamente quando você pediu."
NEAR_SLOTS: Final = "{why} Os mais próximos são:"
TAKEN: Final = "Esse horário acabou de ser ocupado."
NEAR_SLOTS_ELSE: Final = "Os mais próximos são:"
NO_SLOTS: Final = "Não encontrei horários livres por agora. Quer tentar outro dia? " + PERSON
CONFIRM: Final = "Posso marcar *{what}*?"
CONFIRM_MOVE: Final = "Posso mudar para *{what}*?"
BOOKED: Final = "Pronto! Está marcado: *{what}*. Até lá! 🙂"
MOVED: Final = "Pronto! Seu horário mudou para *{what}*. Até lá! 🙂"
PENDING: Final = (
    "Recebi. O pedido para *{what}* ainda não foi confirmado pela agenda; a equipe acompanha e avisa por aqui."
)
SEEN_OFF: Final = "Até mais! 🙂 Se precisar de alguma coisa, é só escrever *menu*."
MINE: Final = "Seus horários:"
NONE_OF_MINE: Final = "Você não tem nenhum horário marcado por aqui."
WHICH_TO_MOVE: Final = "Qual horário você quer mudar?"
WHICH_TO_CANCEL: Final = "Qual horário você quer cancelar?"
CONFIRM_CANCEL: Final = "Posso cancelar *{what}*?"
KEPT: Final = "Tudo bem, não cancelei nada. Continua marcado: *{what}*."
CANCELLED: Final = "Pronto, está cancelado: *{what}*."
AGAIN: Final = "Não entendi. Pode escolher um dos números, por favor?"
MOVED_BY_PEOPLE: Final = (
    "Esse serviço não é mais marcado por aqui, mas o seu horário continua valendo. "
    "Vou chamar uma pessoa da equipe para combinar outro horário com você. 🙂"
)
CALLED: Final = "Certo! Vou chamar uma pessoa da equipe para continuar com você por aqui. Só um momento, por favor. 🙂"


def listed(question: str, options: Sequence[Option], *, hint: str = BY_NUMBER) -> str:
    lines = [f"*{number}* - {option.label}" for number, option in enumerate(options, 1)]
    return "\n".join((question, "", *lines, *(("", hint) if hint else ())))

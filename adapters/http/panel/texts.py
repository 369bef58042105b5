"""The panel's own words for what the system knows by short English ones; also the filters that need them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Protocol

from adapters.http.panel.words import lasting, phone
from application.agenda.booking import NotOffered
from application.agenda.feed import AttendsNoLonger
from application.agenda.ports import CalendarRefused
from application.conversations.views import Line, Voice
from application.quotas.meter import OutOfQuota
from domain.agenda.appointment import AppointmentMoveRefused, NotYet, SlotTaken, TooLateToChange, Unsettled
from domain.agenda.opening_hours import DayOffKnown
from domain.agenda.people import AgendaNameTaken, DoesNotDoThat
from domain.agenda.rules import TooFarAhead, TooSoon
from domain.companies.limits import PastLimit
from domain.conversations.conversation import Holder, Reason
from domain.conversations.inbound import Kind
from domain.conversations.turn import Unanswered
from domain.delivery.outgoing import State
from domain.handoff.entry import EntryKind, NothingTyped, TooLong
from domain.quotas.standing import Gate
from domain.shared.errors import Forbidden, Invalid, NotFound, Refused, SecretariaError, Unauthenticated, Unavailable

HOLDER_LABEL: Final = {
    Holder.ASSISTANT: "secretária",
    Holder.WAITING: "esperando pessoa",
    Holder.PERSON: "com uma pessoa",
    Holder.CLOSED: "encerrada",
}
HOLDER_WHO: Final = {
    Holder.ASSISTANT: "a secretária",
    Holder.WAITING: "ninguém ainda",
    Holder.PERSON: "a equipe",
    Holder.CLOSED: "ninguém",
}
HOLDER_KIND: Final = {Holder.ASSISTANT: "good", Holder.WAITING: "wait", Holder.PERSON: "person", Holder.CLOSED: ""}
HOLDER_WORD: Final = {
    Holder.ASSISTANT: "secretaria",
    Holder.WAITING: "espera",
    Holder.PERSON: "equipe",
    Holder.CLOSED: "encerradas",
}
"""As it stands in an address: /painel/conversas?com=espera"""

HOLDER_TAB: Final = {
    Holder.WAITING: "Esperando pessoa",
    Holder.PERSON: "Com a equipe",
    Holder.ASSISTANT: "Com a secretária",
    Holder.CLOSED: "Encerradas",
}
WHY_PERSON: Final = {
    Reason.ASKED: "pediu uma pessoa",
    Reason.TAKEOVER: "alguém da equipe assumiu",
    Reason.LOOP: "parece outro atendimento automático",
    Reason.DEGRADED: "a IA está fora do ar",
    Reason.GAVE_UP: "a resposta falhou",
    Reason.TICKET_CLOSED: "atendimento encerrado no Whaticket",
    Reason.QUOTA: "o plano acabou ou está em atraso",
    Reason.DAILY_LIMIT: "chegou ao limite de respostas do dia",
}
WHY_SILENT: Final = {
    Unanswered.HELD: "A conversa estava com uma pessoa, ou esperando por uma.",
    Unanswered.DISABLED: "A secretária estava desligada.",
    Unanswered.OFF_HOURS: "Fora do horário em que a secretária atende.",
    Unanswered.NOT_MEANT: "A secretária não atende este número.",
    Unanswered.OLD: "A mensagem chegou tarde demais para ser respondida sozinha.",
    Unanswered.LIMITED: "Mensagens demais em pouco tempo.",
    Unanswered.GAVE_UP: "A resposta falhou; veja em Falhas.",
    Unanswered.DAILY_LIMIT: "Este contato chegou ao limite de respostas por dia.",
    Unanswered.QUOTA: "O uso do plano acabou, ou o plano não está em dia.",
}
KIND_WORD: Final = {
    Kind.AUDIO: "Áudio",
    Kind.IMAGE: "Imagem",
    Kind.VIDEO: "Vídeo",
    Kind.DOCUMENT: "Documento",
    Kind.STICKER: "Figurinha",
    Kind.LOCATION: "Localização",
    Kind.CONTACT: "Contato",
    Kind.UNSUPPORTED: "Mensagem de outro tipo",
}
KIND_ICON: Final = {
    Kind.AUDIO: "sound",
    Kind.IMAGE: "picture",
    Kind.VIDEO: "picture",
    Kind.STICKER: "picture",
    Kind.LOCATION: "pin",
    Kind.CONTACT: "person",
}
AUTHOR: Final = {Voice.ASSISTANT: "Secretária", Voice.PERSON: "Equipe", Voice.STAFF: "Equipe, pelo WhatsApp"}
SPEAKER: Final = {Voice.ASSISTANT: "Secretária", Voice.PERSON: "Equipe", Voice.STAFF: "Equipe"}
DEED: Final = {
    EntryKind.TAKEN: "assumiu a conversa",
    EntryKind.RETURNED: "devolveu a conversa à secretária",
    EntryKind.SUMMARY: "pediu um resumo",
}
DELIVERY: Final = {
    State.QUEUED: "na fila",
    State.SENDING: "enviando…",
    State.SENT: "enviada",
    State.UNKNOWN: "não se sabe se chegou",
    State.FAILED: "não foi enviada",
}

WORK: Final = {
    "delivery.send": "Enviar mensagem",
    "conversations.take_turn": "Responder cliente",
    "intake.read": "Ler mensagem recebida",
    "agenda.settle": "Avisar o calendário de um agendamento",
}

TROUBLES: Final = {
    "O Whaticket não respondeu depois de várias tentativas.": r"ladder exhausted|status 5\d\d|breaker|circuit",
    "O envio saiu, mas o Whaticket não confirmou. Confira no celular antes de repetir.": r"nobody can say",
    "O Whaticket recusou o acesso. Confira o token da conexão.": r"40[13]|token|login|session",
    "Este número não tem WhatsApp, ou a conversa não existe mais.": r"404|no whatsapp|not on whatsapp",
    "O Whaticket pediu para enviar mais devagar.": r"429|rate|limit",
    "Não foi possível falar com o Whaticket.": r"time-?d? ?out|connect|unreachable|refused",
    "A IA não respondeu a tempo.": r"model|gemini",
}
"""What a person reads -> the reasons as they are logged; the first that fits."""

SOME_TROUBLE: Final = "Algo falhou do nosso lado."

OF_KIND: Final[Mapping[type[SecretariaError], str]] = {
    NothingTyped: "Escreva alguma coisa antes de enviar.",
    TooLong: f"O texto passou do limite de {TooLong.most} caracteres. Corte um pedaço e envie de novo.",
    Invalid: "Algum campo não está como deveria. Confira e tente de novo.",
    Unauthenticated: "Sua sessão terminou. Entre de novo para continuar.",
    Forbidden: "Seu perfil não permite fazer isso. Peça a quem administra a empresa.",
    NotFound: "Isso não existe mais, ou nunca existiu.",
    PastLimit: "Seu plano não inclui mais um. Um plano maior, na página Plano, abre lugar na hora.",
    SlotTaken: "Esse horário acabou de ser ocupado. Escolha outro.",
    NotOffered: "Ninguém atende nesse horário. Escolha outro, ou marque “mesmo fora do horário”.",
    TooSoon: "Esse horário já passou, ou está perto demais pelas regras da agenda.",
    TooFarAhead: "Esse dia fica além do que a agenda abre para marcar.",
    DoesNotDoThat: "Esse profissional não faz esse serviço.",
    CalendarRefused: "O calendário da empresa recusou esse horário. Escolha outro.",
    Unsettled: "O calendário ainda está respondendo sobre a mudança anterior. Tente de novo em instantes.",
    TooLateToChange: "Esse horário já começou: não dá mais para mudar.",
    AppointmentMoveRefused: "O agendamento já mudou. Atualize a página e veja como ele está.",
    NotYet: "Só dá para dizer se o cliente veio depois que o horário começa.",
    AgendaNameTaken: "Já existe outro com esse nome.",
    DayOffKnown: "Essa folga já está na lista.",
    AttendsNoLonger: "Quem não atende mais não ganha um endereço novo.",
    Refused: "Não dá para fazer isso agora.",
    Unavailable: "Um serviço do qual dependemos não respondeu. Tente de novo em instantes.",
}


OUT_OF_QUOTA: Final[Mapping[Gate, str]] = {
    Gate.USED_UP: "O uso do plano acabou neste ciclo, e a IA volta com o próximo ciclo ou com um plano maior.",
    Gate.UNPAID: "O plano não está em dia. A IA volta assim que o pagamento for confirmado.",
    Gate.SUSPENDED: "A empresa está suspensa. A IA volta quando ela for reativada.",
}


def told(error: SecretariaError) -> str:
    """What a person reads about a refusal: its own sentence, or the nearest kind's."""
    if isinstance(error, OutOfQuota):
        return OUT_OF_QUOTA[error.gate]
    return next((OF_KIND[kind] for kind in type(error).__mro__ if kind in OF_KIND), SOME_TROUBLE)


class Called(Protocol):
    @property
    def name(self) -> str | None: ...

    @property
    def phone(self) -> str | None: ...


class Held(Protocol):
    @property
    def holder(self) -> Holder: ...

    @property
    def held_since(self) -> datetime: ...


def called(who: Called) -> str:
    return who.name or (phone(who.phone) if who.phone else "Contato sem nome")


def holder_label(held: Held, now: datetime) -> str:
    if held.holder is Holder.WAITING:
        return f"esperando {lasting(held.held_since, now)}"
    return HOLDER_LABEL[held.holder]


def delivery(line: Line) -> str:
    if line.state is State.QUEUED and line.attempts:
        return f"tentando de novo ({line.attempts}ª falhou)"
    return DELIVERY[line.state] if line.state else ""


def trouble(reason: str) -> str:
    return next(
        (words for words, pattern in TROUBLES.items() if re.search(pattern, reason, re.IGNORECASE)), SOME_TROUBLE
    )


def work(actor: str) -> str:
    return WORK.get(actor, "Trabalho interno")


def kind_word(kind: str) -> str:
    return KIND_WORD.get(Kind(kind), "Mensagem") if kind in set(Kind) else "Mensagem"


def kind_icon(kind: str) -> str:
    return KIND_ICON.get(Kind(kind), "file") if kind in set(Kind) else "file"

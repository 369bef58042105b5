"""Questions afterwards in the words of the panel: their state, what was answered, and why one was not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from adapters.http.panel.pictures import Picture, Series, drawn
from application.follow_ups.ports import FollowUpView, Satisfaction, Status, WhyNotAsked
from application.reminders.tell import Told
from domain.follow_ups.replies import Intent

STATES: Final[Mapping[Status, tuple[str, str]]] = {
    Status.PLANNED: ("previsto", "person"),
    Status.SENT: ("esperando resposta", "wait"),
    Status.ANSWERED: ("respondido", "good"),
    Status.DROPPED: ("não enviado", ""),
}
INTENTS: Final[Mapping[Intent, tuple[str, str]]] = {
    Intent.POSITIVE: ("gostou", "good"),
    Intent.NEGATIVE: ("não gostou", "bad"),
    Intent.FEEDBACK: ("comentou", "person"),
}
PERIODS: Final[Mapping[str, tuple[str, timedelta]]] = {
    "7": ("Últimos 7 dias", timedelta(days=7)),
    "30": ("Últimos 30 dias", timedelta(days=30)),
    "90": ("Últimos 90 dias", timedelta(days=90)),
}
DROPPED: Final[Mapping[str, str]] = {
    "missed": "o cliente não compareceu",
    "not_wanted": "a pergunta estava desligada em Ajustes",
    "asked_lately": "o cliente foi perguntado há pouco tempo",
    Told.OPTED_OUT: "o cliente pediu para não receber avisos",
    Told.UNREACHABLE: "o cliente nunca escreveu para a empresa",
    Told.QUOTA: "o plano acabou ou não está em dia",
    Told.AGAIN: "já tinha sido enviado",
}
NOT_ASKED: Final[Mapping[WhyNotAsked, str]] = {
    WhyNotAsked.ANSWERED: "Este cliente já respondeu.",
    WhyNotAsked.DID_NOT_COME: "Este cliente não compareceu: não há atendimento sobre o qual perguntar.",
    WhyNotAsked.OPTED_OUT: "Este cliente pediu para não receber avisos.",
    WhyNotAsked.NEVER_WROTE: "Este cliente nunca escreveu para a empresa pelo WhatsApp: não há conversa por onde perguntar.",
    WhyNotAsked.QUOTA: "O plano acabou ou não está em dia.",
    WhyNotAsked.JUST_SENT: "Isto acabou de ser enviado.",
    WhyNotAsked.QUIET: "Agora é horário de silêncio. Reenvie pela manhã.",
}


def follow_up_state(one: FollowUpView) -> tuple[str, str]:
    if one.intent is not None:
        return INTENTS[one.intent]
    words, kind = STATES[one.status]
    return (f"{words} ({one.times}ª vez)" if one.status is Status.SENT and one.times > 1 else words), kind


def may_be_asked(one: FollowUpView) -> bool:
    """What the button offers; the use case has the last word."""
    return one.status is not Status.ANSWERED and one.why != "missed"


def picture_of(days: Sequence[Satisfaction], today: date) -> str:
    """Thirty days up to today, those without an answer too."""
    by_day = {one.day: one for one in days}
    shown = [today - timedelta(days=back) for back in range(29, -1, -1)]
    found = [by_day.get(day, Satisfaction(day, 0, 0, 0)) for day in shown]
    series = [
        Series("Gostaram", "--accent", [float(one.positive) for one in found]),
        Series("Não gostaram", "--bad", [float(one.negative) for one in found]),
        Series("Comentaram", "--person", [float(one.feedback) for one in found]),
    ]
    return drawn(Picture([day.strftime("%d/%m") for day in shown], series, stacked=True))

"""Reminders in the words of the panel: what goes out when, what became of it, and why one did not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.http.panel.texts import DELIVERY
from application.reminders.ports import ReminderState, ReminderView
from application.reminders.remind_now import WhyNot
from application.reminders.tell import Told
from domain.delivery.outgoing import State
from domain.reminders.cadence import Kind

REMINDERS: Final[Mapping[Kind, str]] = {
    Kind.THREE_DAYS: "3 dias antes",
    Kind.DAY: "1 dia antes",
    Kind.HOUR: "1 hora antes",
    Kind.MANUAL: "pedido pela equipe",
}
LEFT_OUT: Final[Mapping[str, str]] = {
    "cancelled": "o agendamento foi cancelado",
    "changed": "o horário mudou",
    "not_wanted": "este lembrete estava desligado em Ajustes",
    "too_late": "já era tarde demais",
    "quiet": "caiu no horário de silêncio",
    Told.OPTED_OUT: "o cliente pediu para não receber avisos",
    Told.UNREACHABLE: "o cliente nunca escreveu para a empresa",
    Told.QUOTA: "o plano acabou ou não está em dia",
    Told.AGAIN: "já tinha sido enviado",
}
NOT_TO_REMIND: Final[Mapping[WhyNot, str]] = {
    WhyNot.OVER: "Este agendamento não está mais de pé: não há o que lembrar.",
    WhyNot.OPTED_OUT: "O cliente pediu para não receber avisos.",
    WhyNot.NO_WAY: (
        "O cliente nunca escreveu para a empresa, e falta um telefone ou uma conexão ligada por onde escrever a ele."
    ),
    WhyNot.QUIET: "Agora é horário de silêncio. Marque “Enviar mesmo assim” se o cliente espera o aviso.",
}
LINE_OFF: Final = (
    "A conexão do WhatsApp por onde o cliente escreve está desligada. Ligue-a em Conexões e tente de novo."
)
ARRIVED: Final = {
    State.QUEUED: "wait",
    State.SENDING: "wait",
    State.SENT: "good",
    State.UNKNOWN: "wait",
    State.FAILED: "bad",
}


def reminder_state(one: ReminderView) -> str:
    if one.state is ReminderState.DROPPED:
        return "não foi enviado"
    if one.message is None:
        return "previsto" if one.state is ReminderState.PLANNED else "enviado"
    if one.message.state is State.QUEUED and one.message.attempts:
        return f"tentando de novo ({one.message.attempts}ª falhou)"
    return {State.SENT: "enviado", State.FAILED: "não foi enviado"}.get(one.message.state, DELIVERY[one.message.state])


def reminder_kind(one: ReminderView) -> str:
    if one.state is ReminderState.DROPPED:
        return ""
    return "good" if one.message is None and one.state is ReminderState.SENT else _arrived(one)


def under_way(one: ReminderView) -> bool:
    """Whether looking again in a moment may tell more."""
    if one.message is None:
        return one.state is ReminderState.PLANNED and one.kind is Kind.MANUAL
    return one.message.state in (State.QUEUED, State.SENDING)


def _arrived(one: ReminderView) -> str:
    return "person" if one.message is None else ARRIVED[one.message.state]

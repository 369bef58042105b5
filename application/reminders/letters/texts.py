"""What the letters about an appointment say; the only Portuguese in this folder."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from application.reminders.letters.ports import Invitation, Method, Role, Sent
from application.reminders.texts import WEEKDAYS, greeting
from application.shared.mail import CalendarPart, Mail

BOOKED: Final = "{mine} de {what} está marcado para {starts}."
MOVED: Final = "{mine} de {what} mudou: era {before}, agora é {starts}."
CANCELLED: Final = "{mine} de {what}, que era {starts}, foi cancelado."
ENTRY: Final = "O convite que acompanha esta mensagem coloca o horário na sua agenda."
GONE: Final = "O convite que acompanha esta mensagem tira o horário da sua agenda."
CHANGE: Final = "Se precisar remarcar ou cancelar, é só escrever para a gente no WhatsApp."
ANOTHER: Final = "Se quiser marcar outro horário, é só escrever para a gente no WhatsApp."


def letter(invitation: Invitation, zone: ZoneInfo, page: CalendarPart, last: Sent | None) -> Mail:
    """`last` is what this reader was told before: a time that changed is named beside the one it was."""
    view, off = invitation.view, invitation.method is Method.CANCEL
    starts = day_and_hour(view.appointment.slot.starts, zone)
    before = "" if last is None else day_and_hour(last.starts, zone)
    subject, news = ("Horário cancelado", CANCELLED) if off else ("Horário alterado", MOVED)
    if last is None or last.method is Method.CANCEL:
        subject, news = "Horário marcado", BOOKED
    if invitation.reader.role is Role.CLIENT:
        opening, mine, whom, advice = greeting(view.client.name), "O seu horário", view.professional_name, CHANGE
    else:
        opening, mine, whom, advice = "Olá!", "O horário", view.client.name, ""
    lines = (
        opening,
        news.format(mine=mine, what=f"{view.service_name} com {whom}", starts=starts, before=before),
        " ".join(filter(None, (GONE if off else ENTRY, ANOTHER if off and advice else advice))),
        invitation.company,
    )
    text = "\n\n".join(lines) + "\n"
    return Mail(invitation.reader.address, _one_line(f"{subject}: {view.service_name}, {starts}"), text, calendar=page)


def day_and_hour(moment: datetime, zone: ZoneInfo) -> str:
    """terça-feira, 24/11/2026, às 09:00: a letter is read on any day."""
    local = moment.astimezone(zone)
    return f"{WEEKDAYS[local.weekday()]}, {local:%d/%m/%Y}, às {local:%H:%M}"


def _one_line(text: str) -> str:
    """Names come from the street, and a subject is a header."""
    return " ".join(text.split())

"""What the letters about an appointment say; the only Portuguese in this folder."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from application.reminders.letters.ports import Invitation, Method, Role
from application.reminders.texts import WEEKDAYS, greeting
from application.scheduling.texts import at_hour
from application.shared.mail import CalendarPart, Mail

BOOKED: Final = "{mine} de {what} está marcado para {starts}."
MOVED: Final = "{mine} de {what} mudou: era {before}, agora é {starts}."
CHANGED_HANDS: Final = "{mine} de {what} mudou: agora é com {whom}, {starts}."
CANCELLED: Final = "{mine} de {what}, que era {before}, foi cancelado."
HANDED_ON: Final = "{mine} de {what}, que era {before}, passou para outro profissional."
ENTRY: Final = "O convite que acompanha esta mensagem coloca o horário na sua agenda."
GONE: Final = "O convite que acompanha esta mensagem tira o horário da sua agenda."
CHANGE: Final = "Se precisar remarcar ou cancelar, é só escrever para a gente no WhatsApp."
ANOTHER: Final = "Se quiser marcar outro horário, é só escrever para a gente no WhatsApp."


def letter(invitation: Invitation, zone: ZoneInfo, page: CalendarPart) -> Mail:
    """What this reader was told before stands beside what changed."""
    view, off, last = invitation.view, invitation.method is Method.CANCEL, invitation.reader.last
    before = day_and_hour((last.starts if last is not None else view.appointment.slot.starts), zone)
    starts = before if off else day_and_hour(view.appointment.slot.starts, zone)
    subject, news = _news(invitation)
    if invitation.reader.role is Role.CLIENT:
        opening, mine, whom, advice = greeting(view.client.name), "O seu horário", view.professional_name, CHANGE
    else:
        opening, mine, whom, advice = "Olá!", "O horário", view.client.name, ""
    what = view.service_name if news is CHANGED_HANDS else f"{view.service_name} com {whom}"
    lines = (
        opening,
        news.format(mine=mine, what=what, whom=whom, starts=starts, before=before),
        " ".join(filter(None, (GONE if off else ENTRY, ANOTHER if off and advice else advice))),
        invitation.company,
    )
    text = "\n\n".join(lines) + "\n"
    return Mail(invitation.reader.address, _one_line(f"{subject}: {view.service_name}, {starts}"), text, calendar=page)


def _news(invitation: Invitation) -> tuple[str, str]:
    """The first words of the subject, and the sentence."""
    reader, last = invitation.reader, invitation.reader.last
    if last is None or (last.method is Method.CANCEL and invitation.method is Method.REQUEST):
        return "Horário marcado", BOOKED
    if invitation.method is Method.CANCEL:
        return ("Horário transferido", HANDED_ON) if reader.gone else ("Horário cancelado", CANCELLED)
    same_hands = last.professional in (None, invitation.view.appointment.professional)
    return "Horário alterado", MOVED if same_hands else CHANGED_HANDS


def day_and_hour(moment: datetime, zone: ZoneInfo) -> str:
    """terça-feira, 24/11/2026, às 9h: a letter is read on any day."""
    local = moment.astimezone(zone)
    return f"{WEEKDAYS[local.weekday()]}, {local:%d/%m/%Y}, {at_hour(local)}"


def _one_line(text: str) -> str:
    """Names come from the street, and a subject is a header."""
    return " ".join(text.split())

"""Times, appointments and refusals as a contact reads them, and as the model is told of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.agenda.booking import NotOffered
from application.agenda.chat.books import Mine
from application.agenda.ports import CalendarRefused
from application.agenda.slot_tokens import BadSlotToken, SlotTokenExpired
from application.scheduling.texts import told
from domain.agenda.appointment import Appointment, AppointmentNotFound, SlotTaken, Status, TooLateToChange, Unsettled
from domain.agenda.people import DoesNotDoThat, ProfessionalNotFound, ServiceNotFound
from domain.agenda.rules import TooFarAhead, TooSoon
from domain.agenda.waiting import WaitNotFound
from domain.scheduling.wish import Grain, Window
from domain.shared.errors import SecretariaError, Unavailable

A_MINUTE: Final = timedelta(minutes=1)

REFUSALS: Final[tuple[tuple[type[SecretariaError], str], ...]] = (
    (SlotTaken, "Esse horário acabou de ser ocupado."),
    (TooSoon, "Esse horário já passou ou está em cima da hora para marcar por aqui."),
    (TooFarAhead, "A agenda ainda não está aberta para essa data."),
    (NotOffered, "Não há atendimento nesse horário."),
    (TooLateToChange, "O prazo para mudar esse horário por aqui já passou; a equipe pode ajudar."),
    (Unsettled, "Esse horário ainda está sendo confirmado; tente de novo em instantes."),
    (SlotTokenExpired, "Essa opção de horário venceu; é preciso consultar os horários de novo."),
    (BadSlotToken, "Essa opção de horário não vale; é preciso consultar os horários de novo."),
    (ServiceNotFound, "Não encontrei esse serviço."),
    (ProfessionalNotFound, "Não encontrei esse profissional."),
    (DoesNotDoThat, "Esse profissional não faz esse serviço."),
    (AppointmentNotFound, "Não encontrei esse agendamento."),
    (WaitNotFound, "Você não está na lista de espera desse serviço."),
    (CalendarRefused, "A agenda não aceitou esse horário."),
    (Unavailable, "A agenda não respondeu agora; tente de novo em instantes."),
)
OTHERWISE: Final = "Não foi possível fazer essa mudança agora."

STATES: Final = {
    Status.PENDING: "pedido recebido, ainda sem confirmação da agenda",
    Status.BOOKED: "marcado",
    Status.CONFIRMED: "marcado e confirmado",
    Status.RESCHEDULED: "remarcado para este horário",
    Status.CANCELLED: "cancelado",
    Status.KEPT: "já aconteceu",
    Status.MISSED: "já passou, sem comparecimento",
}


def when(moment: datetime, zone: ZoneInfo) -> str:
    """quinta-feira, 26/11 às 15h"""
    local = moment.astimezone(zone)
    return told(Window(local, local + A_MINUTE, Grain.MINUTE))


def refusal(error: SecretariaError) -> str:
    return next((words for kind, words in REFUSALS if isinstance(error, kind)), OTHERWISE)


def reais(cents: int) -> str:
    """R$ 1.250,00"""
    whole = f"{cents // 100:,}".replace(",", ".")
    return f"R$ {whole},{cents % 100:02d}"


def state(appointment: Appointment) -> str:
    if appointment.moving_to is not None:
        return "mudança pedida, ainda sem confirmação da agenda"
    return STATES[appointment.status]


def what(mine: Mine, zone: ZoneInfo) -> str:
    """Limpeza com Dra. Marina, quinta-feira, 26/11 às 15h"""
    view = mine.view
    return f"{view.service_name} com {view.professional_name}, {when(view.appointment.slot.starts, zone)}"

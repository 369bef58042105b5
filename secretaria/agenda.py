"""The agenda, wired: the same use cases for the API and the worker."""

from __future__ import annotations

from adapters.holidays.brazil import BrazilianHolidays
from adapters.postgres.agenda_token_keys import PostgresTokenKeys
from adapters.postgres.pool import Pool
from adapters.postgres.work import PostgresWork, PostgresWorkshop
from adapters.postgres.zones import PostgresZones
from adapters.queue import agenda as actors
from adapters.telemetry.measures import AppointmentMeasures
from application.agenda.book_appointment import BookAppointment
from application.agenda.cancel_appointment import CancelAppointment
from application.agenda.chat.books import OpenBooks
from application.agenda.chat.changes import Changes
from application.agenda.chat.desk import OpenDesk
from application.agenda.chat.times import FindTimes
from application.agenda.confirm_appointment import ConfirmAppointment
from application.agenda.face import Agenda
from application.agenda.find_clients import FindClients
from application.agenda.find_slots import FindSlots
from application.agenda.hold_slot import HoldSlot
from application.agenda.keep import Keep
from application.agenda.keep_waiting_list import KeepWaitingList
from application.agenda.list_appointments import ListAppointments
from application.agenda.look import Look
from application.agenda.mark_attendance import MarkAttendance
from application.agenda.ports import Calendars
from application.agenda.put_email import PutEmail
from application.agenda.read_board import ReadBoard
from application.agenda.reschedule_appointment import RescheduleAppointment
from application.agenda.set_up import SetUpAgenda
from application.agenda.settle_appointment import SettleAppointment
from application.agenda.slot_tokens import SlotTokens
from application.agenda.work import AgendaWork
from application.companies.ports import Zones
from application.follow_ups.follow_appointment import FollowAppointment
from application.follow_ups.work import CaringWork
from application.shared.ports import Clock
from application.shared.secrets import Vault
from secretaria.composition import Foundations
from secretaria.reactions import AGENDA


def build_agenda(base: Foundations, calendars: Calendars) -> Agenda:
    return agenda_over(base.open_work, base.pool, base.vault, calendars, base.clock)


def keep_over(zones: Zones, clock: Clock) -> Keep:
    """`zones` as whoever keeps asked them before: nobody waits for a second connection inside a transaction."""
    return Keep(AGENDA, FollowAppointment(_all_of_it, zones, clock), AppointmentMeasures(), clock)


def _all_of_it(work: AgendaWork) -> CaringWork:
    """One class is every feature's slice of the transaction."""
    assert isinstance(work, PostgresWork)
    return work


def agenda_over(open_work: PostgresWorkshop, pool: Pool, vault: Vault, calendars: Calendars, clock: Clock) -> Agenda:
    """Tests bring a clock, and calendars that fail."""
    zones, measures = PostgresZones(pool), AppointmentMeasures()
    look = Look(open_work, calendars, zones, BrazilianHolidays(), clock)
    keep = keep_over(zones, clock)
    settle = SettleAppointment(open_work, calendars, zones, keep, measures, clock)
    tokens = SlotTokens(PostgresTokenKeys(pool, vault), clock)
    return Agenda(
        find_slots=FindSlots(look, tokens),
        hold_slot=HoldSlot(look, measures),
        book=BookAppointment(look, keep, settle, measures),
        reschedule=RescheduleAppointment(look, keep, settle, measures),
        cancel=CancelAppointment(open_work, keep, settle, clock),
        confirm=ConfirmAppointment(open_work, keep, clock),
        attendance=MarkAttendance(open_work, keep, settle, clock),
        appointments=ListAppointments(open_work),
        settle=settle,
        tokens=tokens,
        set_up=SetUpAgenda(open_work, clock),
        waiting=KeepWaitingList(look),
        put_email=PutEmail(open_work),
        find_clients=FindClients(open_work),
        board=ReadBoard(look),
        zones=zones,
        clock=clock,
    )


def desk_over(agenda: Agenda, open_work: PostgresWorkshop) -> OpenDesk:
    """Where a contact's turn meets the agenda."""
    return OpenDesk(OpenBooks(open_work, BrazilianHolidays(), agenda.tokens.keys), FindTimes(agenda), Changes(agenda))


def register_agenda(base: Foundations, calendars: Calendars) -> None:
    actors.register(base.broker, build_agenda(base, calendars).settle)

"""All that can be done with the agenda, in one hand: what HTTP, the panel, the chat and the jobs call."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.book_appointment import BookAppointment
from application.agenda.cancel_appointment import CancelAppointment
from application.agenda.confirm_appointment import ConfirmAppointment
from application.agenda.find_clients import FindClients
from application.agenda.find_slots import FindSlots
from application.agenda.hold_slot import HoldSlot
from application.agenda.keep_waiting_list import KeepWaitingList
from application.agenda.list_appointments import ListAppointments
from application.agenda.mark_attendance import MarkAttendance
from application.agenda.put_email import PutEmail
from application.agenda.read_board import ReadBoard
from application.agenda.reschedule_appointment import RescheduleAppointment
from application.agenda.set_up import SetUpAgenda
from application.agenda.settle_appointment import SettleAppointment
from application.agenda.slot_tokens import SlotTokens
from application.companies.ports import Zones
from application.shared.ports import Clock


@dataclass(frozen=True, slots=True)
class Agenda:
    find_slots: FindSlots
    hold_slot: HoldSlot
    book: BookAppointment
    reschedule: RescheduleAppointment
    cancel: CancelAppointment
    confirm: ConfirmAppointment
    attendance: MarkAttendance
    appointments: ListAppointments
    settle: SettleAppointment
    tokens: SlotTokens
    set_up: SetUpAgenda
    waiting: KeepWaitingList
    put_email: PutEmail
    find_clients: FindClients
    board: ReadBoard
    zones: Zones
    clock: Clock

"""What stands open that a yes or a no could be meant for, each told in a line: our own questions, and the menu's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from application.agenda.chat.ports import Notes
from application.companies.ports import Zones
from application.reminders.look import candidate_of, local_candidate
from application.reminders.question_texts import TO_BOOK, TO_CANCEL, TO_MOVE, asked_about
from application.reminders.spoken import Spoken
from application.reminders.texts import when
from application.reminders.work import RememberingWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import Status
from domain.agenda.choices import leaves_a_list
from domain.agenda.menu import PATIENCE, Menu, Step
from domain.agenda.offers import OfferId, Outcome
from domain.conversations.questions import ABOUT, About, OpenQuestion
from domain.reminders.choice import Candidate
from domain.reminders.notices import OpenNotice
from domain.shared.ids import AppointmentId

MENU: Final = "menu"


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    open_work: OpenWork[RememberingWork]
    zones: Zones
    clock: Clock

    async def __call__(self, spoken: Spoken, notices: Sequence[OpenNotice]) -> list[OpenQuestion]:
        """The newest first, and the menu's last: it was asked before what we said unasked."""
        now = await self.local_now(spoken)
        found: dict[object, OpenQuestion] = {}
        async with self.open_work(spoken.tenant) as work:
            for notice in notices:
                asked = await self._asked(work, spoken, notice, now, newest=notice is notices[0])
                if asked is not None:
                    found.setdefault((asked.about, (asked.told and asked.told.id) or asked.key), asked)
            menu = await self._menu(work, spoken, now)
        return [*found.values(), *([menu] if menu else [])]

    async def local_now(self, spoken: Spoken) -> datetime:
        return self.clock().astimezone(await self.zones.of(spoken.tenant))

    async def takes_off_a_list(self, spoken: Spoken, *, offered: bool) -> bool:
        """The menu shows what they wait for, and they say which of it, or all, to end; or they name the list they are on.

        `offered`: a place that they waited for stands open.
        """
        async with self.open_work(spoken.tenant) as work:
            notes = await work.booking_talks.notes(spoken.conversation)
            waits = offered or bool(await work.waiting.of(spoken.contact))
        menu = _under_way(notes, self.clock())
        return (menu is not None and menu.takes_off(spoken.text)) or (waits and leaves_a_list(spoken.text))

    async def _asked(
        self, work: RememberingWork, spoken: Spoken, notice: OpenNotice, now: datetime, *, newest: bool
    ) -> OpenQuestion | None:
        about = ABOUT.get(notice.kind)
        zone = _zone(now)
        match about:
            case About.PRESENCE | About.FOLLOW_UP:
                told = await self._appointment(work, spoken, notice, zone, coming=about is About.PRESENCE)
            case About.PLACE:
                told = await self._offered(work, notice, zone, newest=newest)
            case _:
                return None
        return None if told is None else OpenQuestion(str(notice.id), about, asked_about(about, told, now), told)

    async def _appointment(
        self, work: RememberingWork, spoken: Spoken, notice: OpenNotice, zone: ZoneInfo, *, coming: bool
    ) -> Candidate | None:
        """Whose presence is confirmed already was only reminded of it."""
        if not notice.appointments:
            return None
        view = await work.appointments.view(notice.appointments[0])
        if view.appointment.contact != spoken.contact:
            return None
        asks = view.appointment.stands and view.appointment.status not in (Status.PENDING, Status.CONFIRMED)
        return candidate_of(view, zone) if asks or not coming else None

    async def _offered(
        self, work: RememberingWork, notice: OpenNotice, zone: ZoneInfo, *, newest: bool
    ) -> Candidate | None:
        """A place whose hold is over may still be meant, unless we asked something else since."""
        made = await work.offers.get(OfferId(notice.subject or 0))
        if made.offer.outcome is not Outcome.OPEN and not (newest and made.offer.outcome is Outcome.LAPSED):
            return None
        return await local_candidate(work, made.wait, made.offer, zone)

    async def _menu(self, work: RememberingWork, spoken: Spoken, now: datetime) -> OpenQuestion | None:
        notes = await work.booking_talks.notes(spoken.conversation)
        menu = _under_way(notes, now)
        if notes is None or menu is None:
            return None
        if menu.step is Step.CONFIRM_CANCEL:
            return OpenQuestion(MENU, About.MENU, TO_CANCEL)
        told = await _pending(work, notes, menu, _zone(now)) if menu.step is Step.CONFIRM else None
        if told is None:
            return None
        what = f"{told.service} com {told.professional}, {when(told.starts, now)}"
        return OpenQuestion(MENU, About.MENU, (TO_MOVE if menu.moving else TO_BOOK).format(what=what), told)


def _under_way(notes: Notes | None, now: datetime) -> Menu | None:
    return notes.menu if notes is not None and now - notes.at < PATIENCE else None


async def _pending(work: RememberingWork, notes: Notes, menu: Menu, zone: ZoneInfo) -> Candidate | None:
    slot = next((each for each in notes.offered if each.token == menu.pending), None)
    if slot is None:
        return None
    service, professional = await work.agenda.service(slot.service), await work.agenda.professional(slot.professional)
    return Candidate(AppointmentId(0), slot.starts.astimezone(zone), service.name, professional.name)


def _zone(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo)
    return now.tzinfo

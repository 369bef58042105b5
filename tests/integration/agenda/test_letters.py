"""Letters about appointments: one for each change, with an entry that the reader's own calendar takes for the same one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from icalendar import Calendar

from adapters.icalendar.invitations import CalendarInvitations
from adapters.postgres.profiles import PostgresProfiles
from application.agenda.booking import NewClient
from application.agenda.reschedule_appointment import Move
from application.reminders.letters.send_letters import LETTERS, SendLetters
from application.shared.mail import Mail
from application.shared.ports import Claim
from domain.agenda.appointment import Appointment
from domain.agenda.people import Professional
from domain.shared.errors import Invalid, Unavailable
from domain.shared.ids import AppointmentId, ContactId, JobId
from domain.shared.phone import Phone
from tests.builders.agenda import DESK, WEEKDAYS, Practice, at, introduced
from tests.fakes.billing import FakeMailer


@dataclass
class MoodyMailer(FakeMailer):
    """Has no line to those who are `away`."""

    away: set[str] = field(default_factory=set)

    async def send(self, mail: Mail) -> None:
        if mail.to in self.away:
            raise Unavailable("come back later")
        await super().send(mail)


@dataclass
class Post:
    """Runs the letters that are due, as a worker would."""

    practice: Practice
    mailer: MoodyMailer = field(default_factory=MoodyMailer)

    @property
    def letters(self) -> list[Mail]:
        return self.mailer.taken

    def to(self, address: str) -> list[Mail]:
        return [each for each in self.letters if each.to == address]

    async def goes(self) -> list[str]:
        practice = self.practice
        send = SendLetters(
            practice.open_work,
            PostgresProfiles(practice.pool),
            CalendarInvitations("agenda@clinica.com.br"),
            self.mailer,
            lambda: practice.now,
        )
        outcomes = []
        while (row := await self._claim()) is not None:
            claim = Claim(practice.tenant, JobId(row["id"]), row["fence"])
            outcomes.append(await send(claim, AppointmentId(row["appointment"])))
        return outcomes

    async def client(self, email: str | None = "ana@example.com") -> ContactId:
        practice = self.practice
        return await introduced(practice.agenda, practice.tenant, Phone("+5511987651234"), "Ana Lima", email)

    async def book(self, hour: int = 14) -> Appointment:
        return await self.practice.book(at(hour, days=7), await self.client())

    async def _claim(self) -> Any:
        return await self.practice.pool.fetchrow(
            "update public.jobs set state = 'running', fence = fence + 1 where id = (select id from public.jobs"
            " where tenant_id = $1 and state = 'pending' and actor = $2 limit 1)"
            " returning id, fence, (args::jsonb ->> 'appointment')::bigint as appointment",
            self.practice.tenant,
            LETTERS,
        )


@pytest.fixture
def post(practice: Practice) -> Post:
    return Post(practice)


def entry(mail: Mail) -> tuple[str, Any]:
    """How the letter's entry is meant, and the entry itself."""
    assert mail.calendar is not None
    calendar = Calendar.from_ical(mail.calendar.page)
    assert str(calendar["method"]) == mail.calendar.method
    (event,) = calendar.walk("VEVENT")
    return mail.calendar.method, event


async def test_who_has_an_address_gets_a_letter_with_an_invitation(post: Post):
    await post.book()

    await post.goes()

    (letter,) = post.to("ana@example.com")
    assert letter.subject == "Horário marcado: Consulta, segunda-feira, 30/11/2026, às 14h"
    assert letter.text.startswith(
        "Oi, Ana!\n\nO seu horário de Consulta com Dra. Marina está marcado para segunda-feira, 30/11/2026, às 14h."
    )
    method, event = entry(letter)
    assert method == "REQUEST"
    assert event["dtstart"].dt == at(14, days=7)
    assert str(event["summary"]) == "Consulta com Dra. Marina"
    assert str(event["organizer"]) == "mailto:agenda@clinica.com.br"
    assert str(event["attendee"]) == "mailto:ana@example.com"


async def test_a_move_and_a_cancelling_are_told_of_the_same_entry_with_growing_sequence(post: Post):
    appointment = await post.book()
    await post.goes()
    moved = await post.practice.agenda.reschedule(post.practice.tenant, appointment.id, Move(at(9, days=8)), DESK)
    await post.goes()
    off = await post.practice.agenda.cancel(post.practice.tenant, appointment.id, DESK)
    await post.goes()

    letters = post.to("ana@example.com")
    assert [letter.subject.split(":")[0] for letter in letters] == [
        "Horário marcado",
        "Horário alterado",
        "Horário cancelado",
    ]
    assert "era segunda-feira, 30/11/2026, às 14h, agora é terça-feira, 01/12/2026, às 9h." in letters[1].text
    entries = [entry(letter) for letter in letters]
    assert [method for method, _ in entries] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["uid"]) for _, event in entries}) == 1
    assert [event["sequence"] for _, event in entries] == [appointment.version, moved.version, off.version]
    assert str(entries[2][1]["status"]) == "CANCELLED"


async def test_who_attends_gets_one_too_and_reads_the_clients_name(post: Post):
    practice = post.practice
    doctor = await practice.agenda.set_up.professional(practice.tenant, practice.doctor)
    await practice.agenda.set_up.put_professional(
        practice.tenant, replace(doctor, email="marina@example.com"), "user:x"
    )
    await practice.book(at(14, days=7), await post.client(email=None))

    await post.goes()

    (letter,) = post.letters
    assert letter.to == "marina@example.com"
    assert "Consulta com Ana Lima" in letter.text
    assert str(entry(letter)[1]["summary"]) == "Consulta com Ana Lima"


async def test_a_change_of_hands_is_told_to_the_client_and_to_both_who_attend(post: Post):
    practice = post.practice
    marina = await practice.agenda.set_up.professional(practice.tenant, practice.doctor)
    await practice.agenda.set_up.put_professional(practice.tenant, replace(marina, email="marina@example.com"), "u:x")
    paulo = Professional("Dr. Paulo", WEEKDAYS, email="paulo@example.com")
    other = (await practice.agenda.set_up.put_professional(practice.tenant, paulo, "u:x")).id
    appointment = await post.book()
    await post.goes()
    post.letters.clear()

    move = Move(at(14, days=7), professional=other)
    await practice.agenda.reschedule(practice.tenant, appointment.id, move, DESK)
    await post.goes()

    [ana], [first], [second] = (post.to(f"{who}@example.com") for who in ("ana", "marina", "paulo"))
    assert "O seu horário de Consulta mudou: agora é com Dr. Paulo, segunda-feira, 30/11/2026, às 14h." in ana.text
    assert first.subject.startswith("Horário transferido: ")
    assert "que era segunda-feira, 30/11/2026, às 14h, passou para outro profissional." in first.text
    assert (entry(first)[0], str(entry(first)[1]["status"])) == ("CANCEL", "CANCELLED")
    assert second.subject.startswith("Horário marcado: ")
    assert (entry(second)[0], str(entry(second)[1]["status"])) == ("REQUEST", "CONFIRMED")

    back = Move(at(15, days=7), professional=practice.doctor)
    await practice.agenda.reschedule(practice.tenant, appointment.id, back, DESK)
    await post.goes()
    await practice.agenda.cancel(practice.tenant, appointment.id, DESK)
    await post.goes()

    told = [[letter.subject.split(":")[0] for letter in post.to(f"{who}@example.com")] for who in ("marina", "paulo")]
    assert told == [
        ["Horário transferido", "Horário marcado", "Horário cancelado"],
        ["Horário marcado", "Horário transferido"],
    ]


async def test_without_an_address_there_is_neither_letter_nor_job(post: Post):
    await post.practice.book(at(14, days=7), await post.client(email=None))

    assert LETTERS not in await post.practice.jobs()
    assert post.letters == []


async def test_two_changes_in_a_breath_are_one_letter_about_what_holds(post: Post):
    appointment = await post.book()
    await post.practice.agenda.reschedule(post.practice.tenant, appointment.id, Move(at(9, days=8)), DESK)

    await post.goes()

    (letter,) = post.letters
    assert entry(letter)[1]["dtstart"].dt == at(9, days=8)


async def test_what_was_called_off_before_anybody_heard_of_it_is_not_told(post: Post):
    appointment = await post.book()
    await post.practice.agenda.cancel(post.practice.tenant, appointment.id, DESK)

    assert await post.goes() == ["nothing_to_tell"]
    assert post.letters == []


async def test_who_asked_to_be_left_alone_gets_no_letter(post: Post):
    appointment = await post.book()
    async with post.practice.open_work(post.practice.tenant) as work:
        await work.notices.set_opted_out(appointment.contact, post.practice.now)
        await work.commit()

    await post.goes()

    assert post.letters == []


async def test_a_server_that_was_away_is_tried_again_and_the_other_reader_hears_once(post: Post):
    practice = post.practice
    doctor = await practice.agenda.set_up.professional(practice.tenant, practice.doctor)
    await practice.agenda.set_up.put_professional(
        practice.tenant, replace(doctor, email="marina@later.example"), "user:x"
    )
    await post.book()
    post.mailer.away = {"marina@later.example"}
    with pytest.raises(Unavailable):
        await post.goes()
    post.mailer.away = set()
    await practice.pool.execute("update public.jobs set state = 'pending' where actor = $1", LETTERS)
    await post.goes()

    assert sorted(letter.to for letter in post.letters) == ["ana@example.com", "marina@later.example"]


async def test_a_letter_about_a_version_is_written_once_however_often_the_job_runs(post: Post):
    await post.book()
    await post.goes()
    await post.practice.pool.execute(
        "insert into public.jobs (tenant_id, actor, args) select $1, $2, json_build_object('appointment', max(id))"
        f" from tenant_{post.practice.tenant}.appointments",
        post.practice.tenant,
        LETTERS,
    )

    assert await post.goes() == ["nothing_to_tell"]
    assert len(post.letters) == 1


def test_nobody_is_introduced_with_an_address_that_is_none():
    with pytest.raises(Invalid):
        NewClient(Phone("+5511987651234"), "Ana Lima", "ana at example")


async def test_an_address_that_is_refused_for_good_ends_the_matter(post: Post):
    await post.practice.book(at(14, days=7), await post.client("ana@refused.example"))

    assert await post.goes() == ["refused"]
    assert post.letters == []

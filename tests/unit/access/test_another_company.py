"""One person in several companies: added by an invitation, and going over to another one without a new login."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest

from application.access.caller import NotPermitted
from application.access.change_company import ChangeCompany
from application.access.join_company import JoinCompany
from application.access.letter_limit import LetterLimit
from application.access.letters import Letters, LinkUsed
from application.access.members import Invitation, Members, NotInvited
from application.access.own_account import ChangeName, ChangePassword, PasswordChange
from application.access.reset_password import NewPassword, SetPassword
from application.access.step_up import MustBeFresh, Proof, ProofNeeded, ProveAgain
from domain.access.role import Role
from domain.access.user import EmailTaken, Membership, User, UserState
from domain.companies.company import CompanyNotFound
from domain.shared.ids import TenantId, UserId
from tests.builders.access import Gate
from tests.fakes.proofs import FakeLetterTickets, FakeMailer
from tests.fakes.provisioning import no_plan

HERE, THERE = TenantId(1), TenantId(2)
PROOF = Proof("tranquila e longa")


class Names:
    async def name_of(self, company: TenantId) -> str:
        return f"Clínica {company}"


class Invitations:
    """Companies that invite, and the letters in people's hands."""

    def __init__(self, gate: Gate) -> None:
        self.gate, self.mailer = gate, FakeMailer()
        secrets = (f"secret-{number}" for number in count())
        self.letters = Letters(FakeLetterTickets(), self.mailer, lambda: next(secrets), gate.clock, "https://s.example")
        self.join = JoinCompany(gate.users, self.letters, Names())
        self.set_password = SetPassword(gate.users, gate.passwords, self.letters)

    @property
    def members(self) -> Members:
        gate = self.gate
        limit = LetterLimit(gate.attempts)
        return Members(gate.users, gate.sessions, self.letters, Names(), lambda: UserId(uuid4()), no_plan, limit)

    async def invite(self, email: str, company: TenantId = THERE) -> User:
        return await self.members.invite(company, Invitation(email, "Outro Nome", Role.VIEWER))


def members(gate: Gate, mailer: FakeMailer) -> Members:
    letters = Letters(FakeLetterTickets(), mailer, lambda: "secret", gate.clock, "https://s.example")
    return Members(
        gate.users, gate.sessions, letters, Names(), lambda: UserId(uuid4()), no_plan, LetterLimit(gate.attempts)
    )


async def test_whoever_has_an_account_belongs_to_a_second_company_once_they_agree_and_not_before():
    gate = Gate()
    ana, desk = await gate.person(), Invitations(gate)

    await desk.invite(ana.email)

    assert desk.mailer.letters[-1].subject == "Convite de Clínica 2"
    [seen] = await desk.members.list(THERE)
    assert await desk.members.get(THERE, ana.id) == seen
    assert (seen.name, seen.state, seen.password_hash) == (ana.email, UserState.INVITED, None)
    assert await gate.users.standing(ana.id, THERE) is None
    assert [place.company for place in await gate.users.places(ana.id)] == [HERE]

    ticket = desk.mailer.ticket()
    assert await desk.join.asked_by(ticket) == "Clínica 2"
    await desk.join(ticket)

    now = await gate.users.get(ana.id)
    assert (now.name, now.password_hash, now.epoch) == (ana.name, ana.password_hash, ana.epoch)
    assert now.memberships == (*ana.memberships, Membership(Role.VIEWER, THERE))
    assert [each.name for each in await desk.members.list(THERE)] == [ana.name]
    assert await gate.users.standing(ana.id, THERE) is not None


async def test_what_an_owner_changes_of_somebody_who_has_not_agreed_tells_nothing_of_them_and_agrees_for_nobody():
    gate = Gate()
    ana, desk = await gate.person(), Invitations(gate)
    await desk.invite(ana.email)

    told = [
        await desk.members.give_role(THERE, ana.id, Role.MANAGER),
        await desk.members.shut_out(THERE, ana.id),
        await desk.members.let_in(THERE, ana.id),
    ]

    assert {each.name for each in told} == {ana.email}
    assert {each.memberships[-1].agreed for each in told} == {False}
    assert await gate.users.standing(ana.id, THERE) is None


async def test_the_link_is_good_once_the_newest_only_and_not_after_the_company_has_thought_better_of_it():
    gate = Gate()
    ana, desk = await gate.person(), Invitations(gate)
    await desk.invite(ana.email)
    older = desk.mailer.ticket()
    await desk.members.invite_again(THERE, ana.id)
    newer = desk.mailer.ticket()

    with pytest.raises(LinkUsed):
        await desk.join(older)
    await desk.join(newer)
    with pytest.raises(LinkUsed):
        await desk.join(newer)
    with pytest.raises(NotInvited):
        await desk.members.invite_again(THERE, ana.id)

    await desk.members.take_off(THERE, ana.id)
    await desk.invite(ana.email)
    await desk.members.take_off(THERE, ana.id)
    with pytest.raises(LinkUsed):
        await desk.join(desk.mailer.ticket())
    assert [place.company for place in await gate.users.places(ana.id)] == [HERE]


async def test_who_is_new_to_two_companies_belongs_to_the_one_whose_letter_they_answered():
    gate = Gate()
    desk = Invitations(gate)
    bia = await desk.invite("bia@example.com", HERE)
    first = desk.mailer.ticket()
    await desk.invite("bia@example.com", THERE)

    await desk.set_password(NewPassword(desk.mailer.ticket(), "um gato no telhado", "Bia Reis"))
    assert [place.company for place in await gate.users.places(bia.id)] == [THERE]
    assert [each.name for each in await desk.members.list(HERE)] == ["bia@example.com"]

    await desk.set_password(NewPassword(first, "um gato no telhado"))
    assert {place.company for place in await gate.users.places(bia.id)} == {HERE, THERE}


async def test_somebody_new_and_somebody_known_look_the_same_until_they_answer():
    gate = Gate()
    ana, desk = await gate.person(), Invitations(gate)
    for email in (ana.email, "nova@example.com"):
        await desk.invite(email)

    seen = [(one.name == one.email, one.state, one.epoch, one.memberships) for one in await desk.members.list(THERE)]
    assert seen[0] == seen[1]
    assert {mail.subject for mail in desk.mailer.letters} == {"Convite de Clínica 2"}


async def test_the_answer_to_an_invitation_tells_a_stranger_nothing_of_an_account_there_is():
    gate, mailer = Gate(), FakeMailer()
    ana = await gate.person()

    told = await members(gate, mailer).invite(THERE, Invitation(ana.email, "Outro Nome", Role.VIEWER))

    place = (Membership(Role.VIEWER, THERE, agreed=False),)
    assert (told.name, told.state, told.memberships) == ("Outro Nome", UserState.INVITED, place)
    assert told.password_hash is None


async def test_nobody_is_invited_twice_and_the_platforms_people_never():
    gate, mailer = Gate(), FakeMailer()
    ana = await gate.person()
    operator = await gate.person(Role.OPERATOR, None, "operadora@plataforma.com.br")

    for email, company in ((ana.email, HERE), (operator.email, HERE)):
        with pytest.raises(EmailTaken):
            await members(gate, mailer).invite(company, Invitation(email, "Ana", Role.VIEWER))
    assert mailer.letters == []


async def test_going_over_ends_the_session_before_and_proves_nothing_anew():
    gate = Gate()
    ana = await gate.person()
    await gate.users.put_membership(ana.id, Membership(Role.VIEWER, THERE))
    before = await gate.logged_in(ana)
    caller = await gate.recognise(before.access)
    gate.clock.moment += timedelta(minutes=11)
    change = ChangeCompany(gate.users, gate.sessions, gate.begin)

    after = await change(caller, THERE)

    there = await gate.sessions.get(THERE, after.session.id)
    assert there is not None
    assert (there.user, there.ends, there.proven) == (ana.id, before.session.ends, before.session.proven)
    assert await gate.sessions.get(HERE, before.session.id) is None


async def test_a_company_one_does_not_belong_to_is_not_there():
    gate = Gate()
    caller = await gate.recognise((await gate.logged_in(await gate.person())).access)

    with pytest.raises(CompanyNotFound):
        await ChangeCompany(gate.users, gate.sessions, gate.begin)(caller, THERE)


async def test_whom_an_identity_provider_let_in_stays_in_its_company():
    gate = Gate()
    ana = await gate.person()
    await gate.users.put_membership(ana.id, Membership(Role.OWNER, THERE))
    caller = await gate.recognise((await gate.begin(ana, HERE, vouched=True)).access)

    with pytest.raises(NotPermitted):
        await ChangeCompany(gate.users, gate.sessions, gate.begin)(caller, THERE)


async def test_whom_an_identity_provider_let_in_is_never_fresh_before_showing_a_password_of_their_own():
    gate = Gate()
    caller = await gate.recognise((await gate.begin(await gate.person(), HERE, vouched=True)).access)
    fresh = MustBeFresh(gate.sessions, gate.clock)

    with pytest.raises(ProofNeeded):
        await fresh(caller)
    await ProveAgain(gate.check_password, gate.check_code, gate.sessions, gate.clock)(caller, PROOF)
    await fresh(caller)


async def test_an_identity_provider_does_not_rename_a_person_whom_other_companies_know():
    gate = Gate()
    ana = await gate.person()
    caller = await gate.recognise((await gate.begin(ana, HERE, vouched=True)).access)

    with pytest.raises(NotPermitted):
        await ChangeName(gate.users, gate.sessions)(caller, "Outra Pessoa")
    assert (await gate.users.get(ana.id)).name == ana.name


async def test_a_new_password_does_not_turn_a_vouched_session_into_one_that_has_shown_the_second_factor():
    gate, mailer = Gate(), FakeMailer()
    caller = await gate.recognise((await gate.begin(await gate.person(), HERE, vouched=True)).access)
    letters = Letters(FakeLetterTickets(), mailer, lambda: "secret", gate.clock, "https://s.example")
    change = ChangePassword(
        gate.users, gate.passwords, gate.check_password, gate.check_code, gate.sessions, gate.begin, letters
    )

    tickets = await change(caller, PasswordChange(PROOF.password, "um gato no telhado"))

    assert tickets.session.vouched
    with pytest.raises(ProofNeeded):
        await MustBeFresh(gate.sessions, gate.clock)(await gate.recognise(tickets.access))

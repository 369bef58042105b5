"""Who a new company belongs to: somebody new, or somebody who has an account and keeps it as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from application.access.join_company import JoinCompany
from application.access.letters import Letters
from application.access.reset_password import NewPassword, SetPassword
from application.provisioning.order import CompanyOrder, FirstAdmin, Lot
from application.provisioning.people_steps import AddOwner
from application.provisioning.steps import Site
from domain.access.role import Role
from domain.access.user import EmailTaken, Membership, User, UserState
from domain.companies.company import Company, State
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId
from tests.builders.access import Gate
from tests.builders.opening import Lots
from tests.fakes.proofs import FakeLetterTickets, FakeMailer

THERE, NEW = TenantId(1), TenantId(2)


class Names:
    async def name_of(self, company: TenantId) -> str:
        return f"Clínica {company}"


@dataclass
class Desk:
    gate: Gate = field(default_factory=Gate)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    lot: Lot = field(default_factory=Lots(count(1_000)))

    def __post_init__(self) -> None:
        secrets = (f"secret-{number}" for number in count())
        tickets = FakeLetterTickets()
        self.letters = Letters(tickets, self.mailer, lambda: next(secrets), self.gate.clock, "https://s.example")
        self.step = AddOwner(self.gate.users, self.gate.passwords, self.letters)
        self.join = JoinCompany(self.gate.users, self.letters, Names())

    def site(self, email: str, *, by_mail: bool = True) -> Site:
        order = CompanyOrder("Clínica Nova", admin=FirstAdmin(email, "Outro Nome", by_mail=by_mail))
        company = Company(NEW, "Clínica Nova", "clinica-nova", "America/Sao_Paulo", State.OPENING)
        return Site(order, self.lot, company)

    @property
    def subjects(self) -> list[str]:
        return [mail.subject for mail in self.mailer.letters]


@pytest.mark.parametrize("by_mail", [True, False])
async def test_somebody_who_has_an_account_owns_one_more_company_once_they_agree_and_keeps_name_and_password(
    by_mail: bool,
):
    desk = Desk()
    ana = await desk.gate.person()
    site = desk.site(ana.email, by_mail=by_mail)

    assert await desk.step.do(site) == await desk.step.do(site) == "had an account already"

    asked = Membership(Role.OWNER, NEW, agreed=False)
    assert await desk.gate.users.all() == [replace(ana, memberships=(*ana.memberships, asked))]
    assert await desk.gate.users.standing(ana.id, NEW) is None
    assert set(desk.subjects) == {"Convite de Clínica Nova"}

    await desk.join(desk.mailer.ticket())
    assert await desk.gate.users.standing(ana.id, NEW) is not None


async def test_who_has_agreed_is_not_asked_again_by_an_opening_that_is_carried_on():
    desk = Desk()
    ana = await desk.gate.person()
    await desk.step.do(desk.site(ana.email))
    await desk.join(desk.mailer.ticket())

    await desk.step.do(desk.site(ana.email))

    assert len(desk.mailer.letters) == 1
    assert await desk.gate.users.standing(ana.id, NEW) is not None


async def test_a_letter_that_does_not_leave_is_not_passed_over():
    desk = Desk(mailer=FakeMailer(away=True))
    ana = await desk.gate.person()

    with pytest.raises(Unavailable):
        await desk.step.do(desk.site(ana.email))


async def test_somebody_new_is_asked_by_the_letter_and_whoever_is_handed_a_password_has_agreed():
    desk = Desk()

    await desk.step.do(desk.site("nova@clinica.com.br"))
    [invited] = await desk.gate.users.all()
    assert invited.memberships == (Membership(Role.OWNER, NEW, agreed=False),)
    await SetPassword(desk.gate.users, desk.gate.passwords, desk.letters)(
        NewPassword(desk.mailer.ticket(), "um gato no telhado")
    )
    assert await desk.gate.users.standing(invited.id, NEW) is not None

    other = Desk()
    await other.step.do(other.site("nova@clinica.com.br", by_mail=False))
    assert await other.gate.users.standing(other.lot.user, NEW) is not None


async def test_undone_only_the_new_company_is_taken_away_however_often():
    desk = Desk()
    ana = await desk.gate.person()
    site = desk.site(ana.email)
    await desk.step.do(site)

    await desk.step.undo(site)
    await desk.step.undo(site)

    assert await desk.gate.users.all() == [ana]


async def test_who_was_made_for_this_company_is_left_to_go_with_its_place():
    desk = Desk()
    site = desk.site("nova@clinica.com.br")
    await desk.step.do(site)
    await desk.step.do(site)
    made = await desk.gate.users.all()

    await desk.step.undo(site)

    assert [user.id for user in made] == [desk.lot.user]
    assert await desk.gate.users.all() == made
    assert set(desk.subjects) == {"Convite de Clínica Nova"}


async def test_who_never_answered_an_invitation_gets_a_link_that_is_good():
    desk = Desk()
    await desk.gate.users.add(
        User(Lots(count(2_000))().user, "b@c.com.br", "Bia", (Membership(Role.VIEWER, THERE),), state=UserState.INVITED)
    )

    await desk.step.do(desk.site("b@c.com.br"))

    assert desk.subjects == ["Convite de Clínica Nova"]


async def test_the_platforms_people_and_disabled_accounts_own_nothing():
    desk = Desk()
    ana = await desk.gate.person()
    operator = await desk.gate.person(Role.OPERATOR, None, "operadora@plataforma.com.br")
    await desk.gate.users.change(ana, ana.disabled())
    before = await desk.gate.users.all()

    for email in (ana.email, operator.email):
        with pytest.raises(EmailTaken):
            await desk.step.do(desk.site(email))
    assert await desk.gate.users.all() == before
    assert desk.mailer.letters == []

"""Nobody who is logged in makes us write letters without end: neither invitations nor proofs of a new address."""

from __future__ import annotations

import pytest

from application.access.letter_limit import LetterLimit
from application.access.letters import Letters
from application.access.members import Invitation
from application.access.own_account import ChangeEmail
from application.access.step_up import MustBeFresh
from domain.access.role import Role
from domain.shared.errors import TooOften
from tests.builders.access import Gate
from tests.fakes.proofs import FakeAttempts, FakeLetterTickets, FakeMailer
from tests.unit.access.test_another_company import THERE, members


async def test_the_letter_of_an_invitation_is_not_sent_again_and_again():
    gate, mailer = Gate(), FakeMailer()
    gate.attempts = FakeAttempts(most=3)
    people = members(gate, mailer)

    invited = await people.invite(THERE, Invitation("nova@clinica.com.br", "Nova", Role.VIEWER))
    await people.invite_again(THERE, invited.id)
    await people.invite_again(THERE, invited.id)

    with pytest.raises(TooOften):
        await people.invite_again(THERE, invited.id)
    with pytest.raises(TooOften):  # the company's own measure is full, whoever is written to
        await people.invite(THERE, Invitation("outra@clinica.com.br", "Outra", Role.VIEWER))
    assert len(mailer.letters) == 3


async def test_a_new_address_is_asked_for_a_few_times_only():
    gate, mailer = Gate(), FakeMailer()
    caller = await gate.recognise((await gate.logged_in(await gate.person())).access)
    letters = Letters(FakeLetterTickets(), mailer, lambda: "secret", gate.clock, "https://s.example")
    limit = LetterLimit(FakeAttempts(most=2))
    change = ChangeEmail(gate.users, MustBeFresh(gate.sessions, gate.clock), letters, limit)

    await change.ask(caller, "um@example.com")
    await change.ask(caller, "dois@example.com")

    with pytest.raises(TooOften):
        await change.ask(caller, "tres@example.com")
    assert [mail.to for mail in mailer.letters] == ["um@example.com", "dois@example.com"]

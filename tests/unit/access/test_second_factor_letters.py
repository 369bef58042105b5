"""Whoever's second factor is switched on or taken off reads so in their mail, whoever did it."""

from __future__ import annotations

from datetime import UTC, datetime

import pyotp
import pytest

from adapters.security.totp import TimeCodes
from application.access.letters import Letters
from application.access.own_account import OwnSecondFactor
from application.access.reset_factor import ResetFactor
from application.access.second_factor import SetUpSecondFactor
from application.access.step_up import MustBeFresh
from application.access.texts import FACTOR_ADDED, FACTOR_RESET
from domain.access.session import SessionOver
from domain.access.user import UserNotFound
from tests.builders.access import Gate
from tests.fakes.proofs import FakeLetterTickets, FakeMailer


def letters_of(gate: Gate, mailer: FakeMailer) -> Letters:
    return Letters(FakeLetterTickets(), mailer, lambda: "secret", gate.clock, "https://s.example")


async def test_a_factor_that_is_switched_on_is_told_by_mail():
    gate, mailer = Gate(), FakeMailer()
    caller = await gate.recognise((await gate.logged_in(await gate.person())).access)
    set_up = SetUpSecondFactor(gate.users, gate.factors, TimeCodes(), gate.clock)
    own = OwnSecondFactor(gate.users, MustBeFresh(gate.sessions, gate.clock), set_up, letters_of(gate, mailer))

    proposed = await own.propose(caller)
    assert mailer.letters == []
    await own.confirm(caller, pyotp.TOTP(proposed.secret).at(datetime.now(UTC)))

    assert [FACTOR_ADDED in mail.text for mail in mailer.letters] == [True]


async def test_an_operator_takes_a_lost_factor_off_and_every_session_is_over():
    gate, mailer = Gate(), FakeMailer()
    ana = await gate.person()
    tickets = await gate.logged_in(ana)
    await gate.factors.propose(ana.id, "segredo")
    await gate.factors.confirm(ana.id, 1, [b"codigo"])

    await ResetFactor(gate.users, gate.factors, letters_of(gate, mailer))(" ANA@clinica.com.br")

    assert await gate.factors.get(ana.id) is None
    assert (await gate.users.get(ana.id)).password_hash == ana.password_hash
    with pytest.raises(SessionOver):
        await gate.recognise(tickets.access)
    assert [(mail.to, FACTOR_RESET in mail.text) for mail in mailer.letters] == [(ana.email, True)]


async def test_nobodys_factor_is_not_found():
    gate, mailer = Gate(), FakeMailer()

    with pytest.raises(UserNotFound):
        await ResetFactor(gate.users, gate.factors, letters_of(gate, mailer))("ninguem@example.com")
    assert mailer.letters == []

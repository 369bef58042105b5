"""A new password is worth what was shown for it: whoever has a second factor has shown half."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.access.letters import Letters
from application.access.own_account import ChangePassword, PasswordChange
from application.access.step_up import MustBeFresh, ProofNeeded
from tests.builders.access import Gate
from tests.fakes.proofs import FakeLetterTickets, FakeMailer

CHANGE = PasswordChange("tranquila e longa", "um gato no telhado")


@pytest.mark.parametrize("with_factor", [True, False])
async def test_a_session_that_proved_nothing_lately_is_fresh_again_only_where_there_is_no_code_to_show(
    with_factor: bool,
):
    gate = Gate()
    ana = await gate.person()
    if with_factor:
        await gate.factors.propose(ana.id, "segredo")
        await gate.factors.confirm(ana.id, 1, [])
    before = await gate.logged_in(ana)
    assert await gate.sessions.replace(before.session, before.session.proved(gate.clock() - timedelta(minutes=11)))
    caller = await gate.recognise(before.access)
    letters = Letters(FakeLetterTickets(), FakeMailer(), lambda: "secret", gate.clock, "https://s.example")
    change = ChangePassword(
        gate.users, gate.passwords, gate.check_password, gate.check_code, gate.sessions, gate.begin, letters
    )

    after = await gate.recognise((await change(caller, CHANGE)).access)

    fresh = MustBeFresh(gate.sessions, gate.clock)
    if with_factor:
        with pytest.raises(ProofNeeded):
            await fresh(after)
    else:
        await fresh(after)

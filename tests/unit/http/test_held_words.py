"""Every reason the claim gate has is told in words."""

from __future__ import annotations

from adapters.http.panel.held import WHY
from domain.agenda.verdicts import Why


def test_every_reason_for_holding_a_reply_has_words():
    assert set(WHY) == set(Why)

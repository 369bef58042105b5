"""States of companies in the words of the panel, and the kind of badge each gets."""

from __future__ import annotations

from typing import Final

from domain.companies.company import State

STATES: Final = {
    State.OPENING: ("abrindo", "wait"),
    State.ACTIVE: ("ativa", "good"),
    State.SUSPENDED: ("suspensa", "bad"),
    State.CLOSING: ("fechando", "wait"),
    State.CLOSED: ("fechada", ""),
}

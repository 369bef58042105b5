"""What becomes of a job by what it raised: a refusal is an answer, a refused move is a race or a bug."""

from __future__ import annotations

import inspect

import pytest

from adapters.queue.errors import FATES, Fate, fate_of, wait_before_retry
from domain.conversations.conversation import HolderMoveRefused
from domain.dead_letters.ladder import LADDER
from domain.delivery.outgoing import OutgoingMoveRefused
from domain.shared import errors
from domain.shared.errors import Refused, SecretariaError, Unauthenticated

KINDS = {cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, SecretariaError)}


def test_every_kind_has_a_fate():
    assert set(FATES) == KINDS - {SecretariaError, Unauthenticated}
    assert fate_of(Unauthenticated("nobody")) is FATES[errors.Forbidden]


@pytest.mark.parametrize("error", [HolderMoveRefused("closed -> waiting"), OutgoingMoveRefused("sent -> sending")])
def test_a_move_that_the_state_does_not_allow_is_tried_again_and_buried_in_the_end(error: Exception):
    assert fate_of(error) is Fate.RETRY
    assert wait_before_retry(error, len(LADDER)) is not None
    assert wait_before_retry(error, len(LADDER) + 1) is None


def test_any_other_refusal_is_an_answer_and_ends_the_job():
    assert fate_of(Refused("the slot is taken")) is Fate.DROP

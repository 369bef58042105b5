"""The fixed sentences: every kind of medium has one, and all are fit to be sent as they stand."""

from __future__ import annotations

import pytest

from application.assistant import texts
from application.assistant.texts import media_text
from domain.conversations.inbound import Kind
from domain.delivery.formatting import to_whatsapp

FIXED = [told for name, told in vars(texts).items() if name.isupper() and isinstance(told, str)]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TEXT])
def test_every_medium_has_words_of_its_own(kind: Kind):
    assert media_text(kind) is texts.MEDIA[kind]


@pytest.mark.parametrize("told", [*FIXED, *texts.MEDIA.values()])
def test_every_sentence_is_sent_as_it_stands(told: str):
    assert to_whatsapp(told) == told
    assert 10 < len(told) < 300


def test_there_are_words_for_every_occasion():
    assert len(FIXED) >= 6

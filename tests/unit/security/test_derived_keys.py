"""Keys derived from a company's data key: the same everywhere, another for each company and purpose, and never the key itself."""

from __future__ import annotations

import os

from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from domain.shared.ids import TenantId


def test_every_process_derives_the_same_key_also_after_a_rotation():
    old, new = os.urandom(32), os.urandom(32)
    key = Envelopes(GivenMasterKeys([old])).new_key(TenantId(1))
    rotating = Envelopes(GivenMasterKeys([new, old]))

    first = Envelopes(GivenMasterKeys([old])).derive(key, "slots")

    assert len(first) == 32
    assert rotating.derive(key, "slots") == first == rotating.derive(rotating.rewrap(key), "slots")


def test_companies_and_purposes_have_keys_of_their_own():
    vault = Envelopes(GivenMasterKeys([os.urandom(32)]))
    ours, theirs = vault.new_key(TenantId(1)), vault.new_key(TenantId(2))

    assert len({vault.derive(ours, "a"), vault.derive(ours, "b"), vault.derive(theirs, "a")}) == 3

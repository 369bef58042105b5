"""Sealed values open in their own place, under their own key, unchanged; and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.shared.secrets import Cell, MasterKeyMissing, Unreadable
from domain.shared.ids import TenantId

VAULT = Envelopes(GivenMasterKeys([b"m" * 32]))
KEY = VAULT.new_key(TenantId(7))
CELL = Cell(TenantId(7), "whatsapp_connections", "api_token", "line0000000000000")
SEALED = VAULT.seal(KEY, CELL, "o segredo é açúcar")


@given(clear=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_again(clear: str):
    assert VAULT.open(KEY, CELL, VAULT.seal(KEY, CELL, clear)) == clear


def test_nothing_of_the_secret_can_be_seen():
    assert "açúcar".encode() not in SEALED
    assert len({VAULT.seal(KEY, CELL, "same") for _ in range(100)}) == 100


def with_one_bit_changed(sealed: bytes) -> Iterator[bytes]:
    for bit in range(8 * len(sealed)):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def test_one_changed_bit_anywhere_is_refused():
    for changed in with_one_bit_changed(SEALED):
        with pytest.raises(Unreadable):
            VAULT.open(KEY, CELL, changed)


def test_a_shortened_value_is_refused():
    for length in range(len(SEALED)):
        with pytest.raises(Unreadable):
            VAULT.open(KEY, CELL, SEALED[:length])


@given(tail=st.binary(min_size=1, max_size=40))
def test_a_lengthened_value_is_refused(tail: bytes):
    with pytest.raises(Unreadable):
        VAULT.open(KEY, CELL, SEALED + tail)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(CELL, table="tenants"),
        replace(CELL, column="panel_password"),
        replace(CELL, row="line0000000000001"),
        replace(CELL, table="whatsapp_connectionsapi", column="_token"),
        replace(CELL, column="", row="api_tokenline0000000000000"),
    ],
)
def test_a_value_copied_to_another_cell_is_refused(elsewhere: Cell):
    with pytest.raises(Unreadable):
        VAULT.open(KEY, elsewhere, SEALED)


def test_another_companys_key_or_cell_is_refused():
    other = VAULT.new_key(TenantId(8))

    with pytest.raises(Unreadable):
        VAULT.open(other, replace(CELL, tenant=TenantId(8)), SEALED)
    with pytest.raises(Unreadable):
        VAULT.open(other, CELL, SEALED)
    with pytest.raises(Unreadable):
        VAULT.open(replace(KEY, tenant=TenantId(8)), replace(CELL, tenant=TenantId(8)), SEALED)


def test_a_wrapped_key_given_to_another_company_is_refused():
    stolen = replace(KEY, tenant=TenantId(8))

    with pytest.raises(Unreadable):
        VAULT.seal(stolen, replace(CELL, tenant=TenantId(8)), "x")


def test_one_changed_bit_of_a_wrapped_key_is_refused():
    for changed in with_one_bit_changed(KEY.sealed):
        with pytest.raises(Unreadable):
            VAULT.open(replace(KEY, sealed=changed), CELL, SEALED)


def test_a_rewrapped_key_needs_the_new_master_key_only():
    old, new = os.urandom(32), os.urandom(32)
    before = Envelopes(GivenMasterKeys([old]))
    key = before.new_key(TenantId(7))
    sealed = before.seal(key, CELL, "segredo")

    rewrapped = Envelopes(GivenMasterKeys([new, old])).rewrap(key)

    assert Envelopes(GivenMasterKeys([new])).open(rewrapped, CELL, sealed) == "segredo"
    with pytest.raises(MasterKeyMissing):
        before.open(rewrapped, CELL, sealed)
    with pytest.raises(Unreadable):
        before.open(replace(rewrapped, master_key_id=key.master_key_id), CELL, sealed)


def test_no_repr_shows_a_key():
    bits = GivenMasterKeys([b"m" * 32]).current()

    assert "mmmm" not in repr(bits) + repr(VAULT) + repr(KEY)
    assert repr(KEY.sealed) not in repr(KEY)

"""Master keys: what is accepted, what is told, and a file that changes under a running process."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from adapters.security.master_keys import (
    FileMasterKeys,
    GivenMasterKeys,
    keep_first,
    new_master_key,
    write_first,
)
from application.shared.secrets import MasterKeyMissing
from domain.shared.errors import Invalid


def test_the_first_key_is_current_and_all_can_be_found():
    keys = GivenMasterKeys([b"a" * 32, b"b" * 32])
    earlier = GivenMasterKeys([b"b" * 32]).current()

    assert keys.current().bits == b"a" * 32
    assert keys.get(earlier.id).bits == b"b" * 32


def test_a_key_that_was_not_given_is_missing():
    with pytest.raises(MasterKeyMissing, match="deadbeef"):
        GivenMasterKeys([b"a" * 32]).get("deadbeef")


@pytest.mark.parametrize("keys", [[], [b""], [b"a" * 31], [b"a" * 33]])
def test_anything_but_256_bits_is_refused(keys: list[bytes]):
    with pytest.raises(Invalid):
        GivenMasterKeys(keys)


def test_a_fresh_key_is_256_bits_and_different_each_time():
    assert len(base64.b64decode(new_master_key(), validate=True)) == 32
    assert new_master_key() != new_master_key()


def test_a_key_put_into_the_file_counts_without_a_restart(tmp_path: Path):
    file = tmp_path / "master.key"
    write_first(file, new_master_key())
    keys = FileMasterKeys(file)
    before = keys.current()

    write_first(file, new_master_key())

    assert keys.current() != before
    assert keys.get(before.id) == before


def test_an_earlier_key_taken_out_of_the_file_is_gone(tmp_path: Path):
    file = tmp_path / "master.key"
    write_first(file, new_master_key())
    keys = FileMasterKeys(file)
    earlier = keys.current()
    write_first(file, new_master_key())

    keep_first(file)

    assert keys.current() != earlier
    with pytest.raises(MasterKeyMissing):
        keys.get(earlier.id)


def test_only_its_owner_reads_the_file(tmp_path: Path):
    file = tmp_path / "master.key"

    write_first(file, new_master_key())

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe", b"*" * 44])
def test_a_bad_file_is_refused_without_being_quoted(tmp_path: Path, content: bytes):
    file = tmp_path / "master.key"
    file.write_bytes(content)

    with pytest.raises(Invalid) as refusal:
        FileMasterKeys(file).current()

    assert "short" not in str(refusal.value)


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(Invalid, match="No such file"):
        FileMasterKeys(tmp_path / "none").current()

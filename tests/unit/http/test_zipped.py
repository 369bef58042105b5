"""An export leaves no copy behind, whether it was sent, broken off, or never listened to."""

from __future__ import annotations

import gc
from contextlib import suppress
from pathlib import Path

import pytest

from adapters.http.zipped import PIECE, zipped
from domain.shared.ids import TenantId

WHOLE = b"everything" * PIECE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "export.zip"
    file.write_bytes(WHOLE)
    return file


def held(file: Path) -> int:
    """How many descriptors of ours still hold what was that file."""
    found = 0
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # what other threads close meanwhile, and what is no file
            found += str(link.readlink()).startswith(str(file))
    return found


def left(file: Path) -> list[Path]:
    return list(file.parent.iterdir())


async def test_whoever_goes_away_before_the_first_byte_leaves_nothing_behind(file: Path):
    answer = zipped(file, TenantId(7))
    assert left(file) == []
    assert held(file) == 1

    del answer
    gc.collect()
    assert held(file) == 0


async def test_all_of_it_is_sent(file: Path):
    sent = b"".join([piece async for piece in zipped(file, TenantId(7)).iterator])
    assert sent == WHOLE
    gc.collect()
    assert held(file) == 0


async def test_breaking_off_in_the_middle_frees_its_room(file: Path):
    pieces = zipped(file, TenantId(7)).iterator
    assert len(await anext(pieces)) == PIECE
    await pieces.aclose()
    assert held(file) == 0

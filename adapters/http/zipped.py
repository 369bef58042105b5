"""A company's export as a download: sent piece by piece, and on no disk by the time its first byte leaves."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import anyio.to_thread
from litestar.response import Stream

from domain.shared.ids import TenantId

ZIP: Final = "application/zip"
PIECE: Final = 65_536


class _Nameless:
    """An open file without a name: its room is free once nobody holds this, also where nobody ever read a piece."""

    def __init__(self, file: Path) -> None:
        self._descriptor: int | None = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        file.unlink()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def read(self) -> bytes:
        return b"" if self._descriptor is None else os.read(self._descriptor, PIECE)


def zipped(file: Path, company: TenantId) -> Stream:
    headers = {
        "content-disposition": f'attachment; filename="empresa-{company}.zip"',
        "cache-control": "no-store",
    }
    return Stream(_pieces(_Nameless(file)), media_type=ZIP, headers=headers)


async def _pieces(file: _Nameless) -> AsyncIterator[bytes]:
    try:
        while piece := await anyio.to_thread.run_sync(file.read):
            yield piece
    finally:
        file.close()  # at once: the thread that read last remembers it until it reads another

"""A company's export as a download: sent piece by piece, and gone once it was sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import anyio
from litestar.response import Stream

from domain.shared.ids import TenantId

ZIP: Final = "application/zip"
PIECE: Final = 65_536


def zipped(file: Path, company: TenantId) -> Stream:
    headers = {
        "content-disposition": f'attachment; filename="empresa-{company}.zip"',
        "cache-control": "no-store",
    }
    return Stream(_pieces(file), media_type=ZIP, headers=headers)


async def _pieces(file: Path) -> AsyncIterator[bytes]:
    """The file is gone once it was sent, or once nobody listens any more."""
    try:
        async with await anyio.open_file(file, "rb") as opened:
            while piece := await opened.read(PIECE):
                yield piece
    finally:
        await anyio.Path(file).unlink(missing_ok=True)

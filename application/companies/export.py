"""All that a company has here, as one file it can take along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.shared.ids import TenantId


class Tables(Protocol):
    def rows(self, tenant: TenantId) -> AsyncIterator[tuple[str, str]]:
        """Table by table, a JSON object for each row, all as of one moment. Secrets and what others own are not among them."""


class Archive(Protocol):
    """A file of many parts that is written once."""

    def begin(self, part: str) -> None: ...

    def line(self, text: str) -> None: ...

    def close(self) -> Path: ...

    def discard(self) -> None: ...


class OpenArchive(Protocol):
    def __call__(self) -> Archive: ...


@dataclass(frozen=True, slots=True)
class ExportCompany:
    """JSON Lines, a part per table. Whoever asked for the file throws it away."""

    tables: Tables
    open_archive: OpenArchive

    async def __call__(self, tenant: TenantId) -> Path:
        archive, part = self.open_archive(), ""
        try:
            async for table, row in self.tables.rows(tenant):
                if table != part:
                    archive.begin(part := table)
                if row:
                    archive.line(row)
            return archive.close()
        except BaseException:
            archive.discard()
            raise

"""A zip file in the temporary folder, written part by part, that only its owner can read."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path
from typing import IO


class ZipArchive:
    """Implements application.companies.export.Archive."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="secretaria-export-", suffix=".zip")
        self._file = os.fdopen(handle, "wb")
        self._path = Path(name)
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._part: IO[bytes] | None = None

    def begin(self, part: str) -> None:
        self._end()
        self._part = self._zip.open(f"{part}.jsonl", "w", force_zip64=True)

    def line(self, text: str) -> None:
        assert self._part is not None, "a part is begun first"
        self._part.write(text.encode() + b"\n")

    def close(self) -> Path:
        self._end()
        self._zip.close()
        self._file.close()
        return self._path

    def discard(self) -> None:
        self.close()
        self._path.unlink(missing_ok=True)

    def _end(self) -> None:
        if self._part is not None:
            self._part.close()
            self._part = None

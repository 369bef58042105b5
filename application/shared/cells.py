"""A table as CSV that a spreadsheet shows and never runs: what would be a formula begins with an apostrophe."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\0")


def neutral(cell: str) -> str:
    """Also a telephone (+55…) gets its apostrophe; `original` takes it away again, so nothing is lost by an export.

    What began with an apostrophe gets a second one, or nobody could tell the two apart.
    """
    return f"'{cell}" if cell.startswith((*FORMULAS, "'")) else cell


def original(cell: str) -> str:
    """What `neutral` was given."""
    return cell.removeprefix("'")


def csv_row(cells: Iterable[object]) -> str:
    """One line, RFC 4180, with its end; None is an empty cell."""
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow("" if cell is None else neutral(str(cell)) for cell in cells)
    return line.getvalue()

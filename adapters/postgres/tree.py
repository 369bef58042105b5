"""The two trees of migrations by name, and the tenant tree as one script: what can be known of them without Alembic."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

MIGRATIONS: Final = Path(__file__).resolve().parents[2] / "migrations"
NEW_SCHEMA: Final = MIGRATIONS / "tenant" / "new_schema.sql"
"""Written by `make schema` from the tenant tree, and held equal to it by a test."""

REVISION: Final = re.compile(r"(?:INSERT INTO alembic_version .* VALUES \('|SET version_num=')(\w+)'")


class Tree(Enum):
    """A tree and the table in which a schema keeps its revision."""

    PUBLIC = ("public", "alembic_version_public")
    TENANT = ("tenant", "alembic_version")

    def __init__(self, folder: str, version_table: str) -> None:
        self.folder = folder
        self.version_table = version_table


@cache
def new_schema_script() -> str:
    """The whole tenant tree for an empty schema, at once and without loading Alembic."""
    return NEW_SCHEMA.read_text(encoding="utf-8")


@cache
def new_schema_revision() -> str:
    """Where a schema is that was made by the script."""
    return str(REVISION.findall(new_schema_script())[-1])

"""The two trees of migrations: `public`, shared by all, and `tenant`, run once in every company's schema.

Alembic wants a synchronous connection: call these inside `AsyncConnection.run_sync`. The caller owns the
transaction, so a migration that fails leaves nothing behind. A string given to `op.execute` is a script.
"""

from __future__ import annotations

from functools import cache
from io import StringIO
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Executable

from adapters.postgres.tree import MIGRATIONS, NEW_SCHEMA, Tree

LATEST = "head"
NOTHING = "base"


class WholeScripts(PostgresqlImpl):
    """asyncpg prepares what SQLAlchemy sends, and one statement is all that can be prepared: go around."""

    __dialect__ = "postgresql"

    def execute(self, sql: Executable | str, execution_options: dict[str, Any] | None = None) -> None:
        if not isinstance(sql, str):
            super().execute(sql, execution_options)
        elif self.as_sql:
            self.static_output(sql)
        else:
            assert self.connection is not None
            run_script(self.connection, sql)


def run_script(connection: Connection, script: str) -> None:
    """Many statements in one round trip, on a connection whose transaction an earlier statement opened."""
    driver = connection.connection.dbapi_connection
    driver.run_async(lambda postgres: postgres.execute(script))  # type: ignore[union-attr]


def upgrade(connection: Connection, tree: Tree, schema: str, to: str = LATEST) -> None:
    command.upgrade(_config(tree, connection, schema), to)


def downgrade(connection: Connection, tree: Tree, schema: str, to: str) -> None:
    command.downgrade(_config(tree, connection, schema), to)


def current(connection: Connection, tree: Tree, schema: str) -> str | None:
    """The revision a schema is at; None when no migration ever ran there."""
    context = MigrationContext.configure(
        connection, opts={"version_table": tree.version_table, "version_table_schema": schema}
    )
    return context.get_current_revision()


@cache
def head(tree: Tree) -> str:
    """The newest revision that this code knows."""
    revision = _scripts(tree).get_current_head()
    assert revision is not None
    return revision


def revisions(tree: Tree) -> list[str]:
    """All revisions, oldest first."""
    return [script.revision for script in _scripts(tree).walk_revisions()][::-1]


def rendered_schema() -> str:
    """What belongs into `NEW_SCHEMA`: the statements of all revisions, in the order of the tree."""
    output = StringIO()
    config = _config(Tree.TENANT)
    config.output_buffer = output
    command.upgrade(config, LATEST, sql=True)
    return output.getvalue()


def _scripts(tree: Tree) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(tree))


def _config(tree: Tree, connection: Connection | None = None, schema: str | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS / tree.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, schema=schema, version_table=tree.version_table)
    return config


if __name__ == "__main__":
    NEW_SCHEMA.write_text(rendered_schema(), encoding="utf-8")

"""Runs the shared tables' migrations on the connection that trees.py hands over."""

from alembic import context

given = context.config.attributes
if given.get("connection") is None:
    raise SystemExit("Use `secretaria migrate`: it knows the database, the locks and the companies.")

context.configure(
    connection=given["connection"],
    version_table=given["version_table"],
    version_table_schema=given["schema"],
)
context.run_migrations()

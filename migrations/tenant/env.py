"""Runs one company's migrations on the connection that trees.py hands over, or writes them as a script.

The revisions name no schema: the search_path of the open transaction says whose tables they make.
"""

from alembic import context

given = context.config.attributes
if context.is_offline_mode():
    context.configure(dialect_name="postgresql", version_table=given["version_table"])
elif given.get("connection") is None:
    raise SystemExit("Use `secretaria migrate`: it knows the database, the locks and the companies.")
else:
    context.configure(
        connection=given["connection"],
        version_table=given["version_table"],
        version_table_schema=given["schema"],
    )
context.run_migrations()

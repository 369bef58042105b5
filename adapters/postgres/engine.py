"""SQLAlchemy over asyncpg, for alembic alone: everything that runs for a message uses the pool next door."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from domain.shared.errors import Invalid

RECYCLE_SECONDS = 600
CONNECT_SECONDS = 10


def build_engine(url: str, *, pool_size: int, application: str = "secretaria migrate") -> AsyncEngine:
    """Connects at the first use. Raises Invalid, without echoing the URL: it holds a password."""
    return create_async_engine(
        asyncpg_url(url),
        pool_size=pool_size,
        max_overflow=0,
        pool_recycle=RECYCLE_SECONDS,
        connect_args={"timeout": CONNECT_SECONDS, "server_settings": {"application_name": application}},
    )


def asyncpg_url(url: str) -> URL:
    """The URL as SQLAlchemy wants it, from any of the spellings that libpq's tools accept. Raises Invalid."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Invalid("not a database URL (postgresql://user:password@host:5432/name)") from None
    if parsed.drivername not in ("postgres", "postgresql", "postgresql+asyncpg"):
        raise Invalid("the database URL must begin with postgresql://")
    if not parsed.database:
        raise Invalid("the database URL names no database (…/name)")
    sslmode = parsed.query.get("sslmode")
    parsed = parsed.difference_update_query(["sslmode"])
    if sslmode is not None:
        parsed = parsed.update_query_dict({"ssl": sslmode})
    return parsed.set(drivername="postgresql+asyncpg")

"""Where PostgreSQL and Redis are, for an installation that does not bring its own."""

from __future__ import annotations

from dataclasses import dataclass

from secretaria.reading import BadSetting, address, database, setting, whole, words


@dataclass(frozen=True, slots=True)
class Database:
    """PostgreSQL, where the truth is. Without a URL `secretaria run` starts its own."""

    url: str | None = setting("DATABASE_URL", database, None, secret=True)
    pool_size: int = setting("SECRETARIA_DATABASE_POOL", whole(1, 500), 10)

    @property
    def required_url(self) -> str:
        """Raises BadSetting."""
        if self.url is None:
            raise BadSetting(
                "DATABASE_URL",
                "postgresql://user:password@host:5432/name, or start `secretaria run`, which brings its own",
            )
        return self.url


@dataclass(frozen=True, slots=True)
class Redis:
    """Redis or Valkey, the doorbell. Without a URL `secretaria run` starts its own."""

    url: str | None = setting("REDIS_URL", address("redis", "rediss"), None, secret=True)
    namespace: str = setting("SECRETARIA_REDIS_NAMESPACE", words, "sv")

    @property
    def required_url(self) -> str:
        """Raises BadSetting."""
        if self.url is None:
            raise BadSetting(
                "REDIS_URL", "redis://:password@host:6379/0, or start `secretaria run`, which brings its own"
            )
        return self.url

"""Which servers a command talks to: those of the settings, else those that a running `secretaria run` brought along."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from adapters.security.master_keys import FileMasterKeys, GivenMasterKeys
from application.shared.secrets import MasterKeys
from secretaria.data_folder import RUN_CARD
from secretaria.reading import BadSetting
from secretaria.settings import Settings


class Targets:
    """Each is looked up when it is asked for. Raises BadSetting, with the name of the variable to set."""

    def __init__(self, settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
        self._settings = settings
        self._environment = environment

    @property
    def database_url(self) -> str:
        return self._settings.database.url or self._told("database_url") or self._settings.database.required_url

    @property
    def redis_url(self) -> str:
        return self._settings.redis.url or self._told("redis_url") or self._settings.redis.required_url

    @property
    def public_url(self) -> str:
        """Where Whaticket reaches us: as set, else where the running process listens, else where it would."""
        told = None if self._is_set("SECRETARIA_PUBLIC_URL") else self._told("public_url")
        return (told or self._settings.http.public_url).rstrip("/")

    @property
    def master_key_file(self) -> Path | None:
        """None where the environment holds the key itself."""
        if self._is_set("SECRETARIA_MASTER_KEY"):
            return None
        told = self._told("master_key_file")
        return self._settings.secrets.master_key_file or (Path(told) if told else None)

    @property
    def master_keys(self) -> MasterKeys:
        if self.master_key_file is not None:
            return FileMasterKeys(self.master_key_file)
        secrets = self._settings.secrets
        earlier = [secrets.master_key_previous] if secrets.master_key_previous else []
        return GivenMasterKeys([secrets.required_master_key, *earlier])

    def _is_set(self, variable: str) -> bool:
        return bool(self._environment.get(variable, "").strip())

    def _told(self, what: str) -> str | None:
        value = self._run.get(what)
        return value if isinstance(value, str) and value else None

    @cached_property
    def _run(self) -> dict[str, object]:
        """What the running process wrote down. It says nothing about another database than its own: a key of this
        machine must never seal what lives elsewhere.
        """
        try:
            told = json.loads((self._settings.data_dir / RUN_CARD).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            raise BadSetting("SECRETARIA_DATA_DIR", f"a folder whose {RUN_CARD} we can read") from None
        ours = isinstance(told, dict) and self._settings.database.url in (None, told.get("database_url"))
        return told if ours else {}

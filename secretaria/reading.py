"""Turns the text of environment variables into values, or says which one is wrong and what to put there."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, field, fields
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from domain.billing.money import rate_of
from domain.shared.errors import Invalid

T = TypeVar("T")

MASTER_KEY_BYTES: Final = 32


class BadSetting(Exception):
    """A setting that stops the boot. Its text never repeats the value when that could be a secret."""

    def __init__(self, name: str, put: str) -> None:
        super().__init__(f"{name} is missing or wrong: put {put}.")
        self.name = name


def setting(name: str, read: Callable[[str], T], default: T, *, secret: bool = False) -> T:
    """A field of a struct that the variable `name` fills; `read` raises ValueError saying what to put."""
    metadata = {"name": name, "read": read}
    described: T = field(default=default, repr=not secret, metadata=metadata)
    return described


def described(struct: type[Any]) -> dict[str, Field[Any]]:
    """The fields of a struct that the environment may fill, by the name of their variable."""
    return {f.metadata["name"]: f for f in fields(struct) if "name" in f.metadata}


def fill(struct: type[T], environment: Mapping[str, str]) -> T:
    """Builds a struct from the environment; an empty variable counts as absent. Raises BadSetting."""
    values: dict[str, Any] = {}
    for name, known in described(struct).items():
        text = environment.get(name, "").strip()
        if not text:
            continue
        try:
            values[known.name] = known.metadata["read"](text)
        except ValueError as error:
            raise BadSetting(name, str(error)) from None
    return struct(**values)


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isdecimal() and text.isascii() and len(text) < 20 and least <= int(text) <= most:
            return int(text)
        raise ValueError(f"a whole number from {least} to {most}")

    return read


def number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if least <= value <= most:
            return value
        raise ValueError(f"a number from {least:g} to {most:g}")

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() in choices:
            return text.lower()
        raise ValueError("one of " + ", ".join(choices))

    return read


def yes_or_no(text: str) -> bool:
    if text in ("yes", "no"):
        return text == "yes"
    raise ValueError("yes or no")


def words(text: str) -> str:
    """Text without spaces or control characters, such as a name, a host or a key."""
    if text.isprintable() and " " not in text and len(text) <= 500:
        return text
    raise ValueError("text without spaces or control characters, 500 characters at most")


def token(text: str) -> str:
    """A secret that others will try to guess."""
    if len(words(text)) >= 24:
        return text
    raise ValueError("at least 24 random characters, for instance from `openssl rand -hex 24`")


def address(*schemes: str) -> Callable[[str], str]:
    """A URL of one of the schemes, with no slash at its end. Refusals never echo it: it may be secret."""
    wanted = " or ".join(f"{scheme}://" for scheme in schemes)

    def read(text: str) -> str:
        try:
            parts = urlsplit(words(text))
            fits = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:
            fits = False
        if not fits:
            raise ValueError(f"a URL that begins with {wanted} and names a host")
        return text.rstrip("/")

    return read


def domain_name(text: str) -> str:
    """A host's name without a scheme; below it there is room for one label more of 50 letters."""
    if len(text) <= 180 and re.fullmatch(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", text):
        return text
    raise ValueError("a domain in small letters, such as secretaria.example.com")


def database(text: str) -> str:
    """The URL of a PostgreSQL database, whichever of its tools' spellings it comes in."""
    url = text.replace("postgresql+asyncpg://", "postgresql://", 1)
    try:
        if len(urlsplit(address("postgresql", "postgres")(url)).path) > 1:
            return url
    except ValueError:
        pass
    raise ValueError("postgresql://user:password@host:5432/name")


def mail_server(text: str) -> str:
    """The URL of a mail server; its last slash and its query are kept."""
    address("smtp", "smtps")(text)
    return text


def rate(text: str) -> int:
    """Reais per dollar, as ten-thousandths."""
    try:
        return rate_of(text)
    except Invalid as error:
        raise ValueError(str(error)) from None


def sender(text: str) -> str:
    """A From: a name and an address, or an address alone."""
    name, mailbox = parseaddr(text)
    whole = f"{name} <{mailbox}>" if name else mailbox
    if text.isprintable() and len(text) <= 200 and "@" in mailbox.strip("@") and whole == text:
        return text
    raise ValueError("Name <somebody@example.com>, or an address alone")


def signing_secret(text: str) -> str:
    """What signs Standard Webhooks: 24 to 64 random bytes."""
    try:
        if 24 <= len(base64.b64decode(text.removeprefix("whsec_") + "==")) <= 64:
            return words(text)
    except (binascii.Error, ValueError):
        pass
    raise ValueError('"whsec_" and 24 to 64 random bytes in base64, for instance from `openssl rand -base64 32`')


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError("addresses or networks parted by commas, such as 10.0.0.0/8, 192.168.1.7") from None


def file_path(text: str) -> Path:
    try:
        if "\0" not in text:
            return Path(text).expanduser()
    except RuntimeError:  # ~somebody who is nobody here
        pass
    raise ValueError("a path")


def key_bytes(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise ValueError(f"{MASTER_KEY_BYTES} random bytes in base64, for instance from `openssl rand -base64 32`")
    return key

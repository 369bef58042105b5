"""Where a letter goes: the Whaticket's address as its owner wrote it, and the contact's as WhatsApp wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from adapters.whaticket.profiles import Profile
from application.delivery.ports import ChannelMisconfigured, ChannelRefused, Letter

NUMBER_SERVERS: Final = {"s.whatsapp.net", "c.us", "hosted", ""}
HIDDEN_SERVERS: Final = {"lid", "hosted.lid"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A Whaticket's address without its query; the query's fields are sent in the body of every message."""

    url: str
    options: dict[str, str | int]


def endpoint(base_url: str, profile: Profile) -> Endpoint:
    """Raises ChannelMisconfigured."""
    try:
        parts = urlsplit(base_url.strip())
        host = (parts.hostname or "").encode("idna")
        port = parts.port
    except ValueError as error:
        raise ChannelMisconfigured("the connection's address is no URL") from error
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None or port == 0:
        raise ChannelMisconfigured("the connection's address must be http(s)://host, without user and password")
    options = dict(parse_qsl(parts.query))
    unknown = sorted(set(options) - profile.options)
    if unknown:
        raise ChannelMisconfigured(f"this dialect knows no {', '.join(unknown)} in the connection's address")
    url = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
    return Endpoint(url, {name: int(value) if value.isdecimal() else value for name, value in options.items()})


def recipient(letter: Letter, profile: Profile) -> str:
    """What goes into `number`: the digits exactly as WhatsApp knows them, or a hidden id where the dialect takes one.

    The ninth digit is neither added nor dropped here: the address received is the one that is registered.
    Raises ChannelRefused.
    """
    if letter.to.endswith(tuple(f"@{server}" for server in HIDDEN_SERVERS)) and profile.takes_hidden_ids:
        return letter.to
    number = digits_of(letter)
    if number is None:
        raise ChannelRefused("only a hidden id is known of this contact, and this dialect sends to numbers only")
    return number


def digits_of(letter: Letter) -> str | None:
    """The contact's number, or None where only a hidden id is known. Raises ChannelRefused where it is no person's."""
    user, _, server = letter.to.partition("@")
    if server in HIDDEN_SERVERS:
        user = (letter.phone or "").removeprefix("+")
        return user if user.isascii() and user.isdecimal() else None
    if server not in NUMBER_SERVERS or not (user.isascii() and user.isdecimal()):
        raise ChannelRefused("the letter is not addressed to a person")
    return user

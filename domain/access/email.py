"""An e-mail address as the name somebody logs in with: one spelling, and so one account."""

from __future__ import annotations

import re
from typing import Final

from domain.shared.errors import Invalid

LONGEST: Final = 254  # RFC 5321: a path has 256 octets, two of which are its angle brackets
ADDRESS: Final = re.compile(
    r"[^\s@,;:<>()\[\]\"\\]{1,64}@(?:[^\s@,;:<>()\[\]\"\\.]{1,63}\.)+[^\s@,;:<>()\[\]\"\\.]{2,63}"
)


def checked_email(text: str, *, field: str = "email") -> str:
    """Lower-cased, without blanks around it. Whether it exists, only a letter can tell. Raises Invalid."""
    address = text.strip().lower()
    if len(address) > LONGEST or not address.isprintable() or not ADDRESS.fullmatch(address):
        raise Invalid("an e-mail address, such as ana@clinica.com.br", field=field)
    return address

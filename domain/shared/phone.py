"""Telephones as people are known by: one canonical number, however WhatsApp or a keyboard spells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from domain.shared.errors import Invalid

CANONICAL: Final = re.compile(
    r"\+55[1-9][1-9](?:9[0-9]{8}|[2-5][0-9]{7})"  # Brazil: a mobile with its ninth digit, or a landline
    r"|\+1[2-9][0-9]{9}"  # North America has one length
    r"|\+(?!55)[2-9][0-9]{6,14}"
)
PUNCTUATION: Final = re.compile(r"[\s().\-/]")
NATIONAL: Final = re.compile(r"0?([1-9][1-9](?:9[0-9]{8}|[2-9][0-9]{7}))")
WITHOUT_NINTH: Final = re.compile(r"55[1-9][1-9][6-9][0-9]{7}")


class InvalidPhone(Invalid):
    """Not a telephone number we could write to."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone in E.164; a Brazilian mobile with its ninth digit: +5531987654321, never +553187654321."""

    value: str

    def __post_init__(self) -> None:
        if not CANONICAL.fullmatch(self.value):
            raise InvalidPhone("not a telephone number in E.164")

    @classmethod
    def parse(cls, text: str) -> Phone:
        """The number most likely meant. Raises InvalidPhone.

        A leading "+" or "00" says that the country code is there. Without one, ten or eleven digits that make
        a Brazilian number are taken for one, so a machine's number (a JID) must come with its "+". The ninth
        digit is put back where it is missing.
        """
        bare = PUNCTUATION.sub("", text[:64])
        for prefix in ("+", "00"):
            if bare.startswith(prefix):
                return cls._international(bare.removeprefix(prefix))
        national = NATIONAL.fullmatch(bare)
        return cls._international("55" + national[1] if national else bare)

    @classmethod
    def _international(cls, digits: str) -> Phone:
        if WITHOUT_NINTH.fullmatch(digits):  # WhatsApp keeps the form a number had when it was registered
            digits = f"{digits[:4]}9{digits[4:]}"
        return cls("+" + digits)

    @property
    def whatsapp(self) -> str:
        """The digits by which WhatsApp most likely knows this number, for one that a person typed.

        Outside the area codes 1x and 2x, numbers of the old ranges are registered without the ninth digit.
        This is a guess: where an address was received, reply to that address instead.
        """
        digits = self.value[1:]
        old = len(digits) == 13 and digits.startswith("55") and digits[2] not in "12" and digits[5] >= "6"
        return digits[:4] + digits[5:] if old else digits

    def __str__(self) -> str:
        return self.value

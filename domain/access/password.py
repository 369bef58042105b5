"""What a password must be: long enough, and none of those that are tried first. No rules about which characters.

Those tried first are few words with ornaments ("Senha@2024", "P4ssw0rd!!"), runs of the keyboard and repetitions, so the
ornaments are taken off and what is left is looked up: some two hundred stems refuse far more than the usual list of 3,000.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

from domain.access.refused_passwords import STEMS
from domain.shared.errors import Invalid

SHORTEST: Final = 8
LONGEST: Final = 256
"""More than anybody types; without an end, hashing would be work that strangers can order."""

LEET: Final = str.maketrans("4@831!0$57", "aabeiiosst")
RUNS: Final = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "a1b2c3d4e5f6g7h8i9",
    "147258369",
    "789456123",
    "159753",
)
LEAST_VARIETY: Final = 4
MOST_ORNAMENT: Final = 8
"""Signs and digits around a word that add nothing; with more of them it may be a good password after all."""


class Fault(StrEnum):
    """Why a password is refused; the texts that people read are by this word."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    PERSONAL = "personal"


class PasswordRefused(Invalid):
    def __init__(self, fault: Fault, message: str, *, field: str = "password") -> None:
        super().__init__(message, field=field)
        self.fault = fault


def check_password(password: str, *, email: str = "", field: str = "password") -> None:
    """Raises PasswordRefused."""
    if len(password) < SHORTEST:
        raise PasswordRefused(Fault.SHORT, f"a password has at least {SHORTEST} characters", field=field)
    if len(password) > LONGEST:
        raise PasswordRefused(Fault.LONG, f"a password has at most {LONGEST} characters", field=field)
    if _is_common(password):
        raise PasswordRefused(Fault.COMMON, "this password is one of those that are tried first", field=field)
    if _is_personal(password, email):
        raise PasswordRefused(Fault.PERSONAL, "a password must not be the e-mail address", field=field)


def _is_common(password: str) -> bool:
    plain = _plain(password)
    letters = re.sub(r"[^a-z0-9]", "", plain)
    runs = {letters, re.sub(r"(.)\1+", r"\1", letters)}
    return len(set(password)) < LEAST_VARIETY or not STEMS.isdisjoint(_stems(plain)) or any(map(_is_a_run, runs))


def _is_personal(password: str, email: str) -> bool:
    address, plain = _plain(email), _plain(password)
    local = address.partition("@")[0]
    return bool(local) and (plain in (address, local) or re.sub(r"[^a-z0-9]", "", local) in _stems(plain))


def _plain(text: str) -> str:
    """Lower case without accents: "Coração" is "coracao"."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _stems(plain: str) -> set[str]:
    """The word inside: without digits and signs around it, read as it stands and with digits for letters."""
    shortest = len(re.sub(r"[^a-z]+$", "", plain))
    cuts = {plain[:length] for length in range(max(shortest, len(plain) - MOST_ORNAMENT), len(plain) + 1)}
    readings = {reading for cut in cuts for reading in (cut, cut.translate(LEET))}
    stems = {re.sub(r"[^a-z0-9]", "", re.sub(r"^[^a-z]+|[^a-z]+$", "", reading)) for reading in readings}
    stems |= {stem.translate(LEET) for stem in stems}
    return {stem for stem in stems if len(plain) - len(stem) <= MOST_ORNAMENT}


def _is_a_run(text: str) -> bool:
    """Nothing but steps along the keyboard or the alphabet, either way, perhaps several ("qwerty123456")."""
    rest = text
    while rest:
        length = max((_along(rest, run) for each in RUNS for run in (each, each[::-1])), default=0)
        if length < 3:
            return False
        rest = rest[length:]
    return bool(text)


def _along(text: str, run: str) -> int:
    start = run.find(text[0])
    if start < 0:
        return 0
    length = 0
    for ours, theirs in zip(text, run[start:], strict=False):
        if ours != theirs:
            break
        length += 1
    return length

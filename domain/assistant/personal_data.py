"""Numbers and addresses that belong to somebody: found in a text, hidden from the model, compared before a reply leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from domain.assistant.spelt_numbers import spelt_numbers

CPF: Final = re.compile(r"(?<![\d.])\d{3}\.\d{3}\.\d{3}[-.]\d{2}(?!\d)")
BARE_CPF: Final = re.compile(r"(?<!\d)\d{9}-?\d{2}(?!\d)")
CARD: Final = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?!\d)")
EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b", re.IGNORECASE)
PHONE: Final = re.compile(
    r"(?<![\d/.,:-])(?:\+?55[ .-]?)?(?:\(0?\d{2}\)|0?\d{2})[ .-]{0,2}9?[ .]?\d{4}[ .-]?\d{4}(?![\d/:])"
    r"|(?<![\d/.,:$-])(?<!\$ )(?!20\d\d-20\d\d)(?:9[ .]?)?[2-9]\d{3}-\d{4}(?![\d/:])"
)
LONG_NUMBER: Final = re.compile(
    r"(?<!\d)\d{9,}(?!\d)|(?<!\d)(?:\d[ .-]){8,}\d(?!\d)|(?<!\d)\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}(?!\d)"
)
LINK: Final = re.compile(r"(?:https?://|www\.)([\w.-]+)", re.IGNORECASE)
MOBILE_SHAPE: Final = re.compile(r"[1-9]{2}9\d{8}")


def masked(text: str) -> str:
    """The text without CPF and card numbers: the model has no use for them, and its supplier must not have them."""
    hidden = CPF.sub("[CPF]", text)
    hidden = CARD.sub(lambda found: "[cartão]" if _is_card(_digits(found[0])) else found[0], hidden)
    return BARE_CPF.sub(lambda found: "[CPF]" if _is_bare_cpf(found[0]) else found[0], hidden)


def strangers(text: str, known: str) -> Iterator[str]:
    """What kind of personal mark in `text` is not in `known`: "number", "email" or "link"."""
    digits = _digits(known)
    phones = {found[0] for found in PHONE.finditer(text)}
    others = {found[0] for pattern in (CPF, CARD, LONG_NUMBER) for found in pattern.finditer(text)}
    if (
        any(_digits(phone)[-SUBSCRIBER:] not in digits for phone in phones)
        or any(_digits(other) not in digits and other not in phones for other in others)
        or _strangers_in_words(text, known, digits)
    ):
        yield "number"
    lowered = known.lower()
    if any(found[0].lower() not in lowered for found in EMAIL.finditer(text)):
        yield "email"
    if any(found[1].lower().removeprefix("www.").rstrip(".") not in lowered for found in LINK.finditer(text)):
        yield "link"


SUBSCRIBER: Final = 8
"""The last digits of a phone number: country code, area code and ninth digit are written or left out as people please."""


def _strangers_in_words(text: str, known: str, digits: str) -> bool:
    spelt = list(spelt_numbers(text))
    told = [digits, *spelt_numbers(known)] if spelt else []
    return any(not any(number[-SUBSCRIBER:] in one for one in told) for number in spelt)


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdecimal() and mark.isascii())


def _is_bare_cpf(text: str) -> bool:
    """Eleven digits are more often a mobile number: only right check digits, and no mobile's shape, make it a CPF."""
    digits = _digits(text)
    return _has_check_digits(digits) and ("-" in text or not MOBILE_SHAPE.fullmatch(digits))


def _has_check_digits(digits: str) -> bool:
    for length in (9, 10):
        total = sum(
            int(digit) * weight for digit, weight in zip(digits[:length], range(length + 1, 1, -1), strict=True)
        )
        if total * 10 % 11 % 10 != int(digits[length]):
            return False
    return True


def _is_card(digits: str) -> bool:
    """Luhn's sum."""
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0

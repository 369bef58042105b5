"""A company's terms with the language model: what it chose for itself, over what the installation has for everybody."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from domain.assistant.pricing import Price, PriceList
from domain.shared.errors import Invalid

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""Part of a URL at Google's, so nothing that could lead elsewhere."""

LONGEST_KEY: Final = 500
DEAREST: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class ModelTerms:
    """Which models answer a company's customers, by which key, at what prices. An empty key is none."""

    main: str
    small: str
    key: str = field(repr=False)
    prices: PriceList = field(default_factory=PriceList)


@dataclass(frozen=True, slots=True)
class OwnModel:
    """What a company chose for itself; None is the installation's. Raises Invalid on nonsense."""

    main: str | None = None
    small: str | None = None
    key: str | None = field(default=None, repr=False)
    prices: Mapping[str, tuple[Price, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for where, name in (("main", self.main), ("small", self.small), *(("prices", name) for name in self.prices)):
            if name is not None and not NAME.fullmatch(name):
                raise Invalid("a model's name is like gemini-3.8-flash", field=where)
        if self.key is not None and not is_usable(self.key):
            raise Invalid(f"a key is one word of at most {LONGEST_KEY} printable ASCII characters", field="key")
        if not all(listed and all(map(_is_sane, listed)) for listed in self.prices.values()):
            raise Invalid("prices are US dollars per million tokens, such as 0.75 and 3.75", field="prices")

    def over(self, installation: ModelTerms) -> ModelTerms:
        """What applies. A company's own prices are those of its contract, whoever's key it calls with."""
        return ModelTerms(
            main=self.main or installation.main,
            small=self.small or installation.small,
            key=self.key or installation.key,
            prices=PriceList({**installation.prices.own, **self.prices}),
        )


def is_usable(key: str) -> bool:
    """Whether it can be sent as a header at all."""
    return 0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() and " " not in key


def _is_sane(price: Price) -> bool:
    return all(math.isfinite(dollars) and 0 <= dollars <= DEAREST for dollars in (price.input, price.output))

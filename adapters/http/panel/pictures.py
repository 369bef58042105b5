"""What a canvas of a page shows: as JSON in its attribute, so that the page asks for nothing more and no script stands in it."""

from __future__ import annotations

import msgspec


class Series(msgspec.Struct):
    """One line or row of bars of a picture; `color` is the name of a token of the design."""

    label: str
    color: str
    values: list[float]


class Picture(msgspec.Struct):
    labels: list[str]
    series: list[Series]
    stacked: bool = False


def drawn(picture: Picture) -> str:
    return msgspec.json.encode(picture).decode()

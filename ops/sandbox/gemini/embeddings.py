"""Vectors that put alike texts near each other: hashed words and trigrams, always the same for the same text."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Iterator
from typing import Any, Final

from ops.sandbox.gemini import wire

USUAL_SIZE: Final = 3072
LARGEST: Final = 3072


def vector(text: str, size: int) -> list[float]:
    values = [0.0] * size
    for feature, weight in _features(text):
        place = zlib.crc32(feature.encode())
        values[place % size] += weight if place & 0x10000 else -weight
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    return [round(value / length, 6) for value in values]


def _features(text: str) -> Iterator[tuple[str, float]]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    for word in re.findall(r"\w+", plain):
        yield word, 1.0
        for place in range(len(word) - 2):
            yield f"#{word[place : place + 3]}", 0.3
    yield "", 0.01  # so that an empty text has a direction too


def embedding(request: dict[str, Any]) -> dict[str, Any]:
    """One embedding for one content; raises InvalidArgumentError for a size out of range."""
    size = wire.field(request, "outputDimensionality") or USUAL_SIZE
    if not isinstance(size, int) or not 1 <= size <= LARGEST:
        raise wire.InvalidArgumentError("output_dimensionality must be between 1 and 3072")
    content = wire.field(request, "content")
    if not wire.parts(content):
        raise wire.InvalidArgumentError("* EmbedContentRequest.content: content is required")
    return {"values": vector(wire.text_of(content), size)}

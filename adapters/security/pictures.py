"""Text as a QR code that stands in the page itself: nothing is fetched for it, and no style is needed."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno

MOST_BYTES: Final = 1_200
"""More than that is no code of ours: its squares would be too small for a telephone."""


def qr_picture(text: str, *, scale: int = 5) -> str:
    """SVG of attributes only: the panel's CSP allows no style. A white margin, so that it is read on dark pages too."""
    drawn = BytesIO()
    segno.make(text, micro=False).save(
        drawn,
        kind="svg",
        scale=scale,
        border=4,
        light="#fff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=False,
    )
    return drawn.getvalue().decode()


def pix_picture(code: str) -> str | None:
    """None for what no bank's code can be; the text to copy is shown anyhow."""
    fits = code.strip() and len(code.encode()) <= MOST_BYTES
    return qr_picture(code, scale=4) if fits else None

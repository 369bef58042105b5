"""QR codes as the page holds them: well-formed, without style or script, one per text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import segno

from adapters.security.pictures import pix_picture

PIX = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Secretaria6304AB1C"
SVG = "{http://www.w3.org/2000/svg}"


def dark_modules(svg: str) -> int:
    """Counted from the drawing's own strokes: h<length> moves the pen over dark modules."""
    path = ET.fromstring(svg).findall(f".//{SVG}path")[-1].attrib["d"]
    return sum(int(part.split("m")[0].split("M")[0]) for part in path.split("h")[1:])


@pytest.mark.parametrize("code", [PIX, PIX[:-4] + "FFFF", "ção e 'aspas' <script>"])
def test_a_code_is_drawn_with_attributes_only_and_every_dark_module_is_there(code: str):
    svg = pix_picture(code)

    assert svg is not None
    drawn = ET.fromstring(svg)
    assert {each.tag for each in drawn.iter()} <= {f"{SVG}{name}" for name in ("svg", "path", "g")}
    assert not any("style" in each.attrib or each.attrib.keys() & {"onload", "href"} for each in drawn.iter())
    assert dark_modules(svg) == sum(map(sum, segno.make(code, micro=False).matrix))


@pytest.mark.parametrize("code", ["", "   ", "9" * 1_201, "é" * 601])
def test_what_no_bank_can_read_is_not_drawn(code: str):
    assert pix_picture(code) is None

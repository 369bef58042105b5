"""The webhooks under tests/payloads/whaticket, made up after the contracts and named by what they are."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "payloads" / "whaticket"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))


def payload(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()

"""Media as tickets hold them: a file already fetched by Whaticket, under an address of its own."""

from __future__ import annotations

from adapters.whaticket import wire
from adapters.whaticket.content import Content, filename, mime_of
from adapters.whaticket.kinds import KINDS, SILENT, plain
from domain.conversations.inbound import Ignored, Kind, MediaRef


def content_of_file(
    stated: object, *, body: str, url: object = None, mime: object = None, named: object = None
) -> Content | Ignored:
    """A ticket's message: its text, where there is no file and no other kind is stated."""
    word = plain(stated)
    if word in SILENT:
        return SILENT[word]
    address = wire.url(url)
    kind = KINDS.get(word, Kind.UNSUPPORTED if word and not body else Kind.TEXT)
    if address is None:
        return Content(kind, body)
    if kind in {Kind.TEXT, Kind.UNSUPPORTED}:
        kind = _kind_of_file(address, mime)
    file = filename(named)
    return Content(
        kind,
        _caption(kind, body, file, address),
        MediaRef(address, mime_of(mime, kind=kind, url=address), filename=file),
    )


def _kind_of_file(address: str, mime: object) -> Kind:
    half = mime_of(mime, kind=Kind.DOCUMENT, url=address).partition("/")[0]
    return KINDS[half] if half in {"audio", "image", "video"} else Kind.DOCUMENT


def _caption(kind: Kind, body: str, file: str | None, address: str) -> str:
    """Whaticket puts the file's name where there is no caption; only a document's says something."""
    if kind is Kind.DOCUMENT:
        return body or file or ""
    return "" if body == file or address.endswith(f"/{body}") else body

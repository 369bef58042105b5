"""Small real files to send about, and WhatsApp's own encryption for the blobs that family A points at."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
import zlib
from collections import OrderedDict
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.padding import PKCS7

from ops.sandbox.whaticket.records import Media
from ops.sandbox.whaticket.spoken import Stored

KEPT_FILES: Final = 500
INFOS: Final = {"audio": "Audio", "image": "Image", "sticker": "Image", "video": "Video", "document": "Document"}
MIMES: Final = {
    "audio": "audio/ogg; codecs=opus",
    "image": "image/png",
    "sticker": "image/webp",
    "video": "video/mp4",
    "document": "application/pdf",
}
SUFFIXES: Final = {"audio": "ogg", "image": "png", "sticker": "webp", "video": "mp4", "document": "pdf"}


class Shelf:
    """The files that can be fetched now, newest kept."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, tuple[bytes, str]] = OrderedDict()

    def get(self, path: str) -> tuple[bytes, str] | None:
        return self._files.get(path)

    def put(self, path: str, content: bytes, mime: str) -> None:
        self._files[path] = (content, mime)
        while len(self._files) > KEPT_FILES:
            self._files.popitem(last=False)

    def store(self, kind: str, media: Media, company: int) -> Stored:
        content = base64.b64decode(media.data) if media.data else sample(kind)
        mime, key = media.mime or MIMES[kind], secrets.token_bytes(32)
        name = secrets.token_hex(8)
        blob = encrypted(content, key, INFOS[kind])
        path, enc_path = f"/public/company{company}/{name}.{SUFFIXES[kind]}", f"/v/t62.7117-24/{name}.enc"
        self.put(path, content, mime)
        self.put(enc_path, blob, "application/octet-stream")
        return Stored(
            path=path, enc_path=enc_path, mime=mime, filename=media.filename, size=len(content), seconds=media.seconds,
            key=text64(key), sha256=digest64(content), enc_sha256=digest64(blob),
        )  # fmt: skip


def text64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def digest64(content: bytes) -> str:
    return text64(hashlib.sha256(content).digest())


def encrypted(content: bytes, key: bytes, info: str) -> bytes:
    """AES-256-CBC and ten bytes of HMAC, with iv and both keys out of one HKDF."""
    derived = HKDF(SHA256(), 112, salt=None, info=f"WhatsApp {info} Keys".encode()).derive(key)
    iv, cipher_key, mac_key = derived[:16], derived[16:48], derived[48:80]
    padder = PKCS7(128).padder()
    padded = padder.update(content) + padder.finalize()
    encryptor = Cipher(algorithms.AES(cipher_key), modes.CBC(iv)).encryptor()
    ciphertext = encryptor.update(padded) + encryptor.finalize()
    return ciphertext + hmac.digest(mac_key, iv + ciphertext, "sha256")[:10]


def sample(kind: str) -> bytes:
    """A file of this kind that a decoder accepts, or for film and stickers at least its first bytes."""
    return {"audio": _ogg_opus, "image": _png, "document": _pdf}.get(kind, lambda: kind.encode() * 16)()


def _png(side: int = 48) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + bytes(v for x in range(side) for v in (5 * x, 5 * y, 128)) for y in range(side))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _pdf() -> bytes:
    catalog = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"
    pages = b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj"
    return b"\n".join((b"%PDF-1.4", catalog, pages, b"trailer<</Root 1 0 R>>", b"%%EOF\n"))


def _ogg_opus(frames: int = 50) -> bytes:
    """One second of silence."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 7) + b"sandbox" + struct.pack("<I", 0)
    silence = [b"\xf8\xff\xfe"] * frames
    return _page(2, 0, 0, [head]) + _page(0, 0, 1, [tags]) + _page(4, 960 * frames, 2, silence)


def _page(flags: int, granule: int, number: int, packets: list[bytes]) -> bytes:
    fields = struct.pack("<4sBBqIII", b"OggS", 0, flags, granule, 1, number, 0)
    page = bytearray(fields + bytes([len(packets), *map(len, packets)]) + b"".join(packets))
    page[22:26] = struct.pack("<I", _ogg_crc(page))
    return bytes(page)


def _ogg_crc(content: bytes | bytearray) -> int:
    crc = 0
    for byte in content:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc

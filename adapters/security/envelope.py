"""Envelope encryption by AES-256-GCM: a data key per company, wrapped by a master key.

Everything sealed is one version byte, a fresh 96-bit nonce, then ciphertext and tag. The associated data
names what the value is and where it lives, each part preceded by its length, so no two places spell alike.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from application.shared.secrets import Cell, MasterKeys, Unreadable, WrappedKey
from domain.shared.ids import TenantId

VERSION = b"\x01"
NONCE = 12
TAG = 16
KEY_BITS = 256


@dataclass(frozen=True, slots=True)
class Envelopes:
    """The vault, over whatever holds the master keys."""

    master_keys: MasterKeys

    def new_key(self, tenant: TenantId) -> WrappedKey:
        return self._wrap(tenant, AESGCM.generate_key(KEY_BITS))

    def rewrap(self, key: WrappedKey) -> WrappedKey:
        return self._wrap(key.tenant, self._unwrap(key))

    def seal(self, key: WrappedKey, cell: Cell, clear: str) -> bytes:
        return _seal(self._unwrap(key), clear.encode(), _cell(key, cell))

    def open(self, key: WrappedKey, cell: Cell, sealed: bytes) -> str:
        return _open(self._unwrap(key), sealed, _cell(key, cell)).decode()

    def derive(self, key: WrappedKey, purpose: str) -> bytes:
        info = _spelled("secretaria derived key", str(key.tenant), purpose)
        return HKDF(SHA256(), KEY_BITS // 8, salt=None, info=info).derive(self._unwrap(key))

    def _wrap(self, tenant: TenantId, data_key: bytes) -> WrappedKey:
        master = self.master_keys.current()
        return WrappedKey(tenant, master.id, _seal(master.bits, data_key, _key(tenant, master.id)))

    def _unwrap(self, key: WrappedKey) -> bytes:
        master = self.master_keys.get(key.master_key_id)
        return _open(master.bits, key.sealed, _key(key.tenant, master.id))


def _seal(key: bytes, clear: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, clear, place)


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    start = len(VERSION) + NONCE
    if sealed[: len(VERSION)] != VERSION or len(sealed) < start + TAG:
        raise Unreadable("not a sealed value of a known version")
    try:
        return AESGCM(key).decrypt(sealed[len(VERSION) : start], sealed[start:], place)
    except InvalidTag:
        raise Unreadable("a sealed value was changed, moved, or sealed under another key") from None


def _cell(key: WrappedKey, cell: Cell) -> bytes:
    if key.tenant != cell.tenant:
        raise Unreadable("the key and the cell belong to two companies")
    return _spelled("secretaria cell", str(cell.tenant), cell.table, cell.column, cell.row)


def _key(tenant: TenantId, master_key_id: str) -> bytes:
    return _spelled("secretaria data key", str(tenant), master_key_id)


def _spelled(*parts: str) -> bytes:
    encoded = [part.encode() for part in parts]
    return VERSION + b"".join(len(part).to_bytes(4, "big") + part for part in encoded)

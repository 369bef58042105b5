"""Whether an address is known cannot be told by how long a login takes: counted in the processor's time, not the clock's."""

from __future__ import annotations

import statistics
import time

from adapters.security.passwords import Argon2Passwords

TRIES = 9


async def spent(passwords: Argon2Passwords, password_hash: str | None) -> float:
    begun = time.process_time()
    assert not await passwords.matches("não é esta", password_hash)
    return time.process_time() - begun


async def test_an_unknown_address_costs_as_much_as_a_wrong_password():
    passwords = Argon2Passwords()
    try:
        kept = await passwords.hash("tranquila e longa")
        await spent(passwords, kept), await spent(passwords, None)
        pairs = [(await spent(passwords, kept), await spent(passwords, None)) for _ in range(TRIES)]
    finally:
        passwords.close()

    known, unknown = (statistics.median(side) for side in zip(*pairs, strict=True))
    assert 0.75 < unknown / known < 1.33

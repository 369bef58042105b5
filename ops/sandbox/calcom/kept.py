"""What outlives the process where a file is given: accounts, offers, bookings and webhooks, written anew after each change."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import msgspec

from ops.sandbox.calcom.records import Account, Booking, EventType, Hook
from ops.sandbox.calcom.world import World


class Kept(msgspec.Struct):
    accounts: list[Account]
    event_types: list[EventType]
    bookings: list[Booking]
    hooks: list[Hook]


def load(world: World, file: Path) -> None:
    """Nothing where there is no such file yet."""
    if not file.exists():
        return
    kept = msgspec.json.decode(file.read_bytes(), type=Kept)
    world.accounts = {one.key: one for one in kept.accounts}
    world.event_types = {one.id: one for one in kept.event_types}
    world.bookings = {one.uid: one for one in kept.bookings}
    world.hooks = {one.id: one for one in kept.hooks}
    world.keys = {one.key for one in kept.bookings if one.key and one.holds_its_time}
    ids = [
        *(one.id for one in kept.accounts),
        *(one.id for one in kept.event_types),
        *(one.id for one in kept.bookings),
        *world.hooks,
    ]
    world.ids = count(max([100, *ids]) + 1)


def save(world: World, file: Path) -> None:
    kept = Kept(
        list(world.accounts.values()),
        list(world.event_types.values()),
        list(world.bookings.values()),
        list(world.hooks.values()),
    )
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(kept))
    fresh.replace(file)

"""The Cal.com of `secretaria run` remembers what was booked there when it starts again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ops.sandbox.calcom.kept import load, save
from ops.sandbox.calcom.records import Account, Attendee, Booking, EventType, Hook
from ops.sandbox.calcom.world import World, key_of

NINE, TEN = datetime(2026, 11, 26, 12, tzinfo=UTC), datetime(2026, 11, 26, 13, tzinfo=UTC)


def booked(world: World, kind: EventType, *, status: str = "accepted") -> Booking:
    one = Booking(
        id=next(world.ids),
        uid=f"uid-{status}",
        event_type=kind.id,
        account=kind.account,
        host=kind.host,
        start=NINE,
        end=TEN,
        status=status,
        attendee=Attendee(name="Ana", email="ana@example.com", zone="America/Sao_Paulo"),
        created=NINE,
        updated=NINE,
        key=key_of(NINE, TEN, kind.host),
    )
    world.bookings[one.uid] = one
    return one


def test_what_was_booked_and_who_is_told_outlive_the_process(tmp_path: Path):
    file, before = tmp_path / "calcom.json", World()
    account = before.enter(Account(name="Clínica"))
    kind = before.offer(EventType(account=account.id))
    one = booked(before, kind)
    before.hooks[next(before.ids)] = Hook(
        id=104, account=account.id, url="http://localhost/", triggers=["BOOKING_CREATED"]
    )
    save(before, file)

    after = World()
    load(after, file)

    assert (after.accounts, after.event_types, after.hooks) == (before.accounts, before.event_types, before.hooks)
    assert after.bookings == {one.uid: one}
    assert after.keys == {one.key}
    assert next(after.ids) == 105


def test_what_was_called_off_leaves_its_time_free(tmp_path: Path):
    file, before = tmp_path / "calcom.json", World()
    kind = before.offer(EventType(account=before.enter(Account()).id))
    booked(before, kind, status="cancelled")
    save(before, file)

    after = World()
    load(after, file)

    assert after.keys == set()


def test_without_a_file_it_begins_empty(tmp_path: Path):
    world = World()
    load(world, tmp_path / "calcom.json")

    assert (world.accounts, world.bookings, next(world.ids)) == ({}, {}, 101)

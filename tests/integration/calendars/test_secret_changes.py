"""A calendar's webhook gets another secret while it goes on knocking: both are good until the new one was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.postgres.calendar_connections import PostgresCalendarConnections, PostgresCalendarDesk
from adapters.postgres.calendar_secrets import PostgresCalendarSecrets
from adapters.security.chance import new_secret
from application.agenda.change_webhook_secret import ChangeWebhookSecret
from application.agenda.connections import NoCalendarConnection
from application.agenda.receive_calendar_event import GRACE
from domain.shared.errors import Invalid
from tests.builders.calendars import SECRET, Clinic, at
from tests.integration.calendars.test_hanging_the_bell import DOOR, hang, hung
from tests.integration.calendars.test_the_calendars_door import created, knocking, signed


@pytest.fixture
def change(clinic: Clinic) -> ChangeWebhookSecret:
    return ChangeWebhookSecret(secrets_of(clinic), new_secret)


def secrets_of(clinic: Clinic) -> PostgresCalendarSecrets:
    desk = clinic.calendars.desk
    assert isinstance(desk, PostgresCalendarDesk)
    return PostgresCalendarSecrets(desk.pool, desk.vault)


def look_again(clinic: Clinic) -> None:
    """As a process that has just begun knows the connections."""
    desk = clinic.calendars.desk
    assert isinstance(desk, PostgresCalendarDesk)
    clinic.calendars = replace(clinic.calendars, connections=PostgresCalendarConnections(desk.pool, desk.vault))


async def old_one_lives(clinic: Clinic) -> timedelta:
    left: timedelta | None = await clinic.pool.fetchval(
        "select webhook_secret_previous_until - now() from public.calendar_connections"
        " where tenant_id = $1 and webhook_secret_previous is not null",
        clinic.tenant,
    )
    return left or timedelta(0)


async def knock(clinic: Clinic, secret: str, **said: object) -> int:
    look_again(clinic)
    async with knocking(clinic) as door:
        body = created(**said)
        return (await door.knock(body, signed(body, secret))).status_code


async def test_cal_com_is_told_the_new_secret_and_what_it_signs_is_believed(
    clinic: Clinic, change: ChangeWebhookSecret
) -> None:
    await hang(clinic)
    before = await hung(clinic)

    changed = await change(clinic.tenant)
    look_again(clinic)
    assert await hang(clinic) == "hung"

    hooks = await hung(clinic)
    (ours,) = [hook for hook in hooks if hook["subscriberUrl"] == f"{DOOR}/{changed.id}"]
    assert (ours["secret"], ours["active"], len(hooks)) == (changed.secret, True, len(before))
    await clinic.book(at(9))
    told = [one for one in (await clinic.calcom.webhooks()).webhooks if one.hook == ours["id"]]
    async with knocking(clinic) as door:
        answers = [await door.knock(one.body.encode(), one.signature) for one in told]
    assert [answer.status_code for answer in answers] == [202]


async def test_what_cal_com_signed_before_and_after_the_change_is_taken_alike(
    clinic: Clinic, change: ChangeWebhookSecret
) -> None:
    await hang(clinic)
    booked = await clinic.book(at(9))
    await change(clinic.tenant)
    look_again(clinic)
    await hang(clinic)
    await clinic.calcom.do("cancel", booked.ref)

    told = [one for one in (await clinic.calcom.webhooks()).webhooks if DOOR in str(await url_of(clinic, one.hook))]
    async with knocking(clinic) as door:
        answers = [(await door.knock(one.body.encode(), one.signature)).status_code for one in reversed(told)]

    assert [one.trigger for one in told] == ["BOOKING_CREATED", "BOOKING_CANCELLED"]
    assert answers == [202, 202]


async def url_of(clinic: Clinic, hook: int) -> str:
    return next((str(one["subscriberUrl"]) for one in await hung(clinic) if one["id"] == hook), "")


async def test_the_old_one_ends_minutes_after_the_new_one_was_seen_and_else_with_the_day(
    clinic: Clinic, change: ChangeWebhookSecret
) -> None:
    changed = await change(clinic.tenant)
    assert await knock(clinic, SECRET, a=1) == 202
    assert await old_one_lives(clinic) > timedelta(hours=23)

    assert await knock(clinic, changed.secret, a=2) == 202
    assert timedelta(0) < await old_one_lives(clinic) <= GRACE
    assert await knock(clinic, SECRET, a=3) == 202

    await clinic.pool.execute(
        "update public.calendar_connections set webhook_secret_previous_until = now() where tenant_id = $1",
        clinic.tenant,
    )
    assert await knock(clinic, SECRET, a=4) == 401
    assert await knock(clinic, changed.secret, a=5) == 202


async def test_being_seen_never_lengthens_the_old_ones_life(clinic: Clinic, change: ChangeWebhookSecret) -> None:
    changed = await change(clinic.tenant, overlap=timedelta(minutes=1))

    assert await knock(clinic, changed.secret) == 202
    assert timedelta(0) < await old_one_lives(clinic) <= timedelta(minutes=1)


async def test_without_overlap_the_old_one_is_cut_off_and_a_third_never_lives(
    clinic: Clinic, change: ChangeWebhookSecret
) -> None:
    first = await change(clinic.tenant)
    second = await change(clinic.tenant)
    codes = [await knock(clinic, secret, a=n) for n, secret in enumerate((SECRET, first.secret, second.secret))]
    third = await change(clinic.tenant, overlap=timedelta(0))

    assert codes == [401, 202, 202]
    assert await knock(clinic, second.secret, a=8) == 401
    assert await knock(clinic, third.secret, a=9) == 202


async def test_a_change_is_on_record_and_neither_there_nor_at_rest_in_clear(
    clinic: Clinic, change: ChangeWebhookSecret
) -> None:
    changed = await change(clinic.tenant)

    rows = await clinic.pool.fetch("select to_jsonb(c)::text as row from public.calendar_connections c")
    deeds = await clinic.pool.fetch(
        "select to_jsonb(a)::text as row from public.audit_log a where action = 'calendar.secret_changed'"
    )
    everything = repr(changed) + "".join(row["row"] for row in (*rows, *deeds))
    assert any(f'"company:{clinic.tenant}"' in deed["row"] for deed in deeds)
    assert changed.secret not in everything
    assert changed.secret.encode().hex() not in everything


async def test_without_a_cal_com_or_with_a_senseless_overlap_nothing_is_changed(
    clinic: Clinic, change: ChangeWebhookSecret
) -> None:
    for overlap in (timedelta(seconds=-1), timedelta(days=31)):
        with pytest.raises(Invalid):
            await change(clinic.tenant, overlap=overlap)
    assert await old_one_lives(clinic) == timedelta(0)
    await clinic.calendars.desk.remove(clinic.tenant)
    with pytest.raises(NoCalendarConnection):
        await change(clinic.tenant)

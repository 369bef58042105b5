"""The demonstration company has something to book, once."""

from __future__ import annotations

from secretaria.demonstration_agenda import furnish
from tests.builders.agenda import Practice


async def test_a_new_company_gets_services_and_people_and_one_that_has_some_keeps_them(
    practice: Practice, migrated: str
):
    set_up = practice.agenda.set_up
    await practice.pool.execute(f"delete from tenant_{practice.tenant}.services")
    await practice.pool.execute(f"delete from tenant_{practice.tenant}.professionals")

    for _ in range(2):
        await furnish(migrated, practice.tenant)

    assert [each.name for each in await set_up.services(practice.tenant)] == [
        "Consulta",
        "Limpeza",
        "Sessão de fisioterapia",
    ]
    assert len(await set_up.professionals(practice.tenant)) == 2

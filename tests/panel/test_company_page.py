"""One company before its operator: seen whole, put to rest, brought back, moved, and closed only by who writes its name."""

from __future__ import annotations

import io
import secrets
import zipfile

import pytest
from playwright.async_api import expect

from tests.journeys.house import House, Line
from tests.panel.conftest import PASSWORD, AddPerson, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@pytest.fixture
async def desk(newcomer: Seat, operator: str) -> Seat:
    newcomer.email = operator
    await newcomer.log_in()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Empresas")
    return newcomer


@pytest.fixture
def guest(house: House) -> Line:
    """A company of the test's own."""
    return house.open_company(f"Estética Solar {secrets.token_hex(3)}")


async def name_of(house: House, guest: Line) -> str:
    [row] = await house.rows("select name from public.tenants where id = $1", guest.tenant)
    return str(row["name"])


async def state_of(house: House, guest: Line) -> str:
    [row] = await house.rows("select state from public.tenants where id = $1", guest.tenant)
    return str(row["state"])


async def deeds_told(house: House, guest: Line) -> list[str]:
    rows = await house.rows("select action from public.audit_log where chain = $1 order by number", guest.tenant)
    return [row["action"] for row in rows if row["action"].startswith("company.") and row["action"] != "company.opened"]


@EVERY_LOOK
async def test_the_pages_are_accessible(desk: Seat, guest: Line, look: str):
    await desk.go(f"/empresas/{guest.tenant}")
    await desk.looks_right(look, "empresa")
    for deed in ("suspender", "grupo", "fechar"):
        await desk.go(f"/empresas/{guest.tenant}/{deed}")
        await desk.looks_right(look, f"empresa-{deed}")


async def test_a_company_is_suspended_after_a_question_and_resumed(desk: Seat, house: House, guest: Line):
    await desk.go(f"/empresas/{guest.tenant}")
    await desk.page.get_by_role("link", name="Suspender…").click()
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text(f"Suspender {await name_of(house, guest)}?")
    assert await state_of(house, guest) == "active"
    await desk.page.get_by_role("button", name="Suspender a empresa").click()
    await expect(desk.page.get_by_text("Suspensa: as mensagens são guardadas")).to_be_visible()
    assert await state_of(house, guest) == "suspended"

    await desk.page.get_by_role("link", name="Retomar…").click()
    await desk.looks_right("light", "empresa-retomar")
    await desk.page.get_by_role("button", name="Retomar a empresa").click()
    await expect(desk.page.get_by_role("link", name="Suspender…")).to_be_visible()
    assert await state_of(house, guest) == "active"
    assert await deeds_told(house, guest) == ["company.suspend", "company.resume"]


async def test_closing_asks_for_the_name_keeps_the_data_for_a_while_and_can_be_taken_back(
    desk: Seat, house: House, guest: Line
):
    desk.expected = ("422",)
    name = await name_of(house, guest)
    await desk.go(f"/empresas/{guest.tenant}/fechar")
    await desk.page.get_by_label("Guardar os dados por quantos dias").fill("45")
    await desk.page.get_by_label("Para confirmar").fill("outra empresa")
    await desk.page.get_by_role("button", name="Encerrar a empresa").click()
    await expect(desk.page.get_by_label("Para confirmar")).to_have_attribute("aria-invalid", "true")
    await expect(desk.page.get_by_label("Guardar os dados por quantos dias")).to_have_value("45")
    assert await state_of(house, guest) == "active"

    await desk.page.get_by_label("Para confirmar").fill(name)
    await desk.page.get_by_role("button", name="Encerrar a empresa").click()
    await expect(desk.page.get_by_text("os dados são guardados até")).to_be_visible()
    await desk.looks_right("light", "empresa-em-encerramento")

    await desk.page.get_by_role("link", name="Exportar…").click()
    async with desk.page.expect_download() as coming:
        await desk.page.get_by_role("button", name="Baixar os dados").click()
    archive = zipfile.ZipFile(io.BytesIO((await (await coming.value).path()).read_bytes()))
    assert "messages.jsonl" in archive.namelist()

    await desk.go(f"/empresas/{guest.tenant}")
    await desk.page.get_by_role("link", name="Cancelar o encerramento…").click()
    await desk.page.get_by_role("button", name="Retomar a empresa").click()
    await expect(desk.page.get_by_role("link", name="Encerrar…")).to_be_visible()
    told = ["company.leave", "company.export", "company.resume"]
    assert (await state_of(house, guest), await deeds_told(house, guest)) == ("active", told)


async def test_what_a_company_has_is_not_packed_while_it_stays(desk: Seat, house: House, guest: Line):
    desk.expected = ("422",)
    await desk.go(f"/empresas/{guest.tenant}/exportar")
    await desk.page.get_by_role("button", name="Baixar os dados").click()
    await expect(desk.page.get_by_role("alert")).to_contain_text("está sendo encerrada")
    assert "company.export" not in await deeds_told(house, guest)


async def test_a_company_moves_to_another_pool(desk: Seat, house: House, guest: Line):
    desk.expected = ("422",)
    await desk.go(f"/empresas/{guest.tenant}/grupo")
    await desk.page.get_by_label("Outro grupo", exact=True).check()
    await desk.page.get_by_label("Nome do outro grupo").fill("Não Vale!")
    await desk.page.get_by_role("button", name="Mudar de grupo").click()
    await expect(desk.page.get_by_label("Nome do outro grupo")).to_have_attribute("aria-invalid", "true")
    await desk.page.get_by_label("Nome do outro grupo").fill("vip")
    await desk.page.get_by_role("button", name="Mudar de grupo").click()
    await expect(desk.page.locator("dd", has_text="vip")).to_be_visible()
    assert (await deeds_told(house, guest))[-1] == "company.pool"


async def test_who_has_not_shown_a_password_lately_shows_it_before_a_dangerous_deed(
    desk: Seat, house: House, guest: Line
):
    desk.expected = ("422",)
    await desk.age_sessions()
    await desk.go(f"/empresas/{guest.tenant}/suspender")
    await desk.page.get_by_label("Confirme sua senha").fill("não é esta")
    await desk.page.get_by_role("button", name="Suspender a empresa").click()
    await expect(desk.page.get_by_role("alert")).to_have_text("A senha não confere.")
    assert await state_of(house, guest) == "active"
    await desk.page.get_by_label("Confirme sua senha").fill(PASSWORD)
    await desk.page.get_by_role("button", name="Suspender a empresa").click()
    await expect(desk.page.get_by_text("Suspensa: as mensagens são guardadas")).to_be_visible()


@EVERY_LOOK
async def test_the_people_of_a_resting_company_read_why(
    newcomer: Seat, house: House, line: Line, add_person: AddPerson, look: str
):
    newcomer.email = add_person("owner")
    house.command("company", "suspend", str(line.tenant))
    try:
        await newcomer.log_in()
        await expect(newcomer.page.get_by_text("A empresa está suspensa")).to_be_visible()
        await newcomer.looks_right(look, "inicio-suspensa")
        house.command("company", "close", str(line.tenant), "--grace-days", "3")
        await newcomer.go("/conversas")
        await expect(newcomer.page.get_by_text("os dados são guardados só até")).to_be_visible()
        await newcomer.page.get_by_role("link", name="Exportar tudo").click()
        await newcomer.looks_right(look, "exportar")
        async with newcomer.page.expect_download() as download:
            await newcomer.page.get_by_role("button", name="Baixar os dados").click()
        assert (await download.value).suggested_filename == f"empresa-{line.tenant}.zip"
    finally:
        house.command("company", "resume", str(line.tenant))
    await newcomer.go("/conversas")
    await expect(newcomer.page.locator(".rests")).to_have_count(0)

"""Every secret is changed from a terminal, and shown once."""

from __future__ import annotations

from pathlib import Path

from tests.integration.commands.conftest import Type, told


def test_the_master_key_is_rotated_in_its_file_without_a_restart(type_: Type, opened: dict, environment: dict):
    file = Path(environment["SECRETARIA_MASTER_KEY_FILE"])
    before = file.read_text()

    assert "1 keys" in type_("secrets", "rotate", "--new-key").stdout
    assert len(file.read_text().split()) == 2
    assert "0 keys" in type_("secrets", "rotate", "--drop-earlier").stdout

    assert len(file.read_text().split()) == 1
    assert file.read_text() != before
    assert "…1234" in type_("company", "show", "1").stdout
    file.write_text(before)
    assert "not given master key" in type_("company", "show", "1", code=1).stderr


def test_the_master_key_is_rotated_between_two_environment_variables(type_: Type, opened: dict, environment: dict):
    old = Path(environment.pop("SECRETARIA_MASTER_KEY_FILE")).read_text().strip()
    new = type_("secrets", "new-master-key").stdout.strip()
    environment |= {"SECRETARIA_MASTER_KEY": new, "SECRETARIA_MASTER_KEY_PREVIOUS": old}
    assert "…1234" in type_("company", "show", "1").stdout

    assert "1 keys" in type_("secrets", "rotate").stdout
    environment["SECRETARIA_MASTER_KEY_PREVIOUS"] = None

    assert "…1234" in type_("company", "show", "1").stdout
    assert "not in a file" in type_("secrets", "rotate", "--new-key", code=1).stderr


def test_a_webhook_secret_is_rotated_and_told_once(type_: Type, opened: dict):
    line = told(type_("secrets", "rotate-webhook", opened["connection"], "--overlap", "2", "--json"))

    shown = told(type_("company", "show", "1", "--json"))["connections"][0]["webhook_secrets"]
    assert shown == [f"…{line['webhook_secret'][-4:]}", f"…{opened['webhook_secret'][-4:]}"]
    type_("secrets", "rotate-webhook", opened["connection"], "--overlap", "nan", code=2)
    type_("secrets", "rotate-webhook", opened["connection"], "--overlap", "1e300", code=2)
    type_("secrets", "rotate-webhook", "nobody", code=1)


def test_the_secret_of_a_calendars_webhook_is_asked_of_a_company_that_has_one(type_: Type, opened: dict):
    assert "no calendar elsewhere" in type_("secrets", "rotate-calendar", "1", code=1).stderr
    type_("secrets", "rotate-calendar", "1", "--overlap", "nan", code=2)
    type_("secrets", "rotate-calendar", "nobody", code=1)


def test_tokens_are_replaced_one_by_one(type_: Type, opened: dict):
    type_("secrets", "set", opened["connection"], "--whaticket-token", "another-token-9876")

    shown = told(type_("company", "show", "1", "--json"))["connections"][0]
    assert shown["whaticket_token"] == "…9876"
    assert shown["webhook_secrets"] == [f"…{opened['webhook_secret'][-4:]}"]
    type_("secrets", "set", opened["connection"], code=2)
    type_("secrets", "set", opened["connection"], "--panel-email", "a@b.c", code=2)

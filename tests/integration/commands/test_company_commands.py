"""A company from its opening to its end, as somebody would type it."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis

from tests.integration.commands.conftest import LINE, Type, fetch, told


def test_opening_prints_one_json_object_with_all_that_others_need(opened: dict[str, Any]):
    assert set(opened) == {
        "company", "tenant", "connection", "auth", "dialect", "webhook_url", "webhook_secret",
    }  # fmt: skip
    assert (opened["company"], opened["tenant"], opened["auth"]) == ("Clínica Sorriso", 1, "hmac")
    assert opened["dialect"] == "saas-classic"
    assert opened["webhook_url"] == f"https://secretaria.example.com/webhook/whaticket/{opened['connection']}"
    assert len(base64.urlsafe_b64decode(opened["webhook_secret"] + "=")) == 32


def test_in_path_mode_the_url_carries_the_token(type_: Type, opened: dict[str, Any]):
    line = told(type_("company", "connect", "1", *LINE, "--auth", "path", "--json"))

    assert line["webhook_url"].endswith(f"/{line['connection']}/{line['webhook_token']}")
    assert urlsplit(line["webhook_url"]).query == ""
    assert line["webhook_secret"] == line["webhook_token"]
    assert line["webhook_secret"] != opened["webhook_secret"]


def test_a_second_proof_is_made_when_asked_for(type_: Type, opened: dict[str, Any]):
    line = told(type_("company", "connect", "clinica-sorriso", *LINE, "--webhook-token", "--json"))

    assert line["webhook_token"] != line["webhook_secret"]


def test_for_people_the_secrets_are_told_line_by_line(type_: Type):
    type_("migrate")

    result = type_("company", "open", "--name", "Salão", *LINE)

    assert "webhook secret" in result.stdout
    assert "this once" in result.stderr


def test_opening_twice_is_refused_in_one_line(type_: Type, opened: dict[str, Any]):
    result = type_("company", "open", "--name", "clinica sorriso", *LINE, code=1)

    assert result.stderr == "Error: company 1 of this name is already open\n"


def test_nonsense_names_the_option(type_: Type):
    type_("migrate")

    for option, value in (("--whaticket-url", "nowhere"), ("--time-zone", "Lua"), ("--name", " ")):
        result = type_("company", "open", "--name", "X", *LINE, option, value, code=2)
        assert option in result.stderr
    type_("company", "open", "--name", "X", "--whaticket-url", "https://w.example.com", code=2)
    type_("company", "open", "--name", "X", *LINE, "--dialect", "klingon", code=2)
    assert "no company 7" in type_("company", "show", "7", code=1).stderr
    assert "no company" in type_("company", "show", "nobody", code=1).stderr


def test_showing_and_listing_never_show_a_secret(type_: Type, opened: dict[str, Any]):
    shown = [
        type_("company", *words)
        for words in (["list"], ["list", "--json"], ["show", "1"], ["show", "clinica-sorriso", "--json"])
    ]

    everything = "".join(result.output for result in shown)
    assert "Clínica Sorriso" in everything
    assert "…1234" in everything
    assert "canary-token" not in everything
    assert opened["webhook_secret"] not in everything
    assert f"…{opened['webhook_secret'][-4:]}" in everything


def test_facts_come_from_text_or_from_a_file(type_: Type, environment: dict, tmp_path: Path):
    facts = tmp_path / "fatos.txt"
    facts.write_text("Abre às 8h.\nFecha às 18h.")
    type_("migrate")

    type_("company", "open", "--name", "Um", *LINE, "--business-facts", str(facts))
    type_("company", "open", "--name", "Dois", *LINE, "--business-facts", "Só texto / aqui")

    assert fetch(environment["DATABASE_URL"], "select business_facts from tenant_1.persona") == [(facts.read_text(),)]
    assert fetch(environment["DATABASE_URL"], "select business_facts from tenant_2.persona") == [("Só texto / aqui",)]


def test_secrets_can_be_typed_unseen(type_: Type, environment: dict):
    type_("migrate")

    result = type_(
        "company", "open", "--name", "X", *LINE[:2], "--whaticket-token", "-", "--json", answer="typed-in-secret\n"
    )

    assert "typed-in-secret" not in result.output
    assert "…cret" in type_("company", "show", "1").stdout
    assert told(result)["tenant"] == 1


def test_closing_asks_first_and_leaves_nothing(type_: Type, opened: dict[str, Any], environment: dict, redis_url: str):
    namespace = environment["SECRETARIA_REDIS_NAMESPACE"]
    with redis.Redis.from_url(redis_url) as client:
        client.set(f"{namespace}:{{tenant_1}}:memory:9", "x")
        client.set(f"{namespace}:{{tenant_11}}:memory:9", "x")
        client.rpush(f"{namespace}:tenant_1", "job")

        type_("company", "close", "1", code=1, answer="n\n")
        assert client.exists(f"{namespace}:tenant_1")
        type_("company", "close", "1", "--yes")

        assert [key.decode() for key in client.keys(f"{namespace}:*")] == [f"{namespace}:{{tenant_11}}:memory:9"]
        client.delete(f"{namespace}:{{tenant_11}}:memory:9")
    assert fetch(environment["DATABASE_URL"], "select state, schema_revision from public.tenants") == [("closed", None)]
    assert not fetch(environment["DATABASE_URL"], "select 1 from pg_namespace where nspname = 'tenant_1'")
    assert "closed" in type_("company", "list").stdout


def test_a_company_left_unfinished_because_redis_was_away_is_finished_later(type_: Type, environment: dict):
    type_("migrate")
    there = environment["REDIS_URL"]
    environment["REDIS_URL"] = "redis://127.0.0.1:1/0"
    assert "Redis did not answer" in type_("company", "open", "--name", "X", *LINE, code=1).stderr

    environment["REDIS_URL"] = there
    assert told(type_("company", "open", "--name", "X", *LINE, "--json"))["tenant"] == 1


@pytest.fixture
def half_open(type_: Type, environment: dict) -> str:
    """The number of an opening that stopped half-way, because Redis was away for a while."""
    type_("migrate")
    there, environment["REDIS_URL"] = environment["REDIS_URL"], "redis://127.0.0.1:1/0"
    type_("company", "open", "--name", "Meia Clínica", *LINE, code=1)
    environment["REDIS_URL"] = there
    (opening,) = told(type_("company", "provision", "show", "--json"))["openings"]
    assert (opening["slug"], opening["state"]) == ("meia-clinica", "failed")
    return str(opening["opening"])


def test_an_opening_that_stopped_is_finished_by_its_number(type_: Type, half_open: str):
    finished = told(type_("company", "provision", "retry", half_open, "--json"))

    assert finished["webhook_secret"]
    assert told(type_("company", "provision", "show", half_open, "--json"))["state"] == "done"
    assert " active " in type_("company", "list").stdout
    assert "is done" in type_("company", "provision", "retry", half_open, code=1).stderr


def test_an_opening_that_stopped_is_taken_back_by_its_number(type_: Type, half_open: str, environment: dict):
    assert "undone" in type_("company", "provision", "undo", half_open).stdout

    assert told(type_("company", "provision", "show", half_open, "--json"))["state"] == "undone"
    assert not fetch(environment["DATABASE_URL"], "select 1 from pg_namespace where nspname like 'tenant\\_%'")
    assert "undone" in type_("company", "provision", "undo", half_open).stdout
    assert told(type_("company", "open", "--name", "Meia Clínica", *LINE, "--json"))["tenant"] == 2


def test_a_company_rests_and_comes_back(type_: Type, opened: dict[str, Any], environment: dict):
    def state() -> str:
        return fetch(environment["DATABASE_URL"], "select state from public.tenants")[0][0]

    type_("company", "suspend", "clinica-sorriso")
    assert state() == "suspended"
    type_("company", "resume", "1")
    assert state() == "active"
    assert "no company" in type_("company", "suspend", "99", code=1).stderr
    done = fetch(environment["DATABASE_URL"], "select action from public.audit_log where chain = 0 order by number")
    assert [action for (action,) in done] == ["company.open", "company.suspend", "company.resume"]


def test_everything_a_company_has_goes_into_one_file_without_its_secrets(
    type_: Type, opened: dict[str, Any], tmp_path: Path
):
    file = tmp_path / "clinica.zip"

    type_("company", "export", "1", str(file))

    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)
    assert any("persona" in name for name in names)
    assert "Clínica Sorriso" in everything.decode()
    for secret in ("canary-token-1234", opened["webhook_secret"]):
        assert secret.encode() not in everything

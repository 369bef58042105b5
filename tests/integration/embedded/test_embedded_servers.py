"""What `secretaria run` relies on: the servers are ours alone, hold their data, never block the next start."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
import redis

from secretaria.embedded.account import Account, account_for_servers, home_for, programs_for
from secretaria.embedded.child import Child, command_of, end_leftovers, note_down, started_at, wait_until
from secretaria.embedded.ports import free_port
from secretaria.embedded.postgres import Postgres
from secretaria.embedded.trouble import ServerTrouble
from secretaria.embedded.valkey import Valkey

PARENT = """
import os, pathlib, sys, time
from secretaria.embedded.account import account_for_servers
from secretaria.embedded.child import Child
from secretaria.embedded.postgres import Postgres
folder = pathlib.Path(sys.argv[1])
postgres = Postgres(folder / "postgres", account_for_servers(), int(sys.argv[2]), durable=False)
postgres.prepare()
child = Child(postgres.program(environment=os.environ, log=folder / "log", notes=folder / "processes"))
child.start()
postgres.wait_until_it_answers()
print(child.process.pid, flush=True)
time.sleep(60)
"""


def ask(url: str, sql: str) -> object:
    async def run() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(run())


def a_postgres(folder: Path) -> Postgres:
    return Postgres(folder / "postgres", account_for_servers(), free_port(), durable=False)


def a_valkey(folder: Path) -> Valkey:
    return Valkey(folder / "valkey", account_for_servers(), free_port())


Start = Callable[[Postgres | Valkey], Child]


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    children: list[Child] = []

    def start(server: Postgres | Valkey) -> Child:
        server.prepare()
        child = Child(server.program(environment=os.environ, log=folder / "log", notes=folder / "processes"))
        child.start()
        children.append(child)
        assert server.wait_until_it_answers(), (folder / "log").read_text()
        return child

    yield start
    for child in children:
        end(child)


def end(child: Child) -> None:
    child.ask_to_end()
    child.end_by(time.monotonic() + 5)


def pid_of(postgres: Postgres) -> int:
    return int((postgres.data / "postmaster.pid").read_text().split()[0])


@pytest.fixture
def folder(servers_dir: Path) -> Iterator[Path]:
    place = servers_dir / f"home-{time.time_ns()}"
    place.mkdir(mode=0o711)
    yield place
    end_leftovers(place / "processes")


def test_the_application_role_is_no_superuser_and_owns_its_database(postgres_url: str) -> None:
    rights = "select concat(rolsuper, rolcreaterole, rolcreatedb) from pg_roles where rolname = current_user"
    owner = "select pg_get_userbyid(datdba)::text from pg_database where datname = current_database()"

    assert ask(postgres_url, rights) == "ftt"
    assert ask(postgres_url, owner) == "secretaria"


def test_each_test_gets_an_empty_database_of_its_own(database: str, postgres_url: str) -> None:
    ask(database, "create table here (id int)")

    assert ask(database, "select to_regclass('here')::text") == "here"
    assert ask(postgres_url, "select to_regclass('here')::text") is None


def test_postgres_asks_everyone_for_a_password(postgres_url: str) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        ask(postgres_url.replace("secretaria:", "secretaria:wrong", 1), "select 1")


def test_valkey_asks_everyone_for_a_password(redis_url: str) -> None:
    stranger = redis.Redis.from_url("redis://" + redis_url.split("@")[1])

    with stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_secrets_on_disk_are_closed(postgres_server: Postgres, redis_server: Valkey) -> None:
    homes = (postgres_server.home, redis_server.home)
    files = [file for home in homes for file in home.iterdir() if file.name.endswith(("password", ".conf"))]

    assert len(files) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_postgres_runs_as_the_unprivileged_user_and_listens_on_loopback_only(postgres_server: Postgres) -> None:
    command = command_of(pid_of(postgres_server))

    assert (postgres_server.data / "postmaster.pid").stat().st_uid == account_for_servers().uid != 0
    assert "listen_addresses=127.0.0.1" in command
    assert "unix_socket_directories= " in command


def test_postgres_keeps_its_data_and_passwords_over_a_restart(folder: Path, start: Start) -> None:
    first = a_postgres(folder)
    child = start(first)
    ask(first.furnish(), "create table kept as select 42 as answer")
    end(child)

    again = a_postgres(folder)
    start(again)

    assert ask(again.url, "select answer from kept") == 42


def test_valkey_keeps_what_it_was_told_a_second_ago_through_a_kill(folder: Path, start: Start) -> None:
    first = a_valkey(folder)
    child = start(first)
    with redis.Redis.from_url(first.url) as client:
        client.set("kept", "42")
        wait_until(lambda: client.info("persistence")["aof_pending_bio_fsync"] == 0, seconds=5)
    child.process.kill()
    child.process.wait()

    again = a_valkey(folder)
    start(again)

    with redis.Redis.from_url(again.url) as client:
        assert client.get("kept") == b"42"


def test_a_killed_parent_leaves_nothing_that_blocks_the_next_start(folder: Path, start: Start) -> None:
    port = free_port()
    argv = [sys.executable, "-c", PARENT, str(folder), str(port)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        orphan = int(parent.stdout.readline())
        parent.kill()

    end_leftovers(folder / "processes")
    again = Postgres(folder / "postgres", account_for_servers(), port, durable=False)
    start(again)

    assert started_at(orphan) == ""
    assert pid_of(again) != orphan


def test_an_orphan_whose_note_was_lost_is_found_by_its_data(folder: Path, start: Start) -> None:
    start(a_postgres(folder))
    (folder / "processes" / "postgres").unlink()

    again = a_postgres(folder)
    start(again)

    assert ask(again.furnish(), "select 1") == 1


def test_a_note_whose_process_id_is_somebody_elses_by_now_harms_nobody(folder: Path) -> None:
    (folder / "processes").mkdir()
    (folder / "processes" / "worker").write_text(f"{os.getpid()} 1\n")

    assert end_leftovers(folder / "processes") == []
    assert not (folder / "processes" / "worker").exists()


def test_what_a_leftover_process_started_goes_with_it(folder: Path) -> None:
    shell = "trap '' INT TERM; sleep 60 & echo $!; wait; wait; wait"
    argv = ["sh", "-c", shell]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, start_new_session=True) as parent:
        assert parent.stdout is not None
        grandchild = int(parent.stdout.readline())
        note_down(folder / "processes" / "api", parent.pid)

        assert end_leftovers(folder / "processes", seconds=0.3) == ["api"]

    assert wait_until(lambda: started_at(grandchild) == "", seconds=5)


def test_data_of_another_postgres_version_are_refused_with_a_way_out(folder: Path) -> None:
    postgres = a_postgres(folder)
    postgres.prepare()
    (postgres.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(ServerTrouble, match=r"belong to PostgreSQL 14.*DATABASE_URL"):
        a_postgres(folder).prepare()


def test_a_folder_that_only_its_owner_may_enter_is_out_of_reach_for_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    closed.chmod(0o700)
    stranger = Account(uid=54_321, gid=54_321, drop=True)

    assert not stranger.passes(closed / "inside")
    assert account_for_servers().drop or account_for_servers().passes(closed / "inside")


def test_a_home_in_a_closed_folder_is_kept_outside_and_linked(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    account = account_for_servers()

    home = home_for(account, closed / "postgres", outside=folder / "outside")

    assert account.reads(home)
    assert (closed / "postgres").resolve() == home
    assert home.is_relative_to(folder / "outside") == account.drop
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_programs_in_a_closed_folder_are_copied_once_with_what_stands_beside_them(folder: Path) -> None:
    for name in ("wheel", "wheel.libs"):
        (folder / "closed" / name).mkdir(parents=True)
        (folder / "closed" / name / "file").write_text(name)
    (folder / "closed").chmod(0o700)
    folders = (folder / "closed" / "wheel", folder / "closed" / "wheel.libs")
    account = account_for_servers()

    first = programs_for(account, folders, "1", outside=folder / "outside")
    second = programs_for(account, folders, "1", outside=folder / "outside")

    assert first == second
    assert account.reads(first / "wheel.libs")
    assert (first / "wheel.libs" / "file").read_text() == "wheel.libs"

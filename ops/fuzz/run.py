"""`make fuzz`: servers and a Secretaria of its own, then every caller asks the whole document.

    python -m ops.fuzz.run [--seed N] [--examples N] [--only owner,key] [--keep]

Ends with 0 only when nobody heard a 5xx, an undocumented status or an answer of another shape.
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import signal
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ops.fuzz.asking import Depth, ask
from ops.fuzz.callers import Asker, admit
from ops.load.processes import PYTHON, Command, free_port
from ops.load.servers import Servers
from ops.load.system import System
from ops.sandbox.handle import launch


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def standing(folder: Path) -> Iterator[tuple[str, list[Asker]]]:
    """The API and a worker, a company, and whoever asks."""
    with ExitStack() as stack:
        servers = stack.enter_context(Servers(folder))
        port = free_port()
        outside = Command(
            "outside", [PYTHON, "-m", "ops.load.outside", "--port", str(port)], folder / "outside.log", {}
        ).start()
        stack.callback(outside.stop)
        mail = launch("mail")
        stack.callback(mail.stop)
        with urllib.request.urlopen(f"{mail.url}/_sandbox/health") as told:
            letters = {"SMTP_URL": json.load(told)["smtp_url"]}
        system = System(folder, servers.database_url, servers.redis_url, f"http://127.0.0.1:{port}", letters)
        system.migrate()
        company = system.open_company("Clínica", f"http://127.0.0.1:{port}", "token")
        for name in ("api", "worker"):
            process = system.start(name)
            stack.callback(process.stop)
            if name == "api":
                process.wait_for(system.api_port)
        url = f"http://127.0.0.1:{system.api_port}"
        yield url, admit(system.run, url, str(company.tenant))


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--seed", type=int, default=None, help="repeat a run (default: a new seed)")
    reading.add_argument("--examples", type=int, default=40, help="questions per operation and caller")
    reading.add_argument("--only", default="", help="some of the callers")
    reading.add_argument("--keep", action="store_true", help="keep logs and data")
    words = reading.parse_args()
    depth = Depth(secrets.randbelow(1_000_000) if words.seed is None else words.seed, words.examples)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="secretaria-fuzz-"))
    folder.chmod(0o755)  # the servers' own user must reach its folder
    try:
        well = fuzzed(folder, depth, words.only)
    finally:
        if words.keep:
            say(f"kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if well else 1)


def fuzzed(folder: Path, depth: Depth, only: str) -> bool:
    say(f"seed {depth.seed}, {depth.examples} questions per operation and caller")
    well = True
    with standing(folder) as (url, askers):
        for asker in askers:
            if only and asker.name not in only.split(","):
                continue
            begun = time.monotonic()
            heard = ask(url, asker, depth, folder)
            say(f"{asker.name:<10} {'well' if heard.well else 'NOT WELL'}, {time.monotonic() - begun:.0f} s")
            if not heard.well:
                say(heard.said)
            well = well and heard.well
    return well


if __name__ == "__main__":
    main()

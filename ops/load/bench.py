"""`make bench`: the table of what we promise, each figure beside its peer or limit measured in the same run.

    python -m ops.load.bench [--only accepting,answering] [--seconds N]

Everything runs on loopback with data of its own in a temporary folder. Results: a table on the screen, and
`var/bench/results.prom` in Prometheus text format.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ops.load import accepting, answering, fairness, pages, recovery, reminding, searching
from ops.load.figures import Figure, Sample, exposition, table
from ops.load.ground import Ground, ground
from ops.load.processes import ROOT

RESULTS = ROOT / "var" / "bench" / "results.prom"
MEASURES: Mapping[str, Callable[[Ground, float], list[Figure]]] = {
    "accepting": accepting.measure,
    "answering": answering.measure,
    "fairness": fairness.measure,
    "recovery": recovery.measure,
    "pages": pages.measure,
    "searching": searching.measure,
    "reminding": reminding.measure,
}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def chosen(only: str) -> Sequence[str]:
    """Names, or their first letters as the table counts them: a, b (and c), d, e, f, g, h."""
    letters = dict(zip("abdefgh", MEASURES, strict=True)) | {"c": "answering"}
    wanted = {letters.get(word, word) for word in only.split(",") if word}
    unknown = wanted - set(MEASURES)
    if unknown:
        raise SystemExit(f"there is no measure {', '.join(sorted(unknown))}: choose from {', '.join(MEASURES)}")
    return [name for name in MEASURES if not wanted or name in wanted]


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--only", default="", help="some of: " + ", ".join(MEASURES))
    reading.add_argument("--seconds", type=float, default=5.0, help="how long each single load lasts")
    reading.add_argument("--keep", action="store_true", help="keep logs and data")
    order = reading.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="secretaria-bench-"))
    folder.chmod(0o755)  # the servers' own user must reach its folder
    try:
        figures = measured(folder, chosen(order.only), order.seconds)
    finally:
        if order.keep:
            say(f"kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    say("\n" + table(figures))
    write(figures)
    sys.exit(0 if all(figure.met is not False for figure in figures) else 1)


def measured(folder: Path, names: Sequence[str], seconds: float) -> list[Figure]:
    figures: list[Figure] = []
    with ground(folder) as standing:
        for name in names:
            begun = time.monotonic()
            say(f"{name} …")
            figures += MEASURES[name](standing, seconds)
            say(f"{name} took {time.monotonic() - begun:.0f} s")
    return figures


def write(figures: Sequence[Figure]) -> None:
    samples = [sample for figure in figures for sample in figure.samples("secretaria_bench")]
    samples.append(Sample("secretaria_bench_cores", "Cores that everything shared", float(os.cpu_count() or 0)))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(exposition(samples))
    say(f"written to {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

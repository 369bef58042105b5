"""What a benchmark found, beside its limits: a table for people, Prometheus text for machines."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """One number under a metric's name; `help` is said once per name."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def exposition(samples: Iterable[Sample]) -> str:
    """Prometheus text format 0.0.4; all are gauges, since each run stands for itself."""
    lines: list[str] = []
    grouped: dict[str, list[Sample]] = {}
    for sample in samples:
        grouped.setdefault(sample.name, []).append(sample)
    for name, members in grouped.items():
        lines += [f"# HELP {name} {members[0].help}", f"# TYPE {name} gauge"]
        lines += [f"{name}{labelled(member.labels)} {member.value:.10g}" for member in members]
    return "\n".join(lines) + "\n"


def labelled(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    escaped = ((key, value.replace("\\", r"\\").replace('"', r"\"")) for key, value in labels.items())
    return "{" + ",".join(f'{key}="{value}"' for key, value in escaped) + "}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: ours beside a peer or a limit of the same run, and whether the aim is met.

    `peer` is a word for what stands beside us; `met` is None where design §7 sets no aim.
    """

    what: str
    ours: float
    unit: str
    aim: str
    met: bool | None
    peer: str = ""
    beside: float | None = None
    note: str = ""

    def samples(self, name: str) -> list[Sample]:
        rows = [(self.ours, "secretaria")] + ([(self.beside, self.peer)] if self.beside is not None else [])
        return [
            Sample(name, "One figure of make bench", value, {"what": self.what, "unit": self.unit, "who": who})
            for value, who in rows
        ]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def quantile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")


def table(figures: Sequence[Figure]) -> str:
    """Aligned for a terminal, and still a table where Markdown is read."""
    head = ("what", "ours", "beside", "aim", "met", "note")
    rows = [head, *(row_of(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"


def row_of(figure: Figure) -> tuple[str, ...]:
    beside = "" if figure.beside is None else f"{figure.peer} {figure.beside:,.6g} {figure.unit}"
    met = {True: "yes", False: "NO", None: ""}[figure.met]
    return (figure.what, f"{figure.ours:,.6g} {figure.unit}", beside, figure.aim, met, figure.note)

"""The agenda as columns of a time grid: where each block, closed stretch and free cell stands, in hours and five minutes.

No style stands in the page (the CSP forbids it): a block says its hours in attributes, and the sheet makes places of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from adapters.http.panel.agenda_look import PAGE, Sight
from adapters.http.panel.agenda_words import DAYS, SHORT_DAYS, clock_of
from application.agenda.read_board import Board
from application.agenda.work import AppointmentView
from domain.agenda.people import Professional
from domain.assistant.attendance import MINUTES, Span

FIVE: Final = 5
CELL: Final = 30
SHORTEST: Final = 20
"""Nothing is drawn lower than this, or nobody could read it."""
EARLY, LATE = 8, 18
MOST_LANES: Final = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    opens: int
    closes: int
    label: str = ""

    @property
    def place(self) -> Markup:
        """The hours it begins and ends in, and the fives after them: as attributes, written once for each block of a page."""
        hour, five = divmod(self.opens // FIVE, 12)
        last_hour, last_five = divmod(-(-self.closes // FIVE), 12)
        return Markup(f'data-h="{hour}" data-f="{five}" data-th="{last_hour}" data-tf="{last_five}"')  # noqa: S704 - numbers


@dataclass(frozen=True, slots=True)
class Block:
    """`starts` and `ends` as the wall clock says them, also where the block is cut at midnight."""

    view: AppointmentView
    stretch: Stretch
    starts: str
    ends: str
    lane: int = 0
    lanes: int = 1

    @property
    def place(self) -> Markup:
        """Where it stands, and what a hand that drags it has to know: in one piece, for there are hundreds."""
        one = self.view.appointment
        fives = int(one.slot.length.total_seconds()) // (FIVE * 60)
        lane = f'data-lane="{self.lane}" data-lanes="{self.lanes}"'
        return self.stretch.place + Markup(  # noqa: S704 - numbers
            f' data-m="{self.stretch.opens % FIVE}" {lane} data-id="{one.id}" data-who="{one.professional}"'
            f' data-length="{fives}"'
        )


@dataclass(frozen=True, slots=True)
class Cell:
    stretch: Stretch
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """One professional on one day; `who` None is everybody's."""

    day: date
    title: str
    note: str
    who: Professional | None
    today: bool
    blocks: Sequence[Block] = ()
    closed: Sequence[Stretch] = ()
    cells: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    columns: Sequence[Column]
    first: int
    last: int
    now: Stretch | None
    hours: Sequence[int] = field(default=())


def grid_of(board: Board, sight: Sight, now: datetime) -> Grid:
    zone = board.house.zone
    local, blocks = now.astimezone(zone), _by_day(board.appointments, zone)
    columns = [_column(board, sight, day, who, local, blocks[day]) for day, who in _asked(board, sight)]
    first, last = _bounds(board, columns)
    minute = local.hour * 60 + local.minute
    line = Stretch(minute, minute + 1) if first * 60 <= minute < last * 60 else None
    return Grid(columns, first, last, line, range(first, last))


def _asked(board: Board, sight: Sight) -> Iterator[tuple[date, Professional | None]]:
    """By day a column for each professional, by week one for each day."""
    chosen = [each for each in board.professionals if sight.professional in (None, each.id)]
    if sight.weekly:
        yield from ((day, chosen[0] if len(chosen) == 1 else None) for day in sight.days)
    else:
        yield from ((sight.day, each) for each in chosen)


def _column(
    board: Board, sight: Sight, day: date, who: Professional | None, local: datetime, booked: Sequence[Block]
) -> Column:
    people = board.professionals if who is None else [who]
    open_spans = _joined([span for each in people for span in board.attends(each, day)])
    blocks = [one for one in booked if who is None or one.view.appointment.professional == who.id]
    reasons = {board.why_closed(each, day) for each in people}
    why = reasons.pop() if len(reasons) == 1 else ""
    title = DAYS[day.weekday()] if sight.weekly else (who.name if who else "")
    note = day.strftime("%d/%m") if sight.weekly else ", ".join(map(str, open_spans)).replace("-", " às ")
    return Column(
        day,
        title,
        note or why or "não atende",
        who,
        day == local.date(),
        list(_in_lanes(blocks)),
        list(_closed(open_spans, why)),
        list(_cells(open_spans, day, who, local)),
    )


def _by_day(appointments: Sequence[AppointmentView], zone: ZoneInfo) -> Mapping[date, list[Block]]:
    """Each where it stands by the wall clock; what reaches past midnight stands in the next day, too."""
    found: defaultdict[date, list[Block]] = defaultdict(list)
    for view in appointments:
        slot = view.appointment.slot
        starts, ends = slot.starts.astimezone(zone), slot.ends.astimezone(zone)
        day, opens = starts.date(), starts.hour * 60 + starts.minute
        closes = (ends.date() - day).days * MINUTES + ends.hour * 60 + ends.minute
        told = clock_of(opens), clock_of(closes % MINUTES)
        while closes > 0:
            begins = max(opens, 0)
            stretch = Stretch(begins, min(max(closes, begins + SHORTEST), MINUTES))
            found[day].append(Block(view, stretch, *told))
            day, opens, closes = day + timedelta(days=1), opens - MINUTES, closes - MINUTES
    return found


def _in_lanes(blocks: Sequence[Block]) -> Iterator[Block]:
    """Side by side where they overlap: a cancelled one and its successor, or several people's in one column."""
    cluster: list[tuple[Block, int]] = []
    ends: list[int] = []
    for block in sorted(blocks, key=lambda one: (one.stretch.opens, one.stretch.closes)):
        if ends and block.stretch.opens >= max(ends):
            yield from _side_by_side(cluster, len(ends))
            cluster, ends = [], []
        lane = next((place for place, end in enumerate(ends) if end <= block.stretch.opens), len(ends))
        ends[lane : lane + 1] = [block.stretch.closes]
        cluster.append((block, lane))
    yield from _side_by_side(cluster, len(ends))


def _side_by_side(cluster: Sequence[tuple[Block, int]], lanes: int) -> Iterator[Block]:
    most = min(lanes, MOST_LANES)
    for block, lane in cluster:
        yield block if most == 1 else replace(block, lane=min(lane, MOST_LANES - 1), lanes=most)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.opens):
        if joined and span.opens <= joined[-1].closes:
            joined[-1] = Span(joined[-1].opens, max(joined[-1].closes, span.closes))
        else:
            joined.append(span)
    return joined


def _closed(open_spans: Sequence[Span], why: str) -> Iterator[Stretch]:
    edges = [0, *(edge for span in open_spans for edge in (span.opens, span.closes)), MINUTES]
    for begins, ends in zip(edges[::2], edges[1::2], strict=True):
        if begins < ends:
            inside = begins > 0 and ends < MINUTES
            yield Stretch(begins, ends, why or ("intervalo" if inside else ""))


def _cells(open_spans: Sequence[Span], day: date, who: Professional | None, local: datetime) -> Iterator[Cell]:
    """What is over cannot be booked any more."""
    passed = MINUTES if day < local.date() else local.hour * 60 + local.minute if day == local.date() else 0
    for span in open_spans:
        for at in range(span.opens, span.closes, CELL):
            if at >= passed:
                chosen = f"&profissional={who.id}" if who else ""
                href = f"{PAGE}/novo?dia={day.isoformat()}&hora={clock_of(at)}{chosen}"
                yield Cell(Stretch(at, min(at + CELL, span.closes), clock_of(at)), href)


def _bounds(board: Board, columns: Sequence[Column]) -> tuple[int, int]:
    """Whole hours, with all that is open or booked in them."""
    opens = [span.opens for who in board.professionals for spans in who.hours.days for span in spans]
    closes = [span.closes for who in board.professionals for spans in who.hours.days for span in spans]
    booked = [block.stretch for column in columns for block in column.blocks]
    first = min([*opens, *(one.opens for one in booked)], default=EARLY * 60)
    last = max([*closes, *(one.closes for one in booked)], default=LATE * 60)
    return first // 60, -(-last // 60)


def mini_days(sight: Sight, today: date) -> list[dict[str, object]]:
    """The week around the day, to step by a touch."""
    monday = sight.day - timedelta(days=sight.day.weekday())
    days = [monday + timedelta(days=place) for place in range(len(SHORT_DAYS))]
    return [
        {"day": day, "name": SHORT_DAYS[day.weekday()], "current": day == sight.day, "today": day == today}
        for day in days
    ]

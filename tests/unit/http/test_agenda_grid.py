"""The agenda's grid: what is drawn where, by the wall clock, whatever overlaps and whatever is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.panel.agenda_grid import CELL, MOST_LANES, SHORTEST, Column, Grid, Stretch, grid_of, mini_days
from adapters.http.panel.agenda_look import Sight
from application.agenda.read_board import Board
from application.agenda.work import AppointmentView, Client
from domain.agenda.appointment import Appointment
from domain.agenda.availability import House
from domain.agenda.opening_hours import DayOff, WeekHours
from domain.agenda.people import Professional
from domain.agenda.presence import Presence
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.assistant.attendance import Span
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MONDAY = date(2026, 11, 23)
HOURS = WeekHours(((Span(480, 720), Span(780, 1080)),) * 5 + ((), ()))
MARINA = Professional("Dra. Marina", HOURS, id=ProfessionalId(1))
CAIO = Professional("Dr. Caio", WeekHours(((Span(600, 900),),) + ((),) * 6), id=ProfessionalId(2))
NIGHT_BEFORE = datetime(2026, 11, 22, 22, tzinfo=SAO_PAULO)


def view(minute: int, length: int, who: Professional = MARINA, day: date = MONDAY, id: int = 1) -> AppointmentView:
    starts = datetime.combine(day, datetime.min.time(), SAO_PAULO) + timedelta(minutes=minute)
    slot = Slot(starts, starts + timedelta(minutes=length))
    one = Appointment(AppointmentId(id), ContactId(1), who.id, ServiceId(1), slot)
    return AppointmentView(one, Client(ContactId(1), "Ana", None), who.name, "Consulta")


def board(*appointments: AppointmentView, off: tuple[DayOff, ...] = ()) -> Board:
    house = House(SAO_PAULO, Rules(), off, frozenset())
    return Board(house, [MARINA, CAIO], True, {}, appointments, Presence())


def day_grid(*appointments: AppointmentView, now: datetime = NIGHT_BEFORE) -> Grid:
    return grid_of(board(*appointments), Sight(MONDAY), now)


def hours(stretch: Stretch) -> tuple[int, int]:
    return stretch.opens, stretch.closes


def test_by_day_everybody_has_a_column_with_their_hours():
    marina, caio = day_grid().columns

    assert (marina.title, marina.note) == ("Dra. Marina", "08:00 às 12:00, 13:00 às 18:00")
    assert caio.note == "10:00 às 15:00"
    assert [hours(one) for one in marina.closed] == [(0, 480), (720, 780), (1080, 1440)]
    assert [one.label for one in marina.closed] == ["", "intervalo", ""]


def test_by_week_every_day_has_a_column_of_everybody_or_of_the_chosen_one():
    everybody = grid_of(board(), Sight(MONDAY, weekly=True), NIGHT_BEFORE).columns
    only_caio = grid_of(board(), Sight(MONDAY, weekly=True, professional=CAIO.id), NIGHT_BEFORE).columns

    assert [column.title for column in everybody] == [
        "Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo"
    ]  # fmt: skip
    assert {column.who for column in everybody} == {None}
    assert {column.who for column in only_caio} == {CAIO}
    assert [bool(column.cells) for column in only_caio] == [True] + [False] * 6


def test_a_block_stands_only_in_its_own_persons_column():
    marina, caio = day_grid(view(600, 30), view(630, 30, CAIO, id=2)).columns

    assert [hours(block.stretch) for block in marina.blocks] == [(600, 630)]
    assert [hours(block.stretch) for block in caio.blocks] == [(630, 660)]


@pytest.mark.parametrize(
    ("minute", "length", "day", "drawn"),
    [
        (600, 5, MONDAY, (600, 600 + SHORTEST)),
        (1430, 30, MONDAY, (1430, 1440)),
        (1430, 30, MONDAY - timedelta(days=1), (0, SHORTEST)),
    ],
)
def test_a_block_is_never_too_low_to_read_and_never_leaves_its_day(
    minute: int, length: int, day: date, drawn: tuple[int, int]
):
    [block] = day_grid(view(minute, length, day=day)).columns[0].blocks

    assert hours(block.stretch) == drawn


@given(st.lists(st.tuples(st.integers(0, 1380), st.integers(SHORTEST, 60)), max_size=12))
def test_blocks_that_overlap_stand_side_by_side_while_there_is_room(spans: list[tuple[int, int]]):
    views = [view(minute, length, id=place) for place, (minute, length) in enumerate(spans, start=1)]
    blocks = day_grid(*views).columns[0].blocks

    assert len(blocks) == len(spans)
    assert all(0 <= block.lane < block.lanes <= MOST_LANES for block in blocks)
    for one in blocks:
        taken = set(range(*hours(one.stretch)))
        for other in blocks:
            overlap = one is not other and taken & set(range(*hours(other.stretch)))
            if overlap and one.lanes < MOST_LANES:
                assert (one.lane, one.lanes) != (other.lane, other.lanes)
                assert one.lanes == other.lanes


def cells(column: Column) -> list[str]:
    return [cell.stretch.label for cell in column.cells]


def test_what_is_over_cannot_be_booked_and_what_is_free_says_its_hour_and_whose_it_is():
    at_nine = datetime(2026, 11, 23, 9, 10, tzinfo=SAO_PAULO)
    marina = day_grid(now=at_nine).columns[0]
    yesterday = grid_of(board(), Sight(MONDAY), at_nine + timedelta(days=1)).columns[0]

    assert cells(marina)[0] == "09:30"
    assert len(cells(marina)) == (720 - 570 + 300) // CELL
    assert marina.cells[0].href == "/painel/agenda/novo?dia=2026-11-23&hora=09:30&profissional=1"
    assert cells(yesterday) == []


def test_a_day_off_closes_the_column_with_its_name():
    off = (DayOff(MONDAY, MONDAY, "Congresso", MARINA.id),)
    marina, caio = grid_of(board(off=off), Sight(MONDAY), NIGHT_BEFORE).columns

    assert (marina.note, cells(marina)) == ("Congresso", [])
    assert [one.label for one in marina.closed] == ["Congresso"]
    assert cells(caio) != []


def test_the_grid_reaches_from_the_first_to_the_last_hour_anybody_needs():
    assert (day_grid().first, day_grid().last) == (8, 18)
    early_and_late = day_grid(view(390, 30), view(1190, 40, id=2))
    assert (early_and_late.first, early_and_late.last) == (6, 21)
    assert list(early_and_late.hours) == list(range(6, 21))


def test_now_is_a_line_only_where_the_grid_shows_that_hour():
    shown = day_grid(now=datetime(2026, 11, 23, 9, 17, tzinfo=SAO_PAULO))

    assert shown.now is not None
    assert (shown.now.place[:21], shown.columns[0].today) == ('data-h="9" data-f="3"', True)
    assert day_grid(now=NIGHT_BEFORE).now is None


def test_the_mini_week_knows_the_day_that_is_looked_at_and_today():
    days = mini_days(Sight(MONDAY + timedelta(days=2)), MONDAY)

    assert [one["name"] for one in days] == ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"]
    assert [one["current"] for one in days].index(True) == 2
    assert [one["today"] for one in days].index(True) == 0


def test_a_full_week_of_ten_people_is_asked_for_whole():
    [listed] = Sight(MONDAY, weekly=True).listed(SAO_PAULO, MONDAY)

    assert listed.limit > 10 * 7 * 18


def test_by_week_a_reason_stands_for_everybody_only_where_it_is_everybodys():
    def monday(*off: DayOff, only: ProfessionalId | None = None) -> set[str]:
        week = grid_of(board(off=off), Sight(MONDAY, weekly=True, professional=only), NIGHT_BEFORE)
        return {one.label for one in week.columns[0].closed}

    hers, all_of_them = DayOff(MONDAY, MONDAY, "Férias", MARINA.id), DayOff(MONDAY, MONDAY, "Reforma")

    assert monday(hers) == {""}
    assert monday(hers, only=MARINA.id) == {"Férias"}
    assert monday(all_of_them) == {"Reforma"}

"""Whatever is written, and whenever: no text breaks the reading, and what it gives is sound."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from application.scheduling.understand_when import understand
from domain.scheduling.links import RULES
from domain.scheduling.scanning import LOOKS, WORD
from domain.scheduling.spelling import LONGEST, spelled
from domain.scheduling.typos import corrected, one_slip
from domain.scheduling.vocabulary import MISTYPED, MONTHS, NUMBERS, ORDINARY, SHORTENED, WEEKDAYS
from domain.scheduling.wish import Window, Wish
from tests.unit.scheduling.corpus import HOLIDAYS, REFERENCE, ZONE, Phrase, phrases

ZONES = [ZoneInfo(name) for name in ("America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "America/Noronha")]
LINKS = """de da do das as a ate entre e ou nao menos antes depois que vem proxima ultimos passado hoje semana mes ano fim
comeco meio manha tarde noite feriado vespera natal pascoa primeira ultima util toda cada em ha atras , - / h sim 🙂"""
FIGURES = "0 1 2 3 7 12 15 24 25 30 31 32 99 2026 31/12 15h 3:30 14:75 10h30 dia dias"
PHRASES = ["daqui a", "a partir de", "semana que vem", "dia útil", "meia-noite", "em diante"]
TOLD = """agora fui cortei trabalho viajo tenho marcado muda para desde tô com dor tem demora 28.01 12.12 8-12 de 1h 1h30 em vez
te aviso no lugar Domingos nome é"""
PIECES = [*WEEKDAYS, *MONTHS, *NUMBERS, *SHORTENED, *LINKS.split(), *FIGURES.split(), *PHRASES, *TOLD.split()]
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join)
REFERENCES = st.builds(
    lambda seconds, zone: datetime.fromtimestamp(seconds, zone),
    st.integers(631_152_000, 4_733_510_400),
    st.sampled_from(ZONES),
)
CENTURIES = timedelta(days=300 * 366)
AT_ONCE = 0.1
"""Seconds of the processor."""


def sound(wish: Wish, reference: datetime) -> bool:
    windows = [*wish.excluded, *(window for reading in wish.readings for window in reading.windows)]
    asked = bool(wish.question) == (wish.doubt is not None)
    return asked and all(_sound(window, reference) for window in windows)


def _sound(window: Window, reference: datetime) -> bool:
    start, end = window.start.astimezone(UTC), window.end.astimezone(UTC)
    aware = window.start.utcoffset() is not None and window.end.utcoffset() is not None
    return aware and start < end and abs(start - reference.astimezone(UTC)) < CENTURIES


@given(st.text(max_size=300), REFERENCES)
def test_any_text_is_read(text: str, reference: datetime) -> None:
    assert sound(understand(text, reference, ZONE, HOLIDAYS.get), reference)


@given(SENTENCES, REFERENCES, st.sampled_from(ZONES))
@example("entre 31 e 30 de fevereiro", REFERENCE, ZONE)
def test_any_words_of_when_are_read(text: str, reference: datetime, zone: ZoneInfo) -> None:
    wish = understand(text, reference, zone, lambda day: "Feriado" if day.day == 7 else None)

    assert sound(wish, reference)
    assert all(window.start.tzinfo is zone for reading in wish.readings for window in reading.windows)


@given(st.sampled_from([*phrases("when.tsv"), *phrases("when_held_out.tsv")]), REFERENCES, st.sampled_from(ZONES))
def test_every_phrase_is_read_at_every_moment(phrase: Phrase, reference: datetime, zone: ZoneInfo) -> None:
    assert sound(understand(phrase.text, reference, zone, HOLIDAYS.get), reference)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), REFERENCES)
def test_a_whole_date_is_that_day_whenever_it_is_said(day: date, reference: datetime) -> None:
    told = (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"dia {day.day} de {MONTHS[day.month - 1]} de {day.year}")

    for text in told:
        wish = understand(text, reference, ZONE, HOLIDAYS.get)

        assert [window.start.date() for window in wish.windows] == [day], text


@given(st.integers(0, 23), st.integers(0, 59), st.integers(1, 300))
def test_a_full_clock_is_that_minute(hour: int, minute: int, ahead: int) -> None:
    day = (REFERENCE + timedelta(days=ahead)).date()

    wish = understand(f"{day:%d/%m/%Y} às {hour:02d}:{minute:02d}", REFERENCE, ZONE, HOLIDAYS.get)

    assert [window.start for window in wish.windows] == [
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
    ]


@given(REFERENCES.map(lambda moment: moment.astimezone(ZONE)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_that_weekday_within_a_week(reference: datetime, name: str) -> None:
    wish = understand(name, reference, ZONE, lambda _: None)

    for reading in wish.readings:
        for window in reading.windows:
            assert WEEKDAYS[window.start.weekday()] == name
            assert 0 <= (window.start.date() - reference.date()).days <= 7
    assert len(wish.readings) == (2 if WEEKDAYS[reference.weekday()] == name else 1)


def test_the_hour_the_clocks_skip_is_the_one_they_skip_to() -> None:
    york = ZoneInfo("America/New_York")
    reference = datetime(2027, 3, 13, 9, tzinfo=york)

    wish = understand("amanhã às 02:30", reference, york, lambda _: None)

    assert wish.windows[0].start.isoformat() == "2027-03-14T03:30:00-04:00"


def test_a_day_of_changing_clocks_is_a_day_from_midnight_to_midnight() -> None:
    york = ZoneInfo("America/New_York")
    wish = understand("hoje", datetime(2026, 11, 1, 9, tzinfo=york), york, lambda _: None)
    (window,) = wish.windows

    assert window.end.astimezone(UTC) - window.start.astimezone(UTC) == timedelta(hours=25)


@given(st.sampled_from(MISTYPED), st.data())
def test_one_slip_of_the_finger_is_understood_or_left_alone(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    slipped = data.draw(
        st.sampled_from([word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[:at] + "x" + word[at + 1 :]])
    )

    assert slipped == word or one_slip(slipped, word)
    assert corrected(slipped) in (word, slipped)


def test_ordinary_words_are_never_corrected() -> None:
    assert [word for word in ORDINARY if corrected(word) != word] == []


@given(SENTENCES.map(spelled))
def test_the_quick_look_at_a_word_misses_no_rule(line: str) -> None:
    for word in WORD.finditer(line):
        at_a_look = [rule for look, rules in LOOKS if look.match(line, word.start()) for rule in rules]
        one_by_one = [rule for rule in RULES if rule.pattern.match(line, word.start())]

        assert set(map(id, one_by_one)) <= set(map(id, at_a_look))


@pytest.mark.parametrize("piece", ["9h\n", "10/12\n", "15h não, ", "dia 28 viajo, tem antes? ", "não é dia 9, é "])
def test_what_is_told_over_and_over_is_read_at_once(piece: str) -> None:
    def reading() -> float:
        started = time.process_time()
        understand(piece * (LONGEST // len(piece)), REFERENCE, ZONE, HOLIDAYS.get)
        return time.process_time() - started

    assert min(reading() for _ in range(3)) < AT_ONCE

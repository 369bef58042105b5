"""The corpora of phrases: how they are read, and whether a wish means what a line says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.scheduling.wish import HORIZON, Doubt, Grain, Window, Wish

ZONE = ZoneInfo("America/Sao_Paulo")
REFERENCE = datetime(2026, 11, 18, 10, 20, tzinfo=ZONE)
HOLIDAYS = {
    date(2026, 11, 20): "Dia da Consciência Negra",
    date(2026, 12, 25): "Natal",
    date(2027, 1, 1): "Confraternização Universal",
    date(2027, 1, 25): "Aniversário da cidade",
    date(2027, 3, 26): "Sexta-feira Santa",
    date(2027, 4, 21): "Tiradentes",
    date(2027, 5, 1): "Dia do Trabalhador",
    date(2027, 9, 7): "Independência do Brasil",
    date(2027, 10, 12): "Nossa Senhora Aparecida",
    date(2027, 11, 2): "Finados",
    date(2027, 11, 15): "Proclamação da República",
}
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Phrase:
    """A line of a corpus; a fourth column tells when it was written, where that is not REFERENCE."""

    kind: str
    text: str
    meaning: str
    written: str = ""

    @property
    def reference(self) -> datetime:
        return _local(self.written) if self.written else REFERENCE


def phrases(name: str) -> list[Phrase]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [Phrase(*line.split("\t")) for line in lines]


def agrees(wish: Wish, meaning: str) -> bool:
    """Whether the wish is what the line says, by the forms of README.md."""
    if meaning == "none":
        return wish.empty
    if meaning == "impossible":
        return wish.doubt is Doubt.IMPOSSIBLE
    wanted, _, never = meaning.partition(" not ")
    if never and not all(any(same(one, form) for one in wish.excluded) for form in never.split(" | ")):
        return False
    if bool(never) != bool(wish.excluded):
        return False
    if wanted.startswith("any"):
        return wish.settled and bool(wish.windows) and wish.windows[0].start <= REFERENCE + timedelta(days=1)
    if wanted.startswith("every "):
        forms = wanted.removeprefix("every ").split(" | ")
        return wish.recurring and all(any(same(window, form) for window in wish.windows) for form in forms)
    ways = wanted.split(" ? ")
    read = [reading.windows for reading in wish.readings]
    return len(ways) == len(read) and all(any(_all_same(windows, way) for windows in read) for way in ways)


def about_right(wish: Wish, phrase: Phrase) -> bool:
    """As a corpus of somebody else's is scored: any question answers a doubt, instants are exact, and of every other
    window more than half is shared, for people differ about where an evening starts."""
    if phrase.meaning == "none":
        return wish.empty
    if " ? " in phrase.meaning:
        return wish.doubt is Doubt.WHICH
    meaning, _, never = phrase.meaning.partition(" not ")
    if never and not all(any(same(one, form) for one in wish.excluded) for form in never.split(" | ")):
        return False
    wanted = [_stretch(form, phrase.reference) for form in meaning.split(" | ")]
    told = [_ahead(window.start, window.end, phrase.reference) for window in wish.windows]
    return len(wanted) == len(told) and all(any(_shared(one, other) for other in told) for one in wanted)


Stretch = tuple[datetime, datetime]


def _stretch(form: str, reference: datetime) -> Stretch:
    start, end, grain = _bounds(form)
    if end is None:
        return start, start + HORIZON
    return (start, start) if grain in (Grain.MINUTE, Grain.HOUR) else _ahead(start, end, reference)


def _ahead(start: datetime, end: datetime, reference: datetime) -> Stretch:
    """A week that has begun is what is left of it."""
    return (max(start, reference) if end > reference else start), end


def _shared(wanted: Stretch, told: Stretch) -> bool:
    if wanted[0] == wanted[1]:
        return told[0] == wanted[0] and told[1] - told[0] <= timedelta(hours=1)
    both = min(wanted[1], told[1]) - max(wanted[0], told[0])
    either = max(wanted[1], told[1]) - min(wanted[0], told[0])
    return both > timedelta() and both * 2 >= either


def _all_same(windows: tuple[Window, ...], way: str) -> bool:
    forms = way.split(" | ")
    if way.endswith(".."):
        return same(windows[0], forms[0]) and (windows[0].open_end or len(windows) > 30)
    return len(forms) == len(windows) and all(any(same(window, form) for window in windows) for form in forms)


def same(window: Window, form: str) -> bool:
    start, end, grain = _bounds(form)
    return window.start == start and (end is None or window.end == end) and grain in (None, window.grain)


def _bounds(form: str) -> tuple[datetime, datetime | None, Grain | None]:
    first, slash, last = form.removesuffix("..").partition("/")
    if form.endswith(".."):
        return _local(first), None, None
    if slash:
        return _local(first), _local(last if "-" in last else f"{first.split('T')[0]}T{last}"), None
    if "T" in first:
        start = _local(first)
        hour = ":" not in first
        end = start.astimezone(UTC) + (timedelta(hours=1) if hour else timedelta(minutes=1))
        return start, end, Grain.HOUR if hour else Grain.MINUTE
    numbers = [int(part) for part in first.split("-")]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else 1
    if len(numbers) == 3:
        start = _local(first)
        return start, start + timedelta(days=1), Grain.DAY
    after = (year, month + 1) if len(numbers) == 2 else (year + 1, 1)
    end = datetime(after[0] + after[1] // 13, (after[1] - 1) % 12 + 1, 1, tzinfo=ZONE)
    return datetime(year, month, 1, tzinfo=ZONE), end, Grain.MONTH if len(numbers) == 2 else Grain.YEAR


def _local(form: str) -> datetime:
    day, _, clock = form.partition("T")
    hour, _, minute = clock.partition(":")
    whole = datetime.fromisoformat(day).replace(tzinfo=ZONE)
    return whole + timedelta(hours=int(hour or 0), minutes=int(minute or 0))

"""What people write about when is understood as the corpora say; the figures by kind are printed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from application.scheduling.texts import told
from application.scheduling.understand_when import understand
from domain.scheduling.understanding import read_wish
from domain.scheduling.wish import Doubt, Window, Wish
from domain.shared.errors import Invalid
from tests.unit.scheduling.corpus import HOLIDAYS, REFERENCE, ZONE, about_right, agrees, phrases


def read(text: str, reference: datetime = REFERENCE) -> Wish:
    return understand(text, reference, ZONE, HOLIDAYS.get)


@pytest.mark.parametrize(
    ("corpus", "least"),
    [
        ("when.tsv", 0.99),
        ("when_held_out.tsv", 0.97),
        ("when_unseen.tsv", 0.85),
        ("when_classes.tsv", 0.99),
        ("when_blind.tsv", 0.97),
        ("when_last.tsv", 0.98),
        ("when_told.tsv", 0.98),
        ("when_beside.tsv", 0.98),
        ("when_fresh.tsv", 0.97),
        ("when_others.tsv", 0.98),
    ],
)
def test_the_corpus_is_understood(corpus: str, least: float) -> None:
    written = phrases(corpus)
    wrong = [phrase for phrase in written if not agrees(read(phrase.text), phrase.meaning)]

    kinds, failed = Counter(phrase.kind for phrase in written), Counter(phrase.kind for phrase in wrong)
    print(*(f"{kind}: {total - failed[kind]}/{total}" for kind, total in kinds.items()), sep="\n")

    assert 1 - len(wrong) / len(written) >= least, [phrase.text for phrase in wrong]


@pytest.mark.parametrize(("corpus", "least"), [("when_blind_two.tsv", 0.93), ("when_blind_three.tsv", 0.94)])
def test_what_somebody_else_wrote_and_meant_is_understood(corpus: str, least: float) -> None:
    written = phrases(corpus)
    wrong = [phrase for phrase in written if not about_right(read(phrase.text, phrase.reference), phrase)]

    kinds, failed = Counter(phrase.kind for phrase in written), Counter(phrase.kind for phrase in wrong)
    print(*(f"{kind}: {total - failed[kind]}/{total}" for kind, total in kinds.items()), sep="\n")

    assert 1 - len(wrong) / len(written) >= least, [phrase.text for phrase in wrong]


def test_the_corpora_are_large_and_share_nothing() -> None:
    developed, held_out = ({phrase.text for phrase in phrases(name)} for name in ("when.tsv", "when_held_out.tsv"))

    assert len(developed) + len(held_out) >= 300
    assert developed & held_out == set()


def test_the_ruler_itself_finds_a_wrong_reading() -> None:
    assert agrees(read("amanhã"), "2026-11-19")
    assert not agrees(read("amanhã"), "2026-11-20")
    assert not agrees(read("quarta"), "2026-11-18")
    assert not agrees(read("amanhã"), "none")


def test_what_can_be_taken_two_ways_is_asked_and_not_guessed() -> None:
    wish = read("sábado que vem às 10h")

    assert wish.doubt is Doubt.WHICH
    assert wish.windows == ()
    assert wish.question == "Só para eu não errar: você quer dizer sábado, 21/11 às 10h ou sábado, 28/11 às 10h?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("até sexta às 17h", "de 18/11 a 20/11, até 17h"),
        ("até hoje às 17h", "quarta-feira, 18/11, até 17h"),
        ("até sexta", "de 18/11 a 20/11"),
        ("quinta das 22h às 6h", "quinta-feira, 19/11, das 22h até 6h do dia seguinte"),
        ("quinta à noite", "quinta-feira, 19/11, das 18h até meia-noite"),
        ("sexta de manhã", "sexta-feira, 20/11, das 6h até 12h"),
    ],
)
def test_a_stretch_is_said_back_with_the_end_it_has(text: str, said: str) -> None:
    assert told(read(text).windows[0]) == said


def test_a_day_that_does_not_exist_is_asked_about() -> None:
    assert read("31/02 às 10h").question.startswith("Não encontrei esse dia")


def test_vague_words_are_asked_about() -> None:
    assert read("daqui a alguns dias").question == "Qual dia e horário ficam melhores para você?"


def test_nobody_is_asked_about_an_hour_at_which_the_shop_is_closed() -> None:
    def open_by_day(window: Window) -> bool:
        return 8 <= window.start.hour < 18

    wish = understand("amanhã às 3", REFERENCE, ZONE, HOLIDAYS.get, open_by_day)

    assert wish.question == ""
    assert [window.start.hour for window in wish.windows] == [15]


def test_a_doubt_that_no_opening_hour_settles_stays() -> None:
    wish = understand("amanhã às 3", REFERENCE, ZONE, HOLIDAYS.get, lambda window: window.start.hour == 12)

    assert wish.doubt is Doubt.WHICH
    assert "15h" in wish.question


def test_excluded_days_do_not_suit_and_the_others_do() -> None:
    wish = read("semana que vem, menos quarta e sexta")

    def at(day: int) -> bool:
        return wish.allows(datetime(2026, 11, day, 10, tzinfo=ZONE))

    assert [day for day in range(21, 33 - 2) if at(day)] == [23, 24, 26, 28, 29]


def test_what_never_suits_gives_way_only_where_nothing_else_is_wished_for() -> None:
    after_work, every_other = (
        read("trabalho quinta, mas consigo na quinta depois das 18h"),
        read("toda terça menos dia 24"),
    )

    assert after_work.allows(datetime(2026, 11, 19, 19, tzinfo=ZONE))
    assert not after_work.allows(datetime(2026, 11, 19, 15, tzinfo=ZONE))
    assert not every_other.allows(datetime(2026, 11, 24, 15, tzinfo=ZONE))
    assert every_other.allows(datetime(2026, 12, 1, 15, tzinfo=ZONE))


def test_an_hour_without_a_day_says_so() -> None:
    assert not read("às 15h").day_named
    assert read("amanhã às 15h").day_named


def test_what_was_is_told_but_not_wished_for() -> None:
    told, alone = read("fui aí mês passado e adorei"), read("mês passado")

    assert told.past
    assert told.empty
    assert [window.start.month for window in told.windows] == [window.start.month for window in alone.windows] == [10]
    assert not alone.empty


def test_after_the_holiday_is_after_every_holiday_that_follows_on_it() -> None:
    run = {date(2026, 12, 24): "Véspera de Natal", date(2026, 12, 25): "Natal"}

    wish = understand("só depois do feriado", datetime(2026, 12, 22, 9, tzinfo=ZONE), ZONE, run.get)

    assert [window.start.date() for window in wish.windows] == [date(2026, 12, 26)]


def test_where_every_time_counts_nothing_that_is_told_is_left_out() -> None:
    text = "tenho consulta marcada sexta 10h, pode ser segunda 11h?"

    wished, told = (read_wish(text, REFERENCE, ZONE, HOLIDAYS.get, every=every) for every in (False, True))

    assert [window.start.day for window in wished.windows] == [23]
    assert [window.start.day for window in told.windows] == [20, 23]


def test_an_hour_that_is_refused_leaves_its_day() -> None:
    wish = read("15h não rola amanhã, tem 16h30?")

    assert [window.start.isoformat() for window in wish.windows] == ["2026-11-19T16:30:00-03:00"]
    assert not wish.allows(datetime(2026, 11, 19, 15, tzinfo=ZONE))


def test_a_stretch_of_numbers_alone_is_asked_about() -> None:
    wish = read("de 10 a 12 tá ótimo pra mim")

    assert wish.doubt is Doubt.WHICH
    assert "de 10/12 a 12/12" in wish.question
    assert "das 10h até 12h" in wish.question


def test_a_thing_to_come_is_wished_for_after_a_thing_that_was() -> None:
    wish = read("quebrei o dente, sexta tem vaga?")

    assert not wish.past
    assert [window.start.day for window in wish.windows] == [20]


def test_length_and_haste_are_told_apart_from_the_hour() -> None:
    wish = read("o mais cedo possível na terça, por 2 horas")

    assert wish.soonest
    assert wish.duration == timedelta(hours=2)
    assert [window.start.day for window in wish.windows] == [24]


def test_the_same_words_mean_another_day_in_another_zone() -> None:
    late = datetime(2026, 11, 19, 1, 30, tzinfo=UTC)

    here, there = (understand("hoje", late, zone, HOLIDAYS.get) for zone in (ZONE, UTC))

    assert here.windows[0].start.day == 18
    assert there.windows[0].start.day == 19


def test_a_reference_without_a_zone_is_refused() -> None:
    with pytest.raises(Invalid):
        read("amanhã", REFERENCE.replace(tzinfo=None))


def test_a_fixed_offset_is_a_zone_too() -> None:
    wish = understand("amanhã às 15h", REFERENCE, timezone(timedelta(hours=-4)), HOLIDAYS.get)

    assert wish.windows[0].start.isoformat() == "2026-11-19T15:00:00-04:00"

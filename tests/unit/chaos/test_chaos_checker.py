"""The checker judged by hand-made journals: each kind of harm is found, and a clean run is called clean."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.chaos.checker import check, report
from ops.chaos.journal import Answer, Blow, Entry, Journal


def an_entry(number: int, *, phone: str = "551190000001", acknowledged: bool = True, ordered: bool = True) -> Entry:
    return Entry(
        token=f"#{phone[-2:]}-{number:04d}",
        connection="a",
        phone=phone,
        number=number,
        sent_at=float(number),
        ordered=ordered,
        acknowledged_at=number + 0.1 if acknowledged else None,
    )


def an_answer(*entries: Entry, at: float = 100.0) -> Answer:
    return Answer(entries[0].connection, entries[0].phone, tuple(entry.token for entry in entries), at)


def test_a_burst_answered_once_is_clean():
    one, two, three = (an_entry(number) for number in range(3))

    verdict = check([one, two, three], [an_answer(one, at=5), an_answer(two, three, at=6)])

    assert verdict.clean
    assert (verdict.acknowledged, verdict.answered) == (3, 3)


def test_an_acknowledged_message_without_an_answer_is_lost():
    one, two = an_entry(0), an_entry(1)

    verdict = check([one, two], [an_answer(one)])

    assert verdict.lost == (two.token,)
    assert not verdict.clean


def test_a_message_nobody_acknowledged_may_stay_unanswered():
    assert check([an_entry(0, acknowledged=False)], []).clean


def test_a_message_nobody_acknowledged_may_be_answered_once():
    one = an_entry(0, acknowledged=False)

    assert check([one], [an_answer(one)]).clean


def test_a_message_nobody_acknowledged_may_not_be_answered_twice():
    one = an_entry(0, acknowledged=False)

    assert check([one], [an_answer(one), an_answer(one, at=101)]).twice == (one.token,)


def test_a_second_answer_is_found_even_inside_another_burst():
    one, two = an_entry(0), an_entry(1)

    verdict = check([one, two], [an_answer(one, at=5), an_answer(one, two, at=6)])

    assert verdict.twice == (one.token,)
    assert verdict.out_of_order == ()


def test_a_token_twice_in_one_answer_is_answered_twice():
    one = an_entry(0)

    assert check([one], [an_answer(one, one)]).twice == (one.token,)


def test_a_swap_between_answers_is_out_of_order():
    one, two = an_entry(0), an_entry(1)

    verdict = check([one, two], [an_answer(two, at=5), an_answer(one, at=6)])

    assert verdict.out_of_order == (one.token,)


def test_a_swap_inside_one_answer_is_out_of_order():
    one, two = an_entry(0), an_entry(1)

    assert check([one, two], [an_answer(two, one)]).out_of_order == (one.token,)


def test_contacts_who_do_not_wait_may_be_answered_in_any_order():
    one, two = an_entry(0, ordered=False), an_entry(1, ordered=False)

    assert check([one, two], [an_answer(two, one)]).clean


def test_each_contact_has_an_order_of_its_own():
    mine, theirs = an_entry(7), an_entry(3, phone="551190000002")

    assert check([mine, theirs], [an_answer(mine, at=5), an_answer(theirs, at=6)]).clean


def test_an_answer_on_another_phone_is_misdelivered():
    one = an_entry(0)

    verdict = check([one], [replace(an_answer(one), phone="551190000009")])

    assert verdict.misdelivered == (one.token,)


def test_a_token_nobody_wrote_is_misdelivered():
    assert check([], [Answer("a", "551190000001", ("#nobody",), 1.0)]).misdelivered == ("#nobody",)


def test_poison_need_not_be_answered_but_never_twice():
    poison = replace(an_entry(0), poison=True)

    assert check([poison], []).clean
    assert check([poison], [an_answer(poison), an_answer(poison)]).twice == (poison.token,)


def test_recovery_counts_from_the_end_of_a_pause_to_the_first_later_message_that_is_answered():
    before, after = an_entry(10), an_entry(20)
    blow = Blow("F4", "redis", at=5.0, over_at=15.0)

    verdict = check([before, after], [an_answer(before, at=15.5), an_answer(after, at=22.0)], [blow])

    assert verdict.recovery == 7.0
    assert verdict.recovery_from == blow


def test_a_fault_after_which_nothing_is_answered_is_named():
    blow = Blow("F1", "worker-1", at=50.0, over_at=50.0)
    one = an_entry(10)

    assert check([one], [an_answer(one, at=11)], [blow]).unrecovered == (blow,)


@given(st.integers(2, 12), st.data())
def test_any_single_harm_to_a_clean_run_is_found(size: int, data: st.DataObject):
    entries = [an_entry(number) for number in range(size)]
    answers = [an_answer(entry, at=50.0 + entry.number) for entry in entries]
    victim = data.draw(st.integers(0, size - 2))

    assert check(entries, answers).clean
    assert check(entries, answers[:victim] + answers[victim + 1 :]).lost == (entries[victim].token,)
    assert check(entries, [*answers, replace(answers[victim], at=99.0)]).twice == (entries[victim].token,)
    swapped = [*answers]
    swapped[victim] = replace(answers[victim], at=answers[victim + 1].at + 0.5)
    assert check(entries, swapped).out_of_order == (entries[victim].token,)


@pytest.mark.parametrize(("status", "clean"), [("503", True), ("no answer", True), ("500", False), ("401", False)])
def test_a_refusal_is_excused_only_when_the_door_was_closed_or_said_later(status: str, clean: bool):
    assert check([], [], refused={status: 3}).clean is clean


def test_the_report_names_the_seed_and_the_victims():
    one = an_entry(0)

    text = report(4711, check([one], []))

    assert "4711" in text
    assert one.token in text


def test_a_journal_keeps_the_first_acknowledgement_and_writes_every_line_at_once(tmp_path):
    file = tmp_path / "journal.jsonl"
    journal = Journal(file)
    journal.wrote(an_entry(0, acknowledged=False))
    journal.acknowledged("#01-0000", 5.0)

    journal.acknowledged("#01-0000", 9.0)

    assert journal.promised()[0].acknowledged_at == 5.0
    assert len(file.read_text().splitlines()) == 2
    journal.close()

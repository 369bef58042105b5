"""What may stand in an entry for ever: ids and words of ours, and that something changed, not what somebody is or hides."""

from __future__ import annotations

import json
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.shared.cells import csv_row, neutral, original
from domain.audit.chain import GENESIS, Broken, Head, Inspection, digest_of
from domain.audit.entry import Deed
from domain.audit.masking import covered, masked
from tests.builders.audit import a_chain, an_entry

ID = str(UUID(int=0xC0FFEE))
CANARIES = [
    "529.982.247-25",
    "+55 (11) 98765-4321",
    "5511987654321",
    "ana@clinica.com.br",
    "sk-4f9Q0zXJ2m8RrT1bV7cKd5Lw",
    "https://u:p@h/x",
]


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("field", ["facts", "opening", "reason", "greeting_phrase"])
def test_a_canary_in_a_field_of_any_name_is_covered(canary: str, field: str):
    deed = Deed(
        "user:1",
        "assistant.change",
        canary,
        before={field: "x"},
        after={field: f"fale com {canary} hoje", "of": [canary]},
    )

    assert canary not in json.dumps([dict(deed.after or {}), deed.subject], ensure_ascii=False)
    assert "hoje" in str(deed.after)


@pytest.mark.parametrize(
    "name", ["api_token", "whatsappToken", "password", "panel_password", "webhook_secret", "totp", "recovery_codes"]
)
def test_of_a_secret_only_its_change_is_told(name: str):
    deed = Deed("user:1", "secrets.set", before={name: "a", "tone": "leve"}, after={name: "b", "tone": "leve"})

    assert deed.before == deed.after == {name: "[secret]"}


@pytest.mark.parametrize("name", ["name", "contact_name", "phone", "email", "cpf", "message_text", "businessName"])
def test_of_a_persons_data_only_their_change_is_told(name: str):
    assert Deed("user:1", "a", after={name: "Ana"}).after == {name: "[personal]"}


def test_what_is_ours_stays_readable():
    fields = {
        "tone": "formal", "humour": 3, "enabled": True, "limit": None, "user_id": ID, "contact_id": 7,
        "at": "2026-11-21T14:00:00+00:00", "hours": {"mon": ["08:00", "18:00"]},
    }  # fmt: skip

    assert masked(fields) == fields
    assert Deed("user:1", "a", f"user:{ID}").subject == f"user:{ID}"
    assert Deed("user:1", "a", "job:123456789012").subject == "job:123456789012"
    assert Deed("user:1", "a", "reset:4f9Q0zXJ2m8RrT1bV7cKd5Lw").subject == "reset:[secret]"


def test_only_what_differs_is_kept():
    deed = Deed(
        "user:1", "a", before={"tone": "leve", "old": 1, "same": [1]}, after={"tone": "formal", "new": 2, "same": [1]}
    )

    assert (deed.before, deed.after) == ({"tone": "leve", "old": 1}, {"tone": "formal", "new": 2})


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20,
))  # fmt: skip
def test_whatever_is_told_can_be_kept(anything):
    deed = Deed(str(anything), str(anything), str(anything), after={"anything": anything, str(anything): anything})

    kept = json.dumps(deed.after, ensure_ascii=False) + deed.who + deed.action + deed.subject
    kept.encode()
    assert "\0" not in kept.replace("\\u0000", "\0")
    assert max(len(deed.who), len(deed.action), len(deed.subject)) <= 300


@given(st.text(alphabet=st.sampled_from("a1-_. @/:+()"), max_size=2_000))
def test_covering_ends_whatever_the_text(text: str):
    assert len(covered(text * 50)) <= 2_000


@given(st.integers(1, 12), st.data())
def test_a_chain_holds_until_one_entry_is_changed_removed_or_swapped(length: int, data):
    entries = a_chain(length)
    assert walked(entries, Head(length, entries[-1].digest)) is None

    at = data.draw(st.integers(0, length - 1))
    removed = entries[:at] + entries[at + 1 :]
    found = walked(removed, Head(length, entries[-1].digest))
    assert found is not None
    assert found.number == at + 1

    other = data.draw(st.integers(0, length - 1))
    if other != at:
        swapped = list(entries)
        swapped[at], swapped[other] = swapped[other], swapped[at]
        assert walked(swapped, Head(length, entries[-1].digest)) is not None


def walked(entries, head: Head) -> Broken | None:
    inspection = Inspection()
    for entry in entries:
        if (broken := inspection.follow(entry)) is not None:
            return broken
    return inspection.end(head)


def test_the_digest_is_what_the_manual_says():
    entry = an_entry(number=1, who="user:é", before=None, after='{"a": 1}')

    by_hand = '1:0,1:1,27:2026-11-21T14:00:00.000001Z,7:user:é,1:a,0:,4:done,0:,0:,-,8:{"a": 1}'.encode()
    assert digest_of(entry, previous=GENESIS) == sha256(GENESIS + by_hand).digest()


@given(st.tuples(*[st.text(max_size=4)] * 3), st.tuples(*[st.text(max_size=4)] * 3))
def test_entries_that_differ_have_digests_that_differ(one, other):
    digests = [digest_of(an_entry(who=w, action=a, subject=s), previous=GENESIS) for w, a, s in (one, other)]

    assert (digests[0] == digests[1]) is (one == other)


@given(st.text())
def test_a_cell_is_never_a_formula_and_comes_back_as_it_was(cell: str):
    assert not neutral(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert original(neutral(cell)) == cell


def test_a_row_quotes_what_must_be_quoted():
    assert csv_row([None, "a,b", 'c"d', "+5511", 7]) == ',"a,b","c""d",\'+5511,7\r\n'

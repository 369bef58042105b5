"""Hundreds of bodies that nobody thought of: one of five answers each, and what was accepted can also be read."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.whaticket_payloads import NAMES, payload
from tests.integration.http.conftest import Door

EXPECTED = {202, 401, 413, 415, 422}
FUZZED = settings(
    max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
trees = st.recursive(
    scalars,
    lambda some: st.lists(some, max_size=4) | st.dictionaries(st.text(max_size=12), some, max_size=4),
    max_leaves=12,
)


@st.composite
def bent_payloads(draw: st.DrawFn) -> bytes:
    """A real webhook of some dialect with a few of its values replaced by anything at all."""
    whole = json.loads(payload(draw(st.sampled_from(NAMES))))
    for _ in range(draw(st.integers(1, 3))):
        _bend(whole, draw)
    return json.dumps(whole).encode()


def _bend(node: Any, draw: st.DrawFn) -> None:
    while True:
        places = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not places:
            return
        place = draw(st.sampled_from(places))
        if not isinstance(node[place], dict | list) or not node[place] or draw(st.booleans()):
            node[place] = draw(trees)
            return
        node = node[place]


@st.composite
def cut_payloads(draw: st.DrawFn) -> bytes:
    """A real webhook with some bytes lost or changed on the way."""
    body = bytearray(payload(draw(st.sampled_from(NAMES))))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        body[start : start + draw(st.integers(0, 5))] = draw(st.binary(max_size=5))
    return bytes(body)


bodies = bent_payloads() | cut_payloads() | trees.map(lambda tree: json.dumps(tree).encode()) | st.binary(max_size=300)
header_values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=80).map(str.strip)


@FUZZED
@given(body=bodies)
def test_no_body_is_our_fault(door: Door, body: bytes):
    answer = door.post(body)

    assert answer.status_code in EXPECTED, answer.text


@FUZZED
@given(
    body=bodies,
    proof=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("X_Signature", "X_Timestamp", "X_Webhook_Token", "Content_Type"), header_values)
    ),
)
def test_no_header_is_our_fault_nor_a_way_in(door: Door, body: bytes, proof: dict[str, str]):
    answer = door.post(body, **proof)

    assert answer.status_code in EXPECTED, answer.text
    if {"X_Signature", "X_Timestamp"} & set(proof):
        assert answer.status_code != 202


async def test_whatever_was_accepted_can_be_read(door: Door):
    """Last in this file: the envelopes of all the stories before it are waiting."""
    door.house.start("relay", "worker")

    await door.house.until(
        "select 1 where not exists (select from envelopes where state = 'kept')", tenant=door.line.tenant
    )

    assert await door.house.rows(
        "select count(*) from envelopes where state = 'unreadable'", tenant=door.line.tenant
    ) == [{"count": 0}]
    dead = "select args, last_error from public.jobs where actor = 'intake.read' and state = 'dead'"
    assert await door.house.rows(dead) == []

"""Whatever arrives, reading answers with our words or with one refusal, quickly, and makes up no telephone."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from time import perf_counter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adapters.whaticket.inbound import UnreadableWebhook, read
from adapters.whaticket.reasons import REASONS
from adapters.whaticket.stripping import strip_secrets
from domain.conversations.inbound import Ignored, Inbound, InboundMessage
from tests.builders.whaticket_payloads import NAMES, payload

SAMPLES = [json.loads(payload(name)) for name in NAMES]


def names_within(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(names_within, value.values()))
    return set().union(*map(names_within, value)) if isinstance(value, list) else set()


def leaves_within(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves_within(item)]
    return [leaf for item in value for leaf in leaves_within(item)] if isinstance(value, list) else [value]


known_names = st.sampled_from(sorted(names_within(SAMPLES)))
telling_values = st.sampled_from(
    [
        "553187654321",
        "123456789012345@lid",
        "5511999990000:7@c.us",
        "120363025246125016@g.us",
        "status@broadcast",
        "@lid",
        "a@s.whatsapp.net",
        "\x00",
        {"type": "Buffer", "data": [1, 300]},
        {"low": -1, "high": 2**40},
        {"low": 1716300000, "high": 0},
        10**18,
        -1,
        1e308,
        "x" * 9_000,
    ]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | telling_values
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(known_names | st.text(max_size=8), inner, max_size=5),
    max_leaves=12,
)


@st.composite
def mutated_samples(draw: st.DrawFn) -> Any:
    """A sample in which up to four branches were replaced, dropped or added."""
    whole = deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 4))):
        node = whole
        while isinstance(node, dict) and node:
            name = draw(st.sampled_from(sorted(node)))
            if isinstance(node[name], dict) and draw(st.booleans()):
                node = node[name]
                continue
            match draw(st.sampled_from(["replace", "drop", "add"])):
                case "replace":
                    node[name] = deepcopy(draw(anything))
                case "drop":
                    del node[name]
                case _:
                    node[draw(known_names)] = deepcopy(draw(anything))
            break
    return whole


def readings(body: bytes) -> Inbound | str:
    try:
        return read(body)
    except UnreadableWebhook as refusal:
        return f"{refusal} at {refusal.field}"


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def postgres_takes(text: str | None) -> bool:
    return text is None or not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes):
    assert readings(body)


@given(anything)
def test_any_json_is_read_or_refused(value: Any):
    assert readings(as_json(value))


@given(mutated_samples())
def test_a_damaged_sample_is_read_or_refused_and_safe_to_store(sample: Any):
    inbound = readings(as_json(sample))

    if isinstance(inbound, Ignored):
        assert inbound.reason in REASONS
    if isinstance(inbound, InboundMessage):
        assert postgres_takes(inbound.text)
        assert postgres_takes(inbound.name)
        assert len(inbound.text) <= 8_000
        assert len(inbound.chat.address) <= 40
        assert re.fullmatch(r"[0-9]+@[a-z.]+", inbound.chat.address)
        assert inbound.external_id is None or re.fullmatch(r"[!-~]{1,200}", inbound.external_id)


@given(mutated_samples())
def test_a_telephone_always_stands_in_the_payload_and_never_only_as_a_hidden_id(sample: Any):
    inbound = readings(as_json(sample))
    assume(not isinstance(inbound, str | Ignored) and inbound.chat.phone is not None)
    assert not isinstance(inbound, str | Ignored)
    assert inbound.chat.phone is not None

    digits = inbound.chat.phone.value[1:]
    forms = {digits, digits[:4] + digits[5:]} if digits.startswith("55") else {digits}
    shown = [re.sub(r"[+ ().\-\u00a0]", "", str(leaf)) for leaf in leaves_within(sample)]
    assert any(re.match(rf"(00)?{form}(?![0-9])", leaf) and "lid" not in leaf for form in forms for leaf in shown)


@given(mutated_samples())
def test_a_webhook_reads_the_same_after_its_secrets_are_stripped(sample: Any):
    body = as_json(sample)
    try:
        stripped = strip_secrets(body)
    except UnreadableWebhook:
        assert isinstance(readings(body), str)
        return

    assert readings(stripped) == readings(body)
    assert strip_secrets(stripped) == stripped


def deep(depth: int) -> dict[str, Any]:
    message: dict[str, Any] = {"conversation": "oi"}
    for _ in range(depth):
        message = {"ephemeralMessage": {"message": message}}
    return {"message": message, "number": "5511999999999"}


HOSTILE = {
    "long text": {"message": {"conversation": "a\x00" * 50_000}, "number": "5511999999999"},
    "long number": {"message": {"conversation": "oi"}, "number": "5" * 100_000},
    "separators for a number": {"message": {"conversation": "oi"}, "number": "+(-" * 33_000},
    "long address": {"key": {"remoteJid": "5:" * 50_000 + "@lid"}, "message": {"conversation": "oi"}},
    "long id": {"key": {"remoteJid": "5511999990000@s.whatsapp.net", "id": "A" * 100_000}, "message": {}},
    "many keys": {"message": {f"k{n}": {} for n in range(8_000)}, "number": "5511999999999"},
    "spaces in a name": {
        "key": {"remoteJid": "5511999990000@s.whatsapp.net"},
        "pushName": " \n" * 50_000,
        "message": {"conversation": "oi"},
    },
    "vcard of almost numbers": {
        "message": {"contactMessage": {"displayName": "x", "vcard": "waid=123456" * 9_000}},
        "number": "5511999999999",
    },
    "many contacts": {
        "message": {"contactsArrayMessage": {"contacts": [{"vcard": "FN:" * 10}] * 3_000}},
        "number": "5511999999999",
    },
    "key of many bytes": {
        "message": {"audioMessage": {"url": "https://mmg.whatsapp.net/x", "mediaKey": {"data": [1] * 40_000}}},
        "number": "5511999999999",
    },
    "parameters that are deep": {
        "message": {"interactiveResponseMessage": {"nativeFlowResponseMessage": {"paramsJson": '{"a":' * 1_500}}},
        "number": "5511999999999",
    },
    "parts of an envelope": {"chamadoId": 1, "sender": "5511999990000", "mensagem": [{"text": "a"}] * 7_000},
    "wrappers in wrappers": deep(400),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hundred_hostile_kilobytes_take_less_than_a_second(name: str):
    body = as_json(HOSTILE[name])

    begin = perf_counter()
    assert readings(body)
    read_in = perf_counter() - begin

    assert read_in < 1


def test_wrappers_beyond_the_fifth_are_not_followed():
    assert readings(as_json(deep(5))) == readings(as_json(deep(0)))
    assert readings(as_json(deep(6))) != readings(as_json(deep(0)))

"""What a contact says reaches the webhook as its family really posts it: body, proof, gates, repeats and disorder."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from adapters.whaticket.dialects import WhaticketDialects
from adapters.whaticket.reasons import REVOKE
from ops.sandbox.handle import Whaticket
from tests.integration.sandbox.listener import Listener

PHONE = "5511987654321"


def marks(body: dict[str, Any]) -> set[str]:
    return set(body)


@pytest.mark.parametrize(
    ("family", "keys", "text_at", "id_at"),
    [
        ("baileys", {"key", "messageTimestamp", "pushName", "broadcast", "message"}, ("message", "conversation"), ("key", "id")),
        ("baileys-wrapped", {"message"}, ("message", "message", "conversation"), ("message", "key", "id")),
        ("seeds", {"message", "number"}, ("message", "conversation"), None),
        ("wwebjs", {"message", "ticket", "contact", "whatsappId", "queueId"}, ("message", "body"), ("message", "id", "id")),
        (
            "events",
            {"event", "timestamp", "connectionId", "connectionName", "connectionNumber", "data"},
            ("data", "body"),
            ("data", "messageId"),
        ),
        (
            "envelope",
            {
                "filaescolhida", "filaescolhidaid", "mensagem", "sender", "chamadoId", "acao", "name", "companyId",
                "defaultWhatsapp_x", "fromMe", "queueId", "isGroup", "ticketData",
            },
            ("mensagem",),
            None,
        ),
        ("flow-node", {"ticket", "contact", "flowExecution", "company"}, ("ticket", "lastMessage"), None),
    ],
)  # fmt: skip
async def test_each_family_posts_its_own_body(
    whaticket: Whaticket, listener: Listener, family: str, keys: set[str], text_at: tuple[str, ...], id_at: Any
):
    line = await whaticket.open(family=family, webhook_url=listener.url)
    said = await whaticket.say(line.id, PHONE, "Bom dia", name="Ana")

    body = listener.received[0].json
    assert marks(body) == keys
    assert at(body, text_at) == "Bom dia"
    assert id_at is None or at(body, id_at) == said.messages[0].id
    assert (said.webhooks[0].status, said.webhooks[0].body) == (202, '{"queued":true}')


def at(body: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        body = body[name]
    return body


async def test_a_signed_webhook_can_be_verified_and_the_other_kinds_cannot(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(webhook_url=listener.url, auth="hmac", secrets=["segredo"], webhook_token="mais")
    for signature in ("valid", "wrong", "stale", "future", "missing"):
        await whaticket.say(line.id, PHONE, "Oi", signature=signature)

    verdicts = [judged(one.headers, one.body) for one in listener.received]
    assert verdicts == [(True, True), (False, True), (True, False), (True, False), (False, False)]
    assert listener.received[0].headers["x-webhook-token"] == "mais"


def judged(headers: dict[str, str], body: bytes) -> tuple[bool, bool]:
    """Whether the signature is right, and whether its time is near enough."""
    stamp = headers.get("x-timestamp", "0")
    wanted = hmac.new(b"segredo", f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return headers.get("x-signature") == wanted, abs(time.time() - int(stamp)) <= 300


async def test_header_path_and_flow_prove_themselves_in_their_way(whaticket: Whaticket, listener: Listener):
    by_header = await whaticket.open(webhook_url=listener.url, auth="header", secrets=["s1"])
    by_path = await whaticket.open(webhook_url=f"{listener.url}/{{secret}}", auth="path", secrets=["s2"])
    by_flow = await whaticket.open(webhook_url=listener.url, auth="flow", family="flow-node", secrets=["s3"])
    for line in (by_header, by_path, by_flow):
        await whaticket.say(line.id, PHONE, "Oi")

    header, path, flow = listener.received
    assert header.headers["x-n8n-api-key"] == "s1"
    assert path.path == "/webhook/s2"
    assert flow.headers["x-signature"] == hmac.new(b"s3", flow.body, hashlib.sha256).hexdigest()


async def test_one_message_can_arrive_several_times_at_once(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(webhook_url=listener.url)
    said = await whaticket.say(line.id, PHONE, "Oi", times=5)
    await whaticket.replay(line.id, said.messages[0].id, times=2)

    assert {one.json["key"]["id"] for one in listener.received} == {said.messages[0].id}
    assert len(listener.received) == 7
    assert len((await whaticket.messages(line.id)).messages) == 1


async def test_fragments_arrive_in_the_order_asked_for_with_the_times_they_were_said(
    whaticket: Whaticket, listener: Listener
):
    line = await whaticket.open(webhook_url=listener.url)
    await whaticket.say(line.id, PHONE, fragments=["um", "dois", "três"], order=[2, 0, 1])

    came = [(one.json["message"]["conversation"], one.json["messageTimestamp"]) for one in listener.received]
    assert [text for text, _ in came] == ["três", "um", "dois"]
    assert [text for text, _ in sorted(came, key=lambda one: one[1])] == ["um", "dois", "três"]


async def test_an_old_message_tells_its_age(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(webhook_url=listener.url)
    await whaticket.say(line.id, PHONE, "Oi", age_seconds=7200)

    assert 7190 < time.time() - listener.received[0].json["messageTimestamp"] < 7230


@pytest.mark.parametrize(
    ("more", "gate"),
    [
        ({"text": "#"}, "menu"),
        ({"group": "120363000000000000@g.us"}, "group"),
        ({"kind": "status"}, "status"),
        ({"kind": "poll"}, "type"),
        ({"kind": "revoke"}, "type"),
        ({"wrapper": "view_once_v2"}, "type"),
        ({"from_me": True}, "from me"),
    ],
)
async def test_a_raw_baileys_fork_keeps_these_to_itself(
    whaticket: Whaticket, listener: Listener, more: dict[str, Any], gate: str
):
    line = await whaticket.open(webhook_url=listener.url)
    said = await whaticket.say(line.id, PHONE, **{"text": "Oi"} | more)

    assert [one.silent for one in said.webhooks] == [gate]
    assert listener.received == []


async def test_a_person_on_the_ticket_silences_the_webhook_until_it_is_given_back(
    whaticket: Whaticket, listener: Listener
):
    line = await whaticket.open(webhook_url=listener.url)
    await whaticket.say(line.id, PHONE, "Oi")
    answered = await whaticket.staff(line.id, PHONE, "say", text="Aqui é a Carla")
    during = await whaticket.say(line.id, PHONE, "Que bom")
    await whaticket.staff(line.id, PHONE, "release")
    after = await whaticket.say(line.id, PHONE, "E agora?")

    assert (answered.ticket["status"], answered.ticket["user"]["name"]) == ("open", "Carla")
    assert during.webhooks[0].silent == "person"
    assert after.webhooks[0].status == 202


@pytest.mark.parametrize("family", ["wwebjs", "events", "envelope", "whazing"])
async def test_families_that_show_it_tell_of_staff_and_of_our_own_sends(
    whaticket: Whaticket, listener: Listener, family: str
):
    line = await whaticket.open(family=family, webhook_url=listener.url, profile="saas-classic")
    await whaticket.say(line.id, PHONE, "Oi")
    await whaticket.staff(line.id, PHONE, "say", text="Do celular", via="phone")
    async with httpx2.AsyncClient(base_url=whaticket.base_url(line.id), trust_env=False) as http:
        headers = {"Authorization": f"Bearer {line.token}"}
        await http.post("/api/messages/send", json={"number": PHONE, "body": "Da assistente"}, headers=headers)

    bodies = [one.json for one in await listener.wait_for(3)]
    shown = [body.get("data") or body.get("message") or body for body in bodies]
    assert [one["fromMe"] for one in shown] == [False, True, True]


@pytest.mark.parametrize("family", ["wwebjs", "events"])
async def test_a_message_taken_back_is_nothing_to_answer(whaticket: Whaticket, listener: Listener, family: str):
    line = await whaticket.open(family=family, webhook_url=listener.url, profile="press-ticket")
    await whaticket.say(line.id, PHONE, kind="revoke")

    [came] = await listener.wait_for(1)
    assert WhaticketDialects().read(came.body) == REVOKE


async def test_a_ticket_that_moves_is_told_by_whapiv4(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(profile="whapiv4", webhook_url=listener.url)
    await whaticket.say(line.id, PHONE, "Oi")
    await whaticket.staff(line.id, PHONE, "take")
    await whaticket.staff(line.id, PHONE, "close")

    events = [(one.headers["x-webhook-event"], one.json["data"].get("newUserId")) for one in await listener.wait_for(3)]
    assert events == [("message_received", None), ("ticket_updated", 2), ("ticket_closed", 2)]


async def test_a_hidden_id_comes_with_or_without_the_number_behind_it(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(webhook_url=listener.url, baileys="7")
    await whaticket.say(line.id, PHONE, "Oi", lid="99887766554433@lid")
    await whaticket.say(line.id, PHONE, "Oi", lid="99887766554433@lid", with_pn=True)

    bare, told = (one.json["key"] for one in listener.received)
    assert (bare["remoteJid"], "remoteJidAlt" in bare) == ("99887766554433@lid", False)
    assert told["remoteJidAlt"] == f"{PHONE}@s.whatsapp.net"


async def test_a_voice_note_can_be_fetched_and_decrypted_with_its_key(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(webhook_url=listener.url)
    spoken = b"OggS something short"
    await whaticket.say(line.id, PHONE, kind="audio", media={"data": base64.b64encode(spoken).decode(), "seconds": 3})

    audio = listener.received[0].json["message"]["audioMessage"]
    async with httpx2.AsyncClient(trust_env=False) as http:
        blob = (await http.get(audio["url"])).content
    assert decrypted(blob, base64.b64decode(audio["mediaKey"])) == spoken
    assert base64.b64encode(hashlib.sha256(spoken).digest()).decode() == audio["fileSha256"]
    assert (audio["seconds"], audio["ptt"], audio["fileLength"]) == (3, True, str(len(spoken)))


def decrypted(blob: bytes, key: bytes) -> bytes:
    derived = HKDF(SHA256(), 112, salt=None, info=b"WhatsApp Audio Keys").derive(key)
    content, mac = blob[:-10], blob[-10:]
    assert hmac.digest(derived[48:80], derived[:16] + content, "sha256")[:10] == mac
    decryptor = Cipher(algorithms.AES(derived[16:48]), modes.CBC(derived[:16])).decryptor()
    padded = decryptor.update(content) + decryptor.finalize()
    return padded[: -padded[-1]]


async def test_nobody_at_home_is_told_apart_from_an_answer(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(webhook_url="http://127.0.0.1:9/")
    said = await whaticket.say(line.id, PHONE, "Oi")

    assert said.webhooks[0].status is None
    assert "ConnectError" in (said.webhooks[0].error or "")


async def test_anything_at_all_can_be_posted(whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(webhook_url=listener.url, auth="hmac", secrets=["segredo"])
    await whaticket.post(line.id, raw="{not json", headers={"X-More": "1"})

    (came,) = listener.received
    assert (came.body, came.headers["x-more"], judged(came.headers, came.body)) == (b"{not json", "1", (True, True))

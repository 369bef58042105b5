"""The plain build: Flask under gunicorn, the same signature and rate limit, and an RQ worker.

Its 202 says that Redis has the job in memory: it is not durable. Web: `gunicorn ops.load.peers.flask_rq:app`;
worker: `rq worker --url $PEER_REDIS_URL`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import time
import urllib.request

import redis
from flask import Flask, Response, request
from rq import Queue

SECRET = os.environ.get("PEER_SECRET", "").encode()
OUTSIDE = os.environ.get("PEER_OUTSIDE_URL", "")
LIMIT_PER_MINUTE = 1_000_000

app = Flask(__name__)
connection = redis.Redis.from_url(os.environ.get("PEER_REDIS_URL", "redis://127.0.0.1:6379/0"))
queue = Queue(connection=connection)


@app.post("/webhook/whaticket")
def webhook() -> Response:
    raw = request.get_data()
    stamp = request.headers.get("X-Timestamp", "0")
    expected = hmac.new(SECRET, f"{stamp}.".encode() + raw, hashlib.sha256).hexdigest()
    if abs(time.time() - int(stamp)) > 300 or not hmac.compare_digest(expected, request.headers.get("X-Signature", "")):
        return answer(401, {"detail": "invalid signature"})
    payload = json.loads(raw)
    number = payload["key"]["remoteJid"].partition("@")[0]
    if over_the_limit(number):
        return answer(429, {"detail": "rate limited"})
    queue.enqueue(reply, number, payload["message"]["conversation"])
    return answer(202, {"queued": True})


def answer(status: int, body: dict[str, object]) -> Response:
    return Response(json.dumps(body), status=status, content_type="application/json")


def over_the_limit(number: str) -> bool:
    key = f"rate:{number}:{int(time.time()) // 60}"
    with connection.pipeline(transaction=False) as pipe:
        pipe.incr(key)
        pipe.expire(key, 120)
        count, _ = pipe.execute()
    return int(count) > LIMIT_PER_MINUTE


def reply(number: str, text: str) -> None:
    """The RQ job: ask the model, send its answer."""
    asked = call("/v1beta/models/plain:generateContent", {"contents": [{"role": "user", "parts": [{"text": text}]}]})
    words = asked["candidates"][0]["content"]["parts"][0]["text"]
    call("/api/messages/send", {"number": number, "body": words})


def call(path: str, body: dict[str, object]) -> dict[str, list[dict[str, dict[str, list[dict[str, str]]]]]]:
    asking = urllib.request.Request(
        OUTSIDE + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asking, timeout=15) as answered:
        decoded: dict[str, list[dict[str, dict[str, list[dict[str, str]]]]]] = json.loads(answered.read())
    return decoded

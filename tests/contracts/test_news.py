"""What every teller of news does, the fake and the one that calls; and what only a real call can meet on its way."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
import msgspec
import pytest
from standardwebhooks import Webhook

from adapters.webhooks.sender import SignedNews
from application.quotas.ports import Delivered, Endpoint, News, NewsSender
from tests.fakes.billing import FakeNews

SECRET = "whsec_" + "c2VjcmV0LW9mLXRoZS1jb21wYW55LWl0c2VsZiE="
AT = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
REACHED = News("news-1", "quota.reached", AT, {"company": 7, "threshold": 80})


@dataclass
class Listener:
    """A company's own system over real HTTP: it answers what it is told to, and keeps what came."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def endpoint(self, path: str = "/news") -> Endpoint:
        return Endpoint(self.url + path, SECRET)


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            listener.heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, headers, said = listener.answers.get(self.path, (204, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            """Nothing on the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield listener
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def real() -> AsyncIterator[SignedNews]:
    async with httpx2.AsyncClient(trust_env=False) as http:
        yield SignedNews(http, lambda: AT, seconds=5.0)


@pytest.fixture(params=["fake", "http"])
def sender(request: pytest.FixtureRequest, real: SignedNews) -> NewsSender:
    return FakeNews() if request.param == "fake" else real


async def test_news_arrive(sender: NewsSender, listener: Listener):
    delivered = await sender.send(listener.endpoint(), REACHED)

    assert delivered.outcome == "delivered"
    assert delivered.status is not None
    assert 200 <= delivered.status < 300
    assert delivered.seconds >= 0


@pytest.mark.parametrize("status", [301, 400, 410, 500, 503])
async def test_a_no_is_told_as_a_no(sender: NewsSender, listener: Listener, status: int):
    listener.answers["/news"] = (status, {"location": f"{listener.url}/elsewhere"}, b"")
    if isinstance(sender, FakeNews):
        sender.script.append(Delivered("refused", status, 0.01))

    delivered = await sender.send(listener.endpoint(), REACHED)

    assert (delivered.outcome, delivered.status) == ("refused", status)
    assert "/elsewhere" not in [path for path, *_ in listener.heard]


async def test_nobody_there_is_told_and_never_raised(sender: NewsSender):
    if isinstance(sender, FakeNews):
        sender.script.append(Delivered("unreachable", None, 0.01))

    delivered = await sender.send(Endpoint("http://127.0.0.1:9/news", SECRET), REACHED)

    assert (delivered.outcome, delivered.status) == ("unreachable", None)


async def test_what_arrives_is_proven_by_a_kept_library_and_says_what_happened(real: SignedNews, listener: Listener):
    moment = datetime.now(UTC)
    now = SignedNews(real.http, lambda: moment)

    await now.send(listener.endpoint(), REACHED)
    await now.send(listener.endpoint(), REACHED)

    (_, headers, body), (_, again, _) = listener.heard
    Webhook(SECRET).verify(body, headers)
    assert msgspec.json.decode(body) == {
        "type": "quota.reached",
        "timestamp": "2026-11-20T12:30:00Z",
        "data": {"company": 7, "threshold": 80},
    }
    assert headers["webhook-id"] == again["webhook-id"] == "news-1"


async def test_an_answer_without_end_is_not_listened_to(real: SignedNews, listener: Listener):
    listener.answers["/news"] = (200, {}, b"x" * 3_000_000)

    assert (await real.send(listener.endpoint(), REACHED)).outcome == "delivered"


@pytest.mark.parametrize("url", ["http://[", "ftp://127.0.0.1/news", "http://127.0.0.1:99999/", "nowhere"])
async def test_an_address_that_is_none_is_unreachable(real: SignedNews, url: str):
    assert (await real.send(Endpoint(url, SECRET), REACHED)).outcome == "unreachable"

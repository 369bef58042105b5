"""The control APIs as Python: one method per call, answers as the records the services themselves keep."""

from __future__ import annotations

import time
from typing import Any, Self, TypeVar

import httpx2
import msgspec

from ops.sandbox.gemini.records import Call, ModelFault
from ops.sandbox.whaticket.records import ApiCall, ChannelFault, Connection, Contact, Message, WebhookCall

T = TypeVar("T")
FAR_LONGER_THAN_ANY_WAIT = 90.0


class ControlError(RuntimeError):
    """The control API refused; the message is its own."""


class Said(msgspec.Struct):
    """What a contact said, and how its webhooks were answered."""

    messages: list[Message]
    webhooks: list[WebhookCall]


class StaffDone(msgspec.Struct):
    ticket: dict[str, Any]
    message: Message | None
    webhooks: list[WebhookCall]


class Messages(msgspec.Struct):
    """`last` is the `seq` to go on from."""

    messages: list[Message]
    last: int


class WebhookCalls(msgspec.Struct):
    webhooks: list[WebhookCall]
    last: int


class ApiCalls(msgspec.Struct):
    requests: list[ApiCall]
    last: int


class Calls(msgspec.Struct):
    requests: list[Call]
    last: int


class Control:
    """What both clients share: a URL and a way to ask."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx2.AsyncClient(base_url=self.url, timeout=FAR_LONGER_THAN_ANY_WAIT, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, wanted: type[T], method: str, path: str, body: object = None, **query: object) -> T:
        """One control call. Raises ControlError for anything but success."""
        given: dict[str, Any] = {name: value for name, value in query.items() if value is not None}
        content = msgspec.json.encode(body) if body is not None else None
        headers = {"Content-Type": "application/json"}
        response = await self._http.request(method, f"/_sandbox{path}", content=content, headers=headers, params=given)
        if not response.is_success:
            raise ControlError(f"{method} {path}: {response.status_code} {response.text}")
        return msgspec.json.decode(response.content, type=wanted)

    async def stats(self) -> dict[str, Any]:
        return await self.ask(dict[str, Any], "GET", "/stats")

    async def set_latency(self, milliseconds: float) -> None:
        await self.ask(dict[str, Any], "PATCH", "/settings", {"latency_ms": milliseconds})

    async def reset(self) -> None:
        await self.ask(dict[str, Any], "POST", "/reset", {})


class Whaticket(Control):
    """Plays the people at both ends of the sandboxed Whaticket. Fields in `more` are those of the package docstring."""

    def base_url(self, connection: str) -> str:
        """What a company would enter as its Whaticket's address."""
        return f"{self.url}/c/{connection}"

    async def open(self, **fields: object) -> Connection:
        return await self.ask(Connection, "POST", "/connections", fields)

    async def connection(self, id: str) -> Connection:
        return await self.ask(Connection, "GET", f"/connections/{id}")

    async def change(self, connection: str, **fields: object) -> Connection:
        return await self.ask(Connection, "PATCH", f"/connections/{connection}", fields)

    async def close(self, connection: str) -> None:
        await self.ask(dict[str, Any], "DELETE", f"/connections/{connection}")

    async def say(self, connection: str, phone: str, text: str = "", **more: object) -> Said:
        body = {"phone": phone, "text": text} | more
        return await self.ask(Said, "POST", f"/connections/{connection}/say", body)

    async def replay(self, connection: str, message_id: str, **more: object) -> Said:
        body = {"message_id": message_id} | more
        return await self.ask(Said, "POST", f"/connections/{connection}/replay", body)

    async def post(self, connection: str, **posting: object) -> WebhookCall:
        """Post anything at all to the webhook."""
        said = await self.ask(Said, "POST", f"/connections/{connection}/post", posting)
        return said.webhooks[0]

    async def staff(self, connection: str, phone: str, action: str, **more: object) -> StaffDone:
        body = {"phone": phone, "action": action} | more
        return await self.ask(StaffDone, "POST", f"/connections/{connection}/staff", body)

    async def messages(self, connection: str | None = None, **query: object) -> Messages:
        """Query: contact, direction, after, wait, limit."""
        path = f"/connections/{connection}/messages" if connection else "/messages"
        return await self.ask(Messages, "GET", path, **query)

    async def await_messages(
        self, connection: str, contact: str | None = None, *, direction: str = "out", count: int = 1,
        after: int = 0, seconds: float = 15.0,
    ) -> list[Message]:  # fmt: skip
        """The first `count` messages after `after`, awaited; raises TimeoutError with what did come."""
        until, found = time.monotonic() + seconds, list[Message]()
        while len(found) < count:
            left = until - time.monotonic()
            if left <= 0:
                came = [one.text for one in found]
                raise TimeoutError(f"{len(found)} of {count} {direction} messages in {seconds} s: {came}")
            page = await self.messages(connection, contact=contact, direction=direction, after=after, wait=left)
            found, after = found + page.messages, page.last
        return found

    async def webhooks(self, connection: str, **query: object) -> WebhookCalls:
        return await self.ask(WebhookCalls, "GET", f"/connections/{connection}/webhooks", **query)

    async def requests(self, connection: str, **query: object) -> ApiCalls:
        """What the send and panel APIs were asked."""
        return await self.ask(ApiCalls, "GET", f"/connections/{connection}/requests", **query)

    async def tickets(self, connection: str) -> list[dict[str, Any]]:
        answer = await self.ask(dict[str, list[dict[str, Any]]], "GET", f"/connections/{connection}/tickets")
        return answer["tickets"]

    async def contacts(self, connection: str) -> list[Contact]:
        answer = await self.ask(dict[str, list[Contact]], "GET", f"/connections/{connection}/contacts")
        return answer["contacts"]

    async def plant(self, connection: str, kind: str, **more: object) -> ChannelFault:
        """Plant a fault; `count` None (the default) leaves it until removed."""
        path = f"/connections/{connection}/faults"
        answer = await self.ask(dict[str, ChannelFault], "POST", path, {"kind": kind} | more)
        return answer["fault"]

    async def faults(self, connection: str) -> list[ChannelFault]:
        answer = await self.ask(dict[str, list[ChannelFault]], "GET", f"/connections/{connection}/faults")
        return answer["faults"]

    async def clear_faults(self, connection: str) -> None:
        await self.ask(dict[str, Any], "DELETE", f"/connections/{connection}/faults")

    async def expire_sessions(self, connection: str) -> None:
        await self.ask(dict[str, Any], "POST", f"/connections/{connection}/expire-sessions")


class Gemini(Control):
    """Writes the model's script and reads what it was asked."""

    async def script(self, *answers: dict[str, Any] | str) -> None:
        """The next answers, in order; a text stands for `{"text": ...}`."""
        told = [{"text": one} if isinstance(one, str) else one for one in answers]
        await self.ask(dict[str, Any], "POST", "/script", {"answers": told})

    async def when(self, pattern: str, answer: dict[str, Any] | str, **more: object) -> None:
        """Answer so whenever `pattern` is found in the last user text."""
        told = {"text": answer} if isinstance(answer, str) else answer
        await self.ask(dict[str, Any], "POST", "/script", {"when": pattern, "answer": told} | more)

    async def script_left(self) -> dict[str, Any]:
        return await self.ask(dict[str, Any], "GET", "/script")

    async def clear_script(self) -> None:
        await self.ask(dict[str, Any], "DELETE", "/script")

    async def plant(self, kind: str, **more: object) -> ModelFault:
        """Plant a fault; `count` None (the default) leaves it until removed."""
        answer = await self.ask(dict[str, ModelFault], "POST", "/faults", {"kind": kind} | more)
        return answer["fault"]

    async def faults(self) -> list[ModelFault]:
        return (await self.ask(dict[str, list[ModelFault]], "GET", "/faults"))["faults"]

    async def clear_faults(self) -> None:
        await self.ask(dict[str, Any], "DELETE", "/faults")

    async def requests(self, **query: object) -> Calls:
        """Query: after, wait, limit."""
        return await self.ask(Calls, "GET", "/requests", **query)

    async def forget_requests(self) -> None:
        await self.ask(dict[str, Any], "DELETE", "/requests")

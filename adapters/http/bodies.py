"""How a JSON body becomes what a route asks for: read once, taken at its word, and its faults named as the caller wrote them."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException
from litestar.status_codes import HTTP_415_UNSUPPORTED_MEDIA_TYPE
from litestar.types import Empty

from domain.shared.errors import Invalid

JSON: Final = re.compile(r"application/(?:[\w.-]+\+)?json", re.IGNORECASE)
WRITTEN: Final = "written"
PLACE: Final = re.compile(r" - at `\$\.?(.*)`$")
ABSENT: Final = re.compile(r"Object missing required field `(.+)`")
UNKNOWN: Final = re.compile(r"Object contains unknown field `(.+)`", re.DOTALL)
STRANGE: Final = re.compile(r"Invalid (?:enum )?value .*", re.DOTALL)
PLAIN: Final = re.compile(r"[\w.-]{1,64}")
"""Of what a caller wrote nothing else is said back, or to a log."""


class WrittenRequest(Request[Any, Any, State]):
    """For `Litestar(request_class=...)`. Litestar itself would take "30" for 30, and a number for a time."""

    async def json(self) -> Any:  # noqa: ANN401 - what the route asks for
        """Raises Invalid that names the field; ClientException for what is no JSON, HTTPException for another type."""
        if self._json is Empty:
            kind = self.headers.get("content-type", "application/json").partition(";")[0].strip()
            if not JSON.fullmatch(kind):
                raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
            wanted = self.route_handler.parsed_data_field
            self._json = decoded(await self.body(), Any if wanted is None else wanted.annotation)
            self.scope["state"][WRITTEN] = self._json
        return self._json


def word_for(request: Request[Any, Any, Any], about: str) -> str | None:
    """What the caller called it, if they named it at all: in the query, or in the body as one of it or as several."""
    written = request.scope.get("state", {}).get(WRITTEN)
    for word in (about, f"{about}s"):
        if word in request.query_params or getattr(written, word, None):
            return word
    return None


def decoded(body: bytes, wanted: Any) -> Any:  # noqa: ANN401 - a type, and what is of it
    try:
        msgspec.json.decode(body, type=msgspec.Raw)  # all of it is JSON, before anything is said about its shape
        return msgspec.json.decode(body, type=wanted)
    except msgspec.ValidationError as error:
        raise _told(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ClientException("not JSON, or nested too deeply") from None


def _told(fault: str) -> Invalid:
    """`$.client` and "missing required field `phone`" are the caller's `client.phone`."""
    place = PLACE.search(fault)
    inside, words = (place[1], fault[: place.start()]) if place else ("", fault)
    for pattern, said in ((ABSENT, "needed, and not given"), (UNKNOWN, "there is no such field here")):
        if named := pattern.fullmatch(words):
            name = named[1] if PLAIN.fullmatch(named[1]) else ""
            return Invalid(said, field=".".join(filter(None, (inside, name))) or None)
    return Invalid("none of the words known here" if STRANGE.fullmatch(words) else words, field=inside or None)

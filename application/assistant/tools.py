"""What the model may do besides talking: tools that it names, that we use, and whose results it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Tool:
    """`parameters` is a JSON Schema of an object; both texts are for the model, in Portuguese."""

    name: str
    description: str
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"type": "object", "properties": {}})


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model asks for. Nothing in `args` is to be believed: the model only repeats what people write to it."""

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ToolResult:
    """`told` goes to the model as JSON."""

    call: ToolCall
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One time that the model called and was told. `said` is its part of the talk, untouched, for the model that said it."""

    said: object
    results: Sequence[ToolResult]


class Toolbox(Protocol):
    """The tools for one contact's one turn. Using one twice with the same arguments must do no more than using it once:
    a turn that is taken again after a crash begins anew.
    """

    @property
    def tools(self) -> Sequence[Tool]: ...

    async def use(self, call: ToolCall) -> Mapping[str, Any]:
        """What the model is to know of it, refusals included. Raises Unavailable where trying again may help."""

"""One model and its tools until it has words to send: it calls, we use the tool and tell it, it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Template
from time import monotonic
from typing import Any, Final

from application.assistant.ports import Completion, LanguageModel, ModelUnavailable, Prompt
from application.assistant.tools import Exchange, Toolbox, ToolCall, ToolResult
from domain.assistant.limits import LEAST_USEFUL, Limits
from domain.shared.errors import SecretariaError
from domain.shared.ids import TenantId

TOO_MANY: Final = {"erro": "chamadas demais de uma vez; repita esta se ainda precisar"}
UNKNOWN: Final = {"erro": "esta ferramenta não existe"}
ALREADY_DONE: Final = "Nesta mesma resposta já foi consultado ou feito, não repita:"


NOT_SO: Final = (
    "A resposta que você ia dar não pode ser enviada, porque não confere com a agenda.\n"
    "Resposta: «$said»\nA verdade: $truth\n"
    "Responda de novo à mensagem da pessoa, afirmando apenas o que é verdade, sem falar desta correção."
)


@dataclass(slots=True)
class Consultation:
    """One reply's talk with the models. Every call that was billed goes into `paid`, used or not; what the tools did is in
    `done`, whichever model asked for it.
    """

    model: LanguageModel
    limits: Limits
    tenant: TenantId
    prompt: Prompt
    toolbox: Toolbox | None = None
    seconds: Callable[[], float] = monotonic
    paid: list[Completion] = field(default_factory=list)
    done: list[ToolResult] = field(default_factory=list)

    async def ask(self, model: str, deadline: float) -> Completion:
        """Words of `model`, within `deadline` seconds in all. Raises ModelUnavailable."""
        ends, prompt = self.seconds() + deadline, self._opening()
        for left in range(self.limits.tool_rounds if prompt.tools else 0, -1, -1):
            completion = await self._complete(replace(prompt, only_words=left == 0), model, ends)
            if not completion.calls:
                return completion
            prompt = replace(prompt, exchanges=(*prompt.exchanges, await self._told(completion)))
        raise ModelUnavailable("the model calls tools and says nothing")

    async def say_again(self, said: str, truth: str, model: str, deadline: float) -> Completion:
        """What `model` says once it knows why it may not say that. Raises ModelUnavailable."""
        told = Template(NOT_SO).substitute(said=said, truth=truth)
        self.prompt = replace(self.prompt, system=f"{self.prompt.system}\n\n{told}")
        return await self.ask(model, deadline)

    def _opening(self) -> Prompt:
        """A model that takes over knows what another one did; calls are not handed on, for each model signs its own."""
        tools = self.toolbox.tools if self.toolbox else ()
        if not self.done:
            return replace(self.prompt, tools=tools)
        lines = [f"- {one.call.name} {dict(one.call.args)}: {dict(one.told)}" for one in self.done]
        return replace(self.prompt, tools=tools, system="\n".join((self.prompt.system, ALREADY_DONE, *lines)))

    async def _complete(self, prompt: Prompt, model: str, ends: float) -> Completion:
        left = ends - self.seconds()
        if left < LEAST_USEFUL:
            raise ModelUnavailable("the tools took all the time")
        try:
            completion = await self.model.complete(self.tenant, prompt, model=model, deadline=left)
        except ModelUnavailable as error:
            self.paid.extend(error.paid)
            raise
        self.paid.extend((*completion.wasted, completion))
        return completion

    async def _told(self, completion: Completion) -> Exchange:
        """One after the other: a booking that follows a look at the calendar must come after it."""
        results: list[ToolResult] = []
        for place, call in enumerate(completion.calls):
            told = await self._use(call) if place < self.limits.tool_calls else TOO_MANY
            results.append(ToolResult(call, told))
        self.done.extend(results)
        return Exchange(completion.said, results)

    async def _use(self, call: ToolCall) -> Mapping[str, Any]:
        """Trouble is told, too: the model can say so, or offer something else."""
        known: Sequence[str] = [tool.name for tool in self.toolbox.tools] if self.toolbox else ()
        if self.toolbox is None or call.name not in known:
            return UNKNOWN
        try:
            return await self.toolbox.use(call)
        except SecretariaError as error:
            return {"erro": str(error)}

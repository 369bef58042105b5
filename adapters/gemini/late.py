"""Gemini for a process that seldom asks it: the SDK, a second of CPU and 30 MB, is loaded with the first question.

The API asks for previews and summaries only, and has to be back within seconds after a crash.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

from application.assistant.ports import Completion, LanguageModel, Models, Prompt
from domain.shared.ids import TenantId

MODULE: Final = "adapters.gemini.language_model"


class LateGemini:
    """Satisfies LanguageModel as `Gemini` does, with the same arguments."""

    def __init__(self, models: Models, *, base_url: str | None, **more: Any) -> None:  # noqa: ANN401 - whatever Gemini takes
        self._build: Callable[[Any], Any] = lambda module: module.Gemini(
            models, base_url=base_url or module.GOOGLE, **more
        )
        self._gemini: Any = None
        self._loading = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._gemini is not None:
            await self._gemini.aclose()

    async def complete(self, tenant: TenantId, prompt: Prompt, *, model: str, deadline: float) -> Completion:
        gemini = await self._loaded()
        return await gemini.complete(tenant, prompt, model=model, deadline=deadline)

    async def _loaded(self) -> LanguageModel:
        async with self._loading:
            if self._gemini is None:
                self._gemini = self._build(await asyncio.to_thread(importlib.import_module, MODULE))
        gemini: LanguageModel = self._gemini
        return gemini

"""The model asks for tools, is told, goes on; and whatever it asks for, the contact gets words in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from application.assistant.answer import Answer
from application.assistant.consult import ALREADY_DONE
from application.assistant.ports import ModelUnavailable
from application.assistant.reply import Reply, Rung
from application.assistant.tools import Tool, ToolCall
from domain.assistant.limits import Limits
from domain.shared.errors import Unavailable
from tests.fakes.assistant import FakeLanguageModel, FakeMeasures, FakeModels, Saying
from tests.unit.assistant.test_answer import MAIN, QUESTION, SMALL

AWAY = ModelUnavailable("status 503")
FIND = ToolCall("find_slots", {"quando": "amanhã"}, "fc-1")
BOOK = ToolCall("book", {"slot": "t1"}, "fc-2")


@dataclass
class Desk:
    """Two tools that remember how they were used."""

    told: Mapping[str, Any] = field(default_factory=lambda: {"horarios": ["15h"]})
    used: list[ToolCall] = field(default_factory=list)
    away: bool = False
    tools: Sequence[Tool] = (Tool("find_slots", "Horários livres"), Tool("book", "Marca"))

    async def use(self, call: ToolCall) -> Mapping[str, Any]:
        if self.away:
            raise Unavailable("a agenda não responde agora")
        self.used.append(call)
        return self.told


async def answered(model: FakeLanguageModel, desk: Desk, *, seconds: Callable[[], float] | None = None) -> Reply:
    more = {} if seconds is None else {"seconds": seconds}
    return await Answer(model=model, models=FakeModels(), limits=Limits(), measures=FakeMeasures(), **more)(
        QUESTION, desk
    )


async def test_a_tool_is_used_and_the_model_goes_on_with_what_it_was_told():
    model, desk = FakeLanguageModel({MAIN: [(FIND,), "Amanhã às 15h?"]}), Desk()

    reply = await answered(model, desk)

    assert (reply.text, reply.rung) == ("Amanhã às 15h?", Rung.MODEL)
    assert desk.used == [FIND]
    first, second = [prompt for _, _, prompt, _ in model.asked]
    assert [tool.name for tool in first.tools] == ["find_slots", "book"]
    [exchange] = second.exchanges
    assert exchange.said == ("as", MAIN, "said", (FIND,))
    assert [(one.call, one.told) for one in exchange.results] == [(FIND, desk.told)]
    assert len(reply.completions) == 2


async def test_without_a_toolbox_the_model_is_offered_none_and_its_calls_do_nothing():
    model = FakeLanguageModel({MAIN: (FIND,), SMALL: "Olá!"})

    reply = await Answer(model=model, models=FakeModels(), limits=Limits(), measures=FakeMeasures())(QUESTION)

    assert (reply.text, reply.rung) == ("Olá!", Rung.SMALL)
    assert not model.asked[0][2].tools


async def test_a_tool_that_does_not_exist_and_one_that_is_away_are_told_of():
    unknown = ToolCall("apagar_tudo")
    model, desk = FakeLanguageModel({MAIN: [(unknown, FIND), "Só um momento."]}), Desk(away=True)

    await answered(model, desk)

    told = [result.told["erro"] for result in model.asked[1][2].exchanges[0].results]
    assert told == ["esta ferramenta não existe", "a agenda não responde agora"]
    assert desk.used == []


async def test_too_many_calls_at_once_are_not_all_made():
    model, desk = FakeLanguageModel({MAIN: [(FIND,) * 9, "Pronto."]}), Desk()

    await answered(model, desk)

    assert len(desk.used) == Limits().tool_calls
    assert len(model.asked[1][2].exchanges[0].results) == 9


async def test_in_the_end_the_model_may_only_speak():
    model, desk = FakeLanguageModel({MAIN: [*[(FIND,)] * Limits().tool_rounds, "Falei."]}), Desk()

    reply = await answered(model, desk)

    assert reply.text == "Falei."
    assert [prompt.only_words for _, _, prompt, _ in model.asked] == [False] * Limits().tool_rounds + [True]


async def test_a_model_that_only_calls_leaves_its_turn_to_the_next_one_which_knows_what_was_done():
    model, desk = FakeLanguageModel({MAIN: [(BOOK,), AWAY], SMALL: "Marcado."}), Desk({"marcado": "15h"})

    reply = await answered(model, desk)

    assert (reply.text, reply.rung) == ("Marcado.", Rung.SMALL)
    assert desk.used == [BOOK]
    prompt = model.asked[-1][2]
    assert prompt.exchanges == ()
    assert ALREADY_DONE in prompt.system
    assert "{'marcado': '15h'}" in prompt.system


async def test_tools_that_take_all_the_time_leave_an_answer_without_a_model():
    model, desk = FakeLanguageModel({MAIN: (FIND,), SMALL: (FIND,)}), Desk()

    reply = await answered(model, desk, seconds=lambda: 11.5 * len(desk.used))

    assert reply.rung is Rung.FAQ
    assert len(desk.used) == 2


SAYINGS = st.one_of(
    st.just("Olá!"), st.just(AWAY), st.lists(st.sampled_from([FIND, BOOK, ToolCall("x")]), min_size=1).map(tuple)
)


@given(st.lists(SAYINGS, min_size=1, max_size=30), st.booleans())
async def test_whatever_the_models_ask_for_somebody_is_answered_and_every_call_is_paid(
    script: list[Saying], away: bool
):
    def told(model_script: list[Saying]) -> list[Saying]:
        return [*model_script, *["Olá!"] * 20]

    model, desk = FakeLanguageModel({MAIN: told(script), SMALL: told(script[::-1])}), Desk(away=away)

    reply = await answered(model, desk)

    assert reply.text
    assert 0 <= len(model.asked) - len(reply.completions) <= 2  # a model that fails is asked no more, and bills nothing
    assert len(model.asked) <= 2 * (Limits().tool_rounds + 1)

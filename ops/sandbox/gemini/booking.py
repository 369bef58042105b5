"""The demonstration at the agenda: by simple rules it looks up, offers, asks and books with the tools it was given.

What it says of times and bookings it read in a tool's answer or in the system text, never anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ops.sandbox.gemini import wire
from ops.sandbox.gemini.meant import WITH, after, named, whom
from ops.sandbox.gemini.records import FunctionCall
from ops.sandbox.gemini.spoken import plain
from ops.sandbox.gemini.talk import Talk, may_book, read_talk

Step = FunctionCall | str

YES: Final = re.compile(
    r"^\W*(?:sim|s|isso|pode|claro|ok|confirm\w+|quero|certo|beleza|perfeito|com certeza|👍)\b|^\W*👍"
)
NO: Final = re.compile(r"^\W*(?:nao|n)\b")
BOOK: Final = re.compile(
    r"\b(?:marcar|agendar|agendamento|reservar|encaixe)\b|horario (?:livre|vago|disponivel)|tem (?:vaga|horario)"
)
MOVE: Final = re.compile(
    r"remarc|reagend|\b(?:mud[ae]r?|troc[ae]r?|passa|passar)\b(?: \w+){0,2} (?:pra|para|pro|horario|dia|consulta)\b"
)
CANCEL: Final = re.compile(r"desmarc|cancel")
MINE: Final = re.compile(r"\bmeus? (?:horarios?|agendamentos?)|minhas? consultas?|o que (?:eu )?tenho marcado")
WHEN: Final = re.compile(
    r"\b(?:hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|manha|tarde|noite|semana|almoco|feriado|quanto antes)\b"
    r"|\bdia \d|\d/\d|\b\d{1,2} ?h|\d:\d|mais cedo|o mais rapido"
)
SERVICES: Final = re.compile(r"\b(?:servicos?|procedimentos?|tratamentos?)\b|o que (?:voces )?(?:fazem|oferecem)")
WAIT: Final = re.compile(
    r"(?:lista|fila) de espera|\bavis\w+ (?:se|quando|caso)\b.{0,30}\b(?:abr|vag|surg|desist|aparec)"
)
MINE_WAITING: Final = re.compile(r"\b(?:minha (?:lista|fila)|(?:estou|to) (?:n\w+ )?(?:lista|fila))\b")
LEAVE: Final = re.compile(r"\b(?:sair|saio|tir\w+|remov\w+|cancel\w+)\b")
NUMBER: Final = re.compile(r"^\W*(?:opcao |a |o |numero )?([1-9])\W*$")
ORDINAL: Final = re.compile(r"(?:\b[oa] |^\W*)(primeir[oa]|segundo|terceir[oa]|quarto)\b")
ORDINALS: Final = {"primeir": "1", "segundo": "2", "terceir": "3", "quarto": "4"}
"""A "segunda" is a Monday, and a "quarta" a Wednesday."""
NUMBERED: Final = re.compile(r"^([1-9])\) (.+)$", re.MULTILINE)
CLOCK: Final = re.compile(r"\b(\d{1,2})(?:h|:|hs|horas)\s?(\d{2})?\b|\bas (\d{1,2})\b")

WHICH_SERVICE: Final = "Qual serviço você quer marcar?"
WHICH_TO_WAIT_FOR: Final = "Para qual serviço é a lista de espera?"
WHEN_TO_BOOK: Final = "Para quando você quer marcar "
WHEN_TO_MOVE: Final = "Para quando você quer mudar "
MAY_I_BOOK: Final = "Posso marcar "
MAY_I_MOVE: Final = "Posso mudar o seu horário para "
MAY_I_CANCEL: Final = "Posso cancelar "
WHICH_TO_MOVE: Final = "Qual deles você quer mudar?"
WHICH_TO_CANCEL: Final = "Qual deles você quer cancelar?"
NO_WAIT: Final = "Você não está em nenhuma lista de espera por aqui. Quer entrar em uma?"
NOTHING: Final = "Não encontrei nenhum horário marcado para você por aqui. Quer marcar um?"
SHOWN: Final = 4


def step(body: wire.Json) -> Step | None:
    """A tool to use, or words; None where this is nothing for the agenda."""
    if not may_book(body):
        return None
    talk = read_talk(body)
    if talk.told:
        name, args, answer = talk.told[-1]
        return SPOKEN[name](talk, args, answer) if name in SPOKEN else None
    return _answered(talk) or _wished(talk)


def _answered(talk: Talk) -> Step | None:
    """The message as an answer to what was asked last: "pode ser o primeiro" is a choice before it is a yes."""
    if (picked := _picked(talk)) is not None:
        return picked
    asked = any(ask in talk.said for ask in (MAY_I_BOOK, MAY_I_MOVE, MAY_I_CANCEL))
    if _says_instead(talk):
        return FunctionCall("list_services")
    if YES.search(talk.heard) or (asked and talk.heard.strip() == "1"):
        return _agreed(talk)
    if asked and (NO.search(talk.heard) or talk.heard.strip() == "2"):
        return (
            "Sem problemas! Qual outro dia ou horário você prefere?" if MAY_I_CANCEL not in talk.said else "Tudo bem!"
        )
    if WHICH_SERVICE in talk.said or WHICH_TO_WAIT_FOR in talk.said:
        return FunctionCall("list_services")
    if WHEN_TO_BOOK in talk.said:
        service = talk.said.partition(WHEN_TO_BOOK)[2].partition("?")[0]
        return FunctionCall("find_slots", {"service": service, "when": talk.words})
    if WHEN_TO_MOVE in talk.said and (code := _named_in(talk.said, talk.mine)):
        return FunctionCall("find_slots", {"appointment": code, "when": talk.words})
    return None


def _says_instead(talk: Talk) -> bool:
    """With whom, or when, of a booking that is under way: what it is of was said before."""
    if any(pattern.search(talk.heard) for pattern in (WAIT, CANCEL, MINE, NO)) or WHEN_TO_MOVE in talk.said:
        return False
    if MAY_I_MOVE in talk.said or MAY_I_CANCEL in talk.said:
        return False
    under_way = MAY_I_BOOK in talk.said or any(BOOK.search(plain(one)) for one in talk.wished[1:])
    if WHEN_TO_BOOK in talk.said and not any(WITH.search(plain(one)) for one in talk.wished):
        return False
    return under_way and bool(WHEN.search(talk.heard) or WITH.search(talk.heard))


def _agreed(talk: Talk) -> Step | None:
    """A yes does what was asked about, and nothing else."""
    slot = _named_in(talk.said, talk.offered)
    if MAY_I_BOOK in talk.said and slot:
        return FunctionCall("book", {"slot": slot})
    if MAY_I_MOVE in talk.said and slot and talk.mine:
        return FunctionCall("move", {"appointment": _to_move(talk), "slot": slot})
    if MAY_I_CANCEL in talk.said and (code := _named_in(talk.said, talk.mine)):
        return FunctionCall("cancel", {"appointment": code})
    return None


def _to_move(talk: Talk) -> str:
    return _named_in(talk.said, talk.mine) or next(iter(talk.mine))


def _named_in(text: str, lines: Mapping[str, str]) -> str | None:
    return next((code for code, what in lines.items() if what in text), None)


def _picked(talk: Talk) -> Step | None:
    """One of the numbered lines, by its number or its hour."""
    lines = dict(NUMBERED.findall(talk.said))
    if not lines:
        return None
    number, ordinal, clock = (pattern.search(talk.heard) for pattern in (NUMBER, ORDINAL, CLOCK))
    what = lines.get(number[1] if number else ORDINALS[ordinal[1][:7]] if ordinal else "")
    if what is None and clock:
        hour = f"às {int(clock[1] or clock[3])}h{clock[2] or ''}"
        found = [one for one in lines.values() if f"{one}$".endswith(f"{hour}$")]
        what = found[0] if len(found) == 1 else None
    if what is None:
        return None
    if WHICH_TO_CANCEL in talk.said:
        return f"{MAY_I_CANCEL}{what}?"
    if WHICH_TO_MOVE in talk.said:
        return f"{WHEN_TO_MOVE}{what}?"
    return f"{MAY_I_MOVE if 'mudar' in talk.said else MAY_I_BOOK}{what}?"


def _wished(talk: Talk) -> Step | None:
    """What the message asks for by itself."""
    if WAIT.search(talk.heard):
        return FunctionCall("my_waiting_list" if MINE_WAITING.search(talk.heard) else "list_services")
    if MOVE.search(talk.heard) or CANCEL.search(talk.heard):
        return _change(talk, moves=MOVE.search(talk.heard) is not None)
    if MINE.search(talk.heard):
        return FunctionCall("my_appointments")
    return FunctionCall("list_services") if BOOK.search(talk.heard) or SERVICES.search(talk.heard) else None


def _change(talk: Talk, *, moves: bool) -> Step:
    if not talk.mine:
        return NOTHING
    if len(talk.mine) > 1:
        return f"{_numbered(list(talk.mine.values()))}\n{WHICH_TO_MOVE if moves else WHICH_TO_CANCEL}"
    [(code, what)] = talk.mine.items()
    if not moves:
        return f"{MAY_I_CANCEL}{what}?"
    if WHEN.search(talk.heard):
        return FunctionCall("find_slots", {"appointment": code, "when": talk.words})
    return f"{WHEN_TO_MOVE}{what}?"


def _numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}) {what}" for number, what in enumerate(lines, 1))


Args = Mapping[str, Any]


def _services(talk: Talk, _args: Args, answer: Args) -> Step:
    services = answer.get("servicos") or []
    names = [one["servico"] for one in services]
    said_of_it = (after(talk.said, ask) for ask in (MAY_I_BOOK, WHEN_TO_BOOK))
    under_way = BOOK.search(talk.heard) or WHICH_SERVICE in talk.said or _says_instead(talk)
    told = [talk.heard, *(map(plain, (*talk.wished[1:], *said_of_it)) if under_way else ())]
    service = next((name for one in told if (name := named(names, one)) is not None), None)
    if WAIT.search(talk.heard) or WHICH_TO_WAIT_FOR in talk.said:
        return _to_wait(talk, service)
    if service is None and not under_way:
        return "\n".join(("Fazemos por aqui:", *(_offer(one) for one in answer.get("servicos") or [])))
    if service is None:
        return f"Claro! Temos {', '.join(names)}. {WHICH_SERVICE}"
    when = next((one for one in (talk.words, *talk.wished[1:]) if under_way and WHEN.search(plain(one))), None)
    if when is None:
        return f"{WHEN_TO_BOOK}{service}?"
    people = next(one.get("profissionais") or [] for one in services if one["servico"] == service)
    who = whom(people, talk)
    return FunctionCall("find_slots", {"service": service, "when": when, **({"professional": who} if who else {})})


def _offer(service: Args) -> str:
    price = f", {service['preco']}" if service.get("preco") else ""
    return f"- {service['servico']}: {service['minutos']} minutos{price}, com {' ou '.join(service['profissionais'])}"


def _to_wait(talk: Talk, service: str | None) -> Step:
    if service is None:
        return WHICH_TO_WAIT_FOR
    if LEAVE.search(talk.heard):
        return FunctionCall("leave_waiting_list", {"service": service})
    return FunctionCall(
        "join_waiting_list", {"service": service, "when": talk.words if WHEN.search(talk.heard) else ""}
    )


def _waits(_talk: Talk, args: Args, answer: Args) -> Step:
    if done := answer.get("feito"):
        return f"Pronto! Agora você está {done}."
    if times := [one["quando"] for one in answer.get("horarios") or []][:SHOWN]:
        return f"Já há horários livres assim:\n{_numbered(times)}\nQual fica melhor para você?"
    return _slots(_talk, args, answer)


def _waiting(_talk: Talk, _args: Args, answer: Args) -> Step:
    lines = answer.get("lista_de_espera") or []
    return "\n".join(("Você está na lista de espera:", *(f"- {one}" for one in lines))) if lines else NO_WAIT


def _slots(_talk: Talk, args: Args, answer: Args) -> Step:
    if answer.get("perguntar") or answer.get("erro"):
        return str(answer.get("perguntar") or answer["erro"])
    times = [one["quando"] for one in answer.get("horarios") or []][:SHOWN]
    if not times:
        return "Não há horários livres por agora. Quer que eu chame alguém da equipe?"
    if len(times) == 1 and not answer.get("aviso"):
        return f"{MAY_I_MOVE if args.get('appointment') else MAY_I_BOOK}{times[0]}?"
    opening = (
        "Nesse horário não há vaga, mas estes estão livres:"
        if answer.get("aviso")
        else "Encontrei estes horários livres:"
    )
    ask = "Para qual deles você quer mudar?" if args.get("appointment") else "Qual fica melhor para você?"
    return f"{opening}\n{_numbered(times)}\n{ask}"


def _booked(_talk: Talk, _args: Args, answer: Args) -> Step:
    if others := answer.get("outros_horarios"):
        times = _numbered([one["quando"] for one in others][:SHOWN])
        return f"{answer['erro']} Estes ainda estão livres:\n{times}\nQual fica melhor para você?"
    return _done(answer, "Pronto! Ficou marcado: {what}. Até lá! 🙂")


def _done(answer: Args, words: str) -> Step:
    done = answer.get("feito")
    if not done:
        return str(answer.get("erro") or "Não consegui fazer isso agora.")
    if "sem confirmação" in done["situacao"]:
        return (
            f"O pedido para {done['qual']} ainda não foi confirmado pela agenda; a equipe acompanha e avisa por aqui."
        )
    return words.format(what=done["qual"])


def _mine(_talk: Talk, _args: Args, answer: Args) -> Step:
    lines = [one["qual"] for one in answer.get("agendamentos") or []]
    return "\n".join(("Seus horários marcados:", *(f"- {one}" for one in lines))) if lines else NOTHING


SPOKEN: Final[Mapping[str, Callable[[Talk, Args, Args], Step]]] = {
    "list_services": _services,
    "find_slots": _slots,
    "book": _booked,
    "move": lambda _talk, _args, answer: _done(answer, "Pronto! Seu horário mudou para {what}. Até lá! 🙂"),
    "cancel": lambda _talk, _args, answer: _done(answer, "Pronto, está cancelado: {what}."),
    "my_appointments": _mine,
    "join_waiting_list": _waits,
    "leave_waiting_list": _waits,
    "my_waiting_list": _waiting,
    "hold_slot": lambda _talk, _args, _answer: "Guardei por uns minutos. Posso confirmar?",
    "ask_for_person": lambda _talk, _args, _answer: "Claro! Chamei a equipe, e uma pessoa continua com você por aqui.",
}

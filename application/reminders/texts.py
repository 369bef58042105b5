"""Every sentence a contact may read about an appointment they have: reminders, what their answers led to, questions back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from application.scheduling.texts import at_hour
from domain.assistant.persona import Persona
from domain.reminders.choice import Candidate
from domain.reminders.manners import Manners

WEEKDAYS: Final = (
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "sábado",
    "domingo",
)

OPTED_OUT: Final = (
    "Pronto! Não envio mais lembretes nem outras mensagens por minha conta. "
    "Se precisar de algo, é só escrever aqui. E, se quiser voltar a receber, escreva *voltar*."
)
BACK: Final = "Combinado! Volto a enviar lembretes dos seus horários. 🙂"
FAR: Final = 300
"""Days: from there on a date without its year could be this year's."""

HOW_TO_STOP: Final = "\n\nPara não receber mais avisos, responda *sair*."


def first_words(persona: Persona, text: str) -> str:
    """To somebody who does not know this number: who writes, and how to make it stop."""
    company = f", de {persona.business_name}" if persona.business_name else ""
    return f"Olá! Aqui é {persona.assistant_name}{company}.\n\n{text.removesuffix(HOW_TO_STOP)}{HOW_TO_STOP}"


def when(starts: datetime, now: datetime) -> str:
    """Both by the wall clock of the company: "hoje às 14h", "amanhã (terça-feira, 24/11) às 14h30". A far year is told."""
    days = (starts.date() - now.date()).days
    date = f"{WEEKDAYS[starts.weekday()]}, {starts:{'%d/%m/%Y' if abs(days) > FAR else '%d/%m'}}"
    day = {0: "hoje", 1: f"amanhã ({date})", -1: f"ontem ({date})"}.get(days, date)
    return f"{day} {at_hour(starts)}"


def greeting(name: str) -> str:
    """By the first name, where what stands there is one."""
    first = first_name(name)
    return f"Oi, {first}!" if first else "Oi!"


def first_name(name: str) -> str:
    """Empty where what stands there is a number or a sign."""
    first = name.split()[0] if name.split() else ""
    return first.capitalize() if first.isalpha() else ""


def reminder(name: str, one: Candidate, now: datetime, *, confirmed: bool) -> str:
    about = f"{greeting(name)} Passando para lembrar do seu horário de {one.service} com {one.professional}, "
    about += f"{when(one.starts, now)}."
    if confirmed:
        return f"{about} Sua presença já está confirmada. Até lá! 😊"
    return (
        f"{about}\n\nPosso confirmar a sua presença? Responda *sim* para confirmar, *remarcar* para outro horário "
        f"ou *cancelar*.{HOW_TO_STOP}"
    )


def confirmed(one: Candidate, now: datetime) -> str:
    return f"Presença confirmada: {one.service} com {one.professional}, {when(one.starts, now)}. Até lá! 😊"


def cancelled(one: Candidate, now: datetime) -> str:
    return (
        f"Tudo bem, cancelei o seu horário de {one.service} com {one.professional}, que era {when(one.starts, now)}. "
        "Se quiser marcar outro, é só me chamar."
    )


def instead(one: Candidate, now: datetime) -> str:
    return (
        f"Entendi, agradeço por avisar. O que prefere fazer com o horário de {one.service}, {when(one.starts, now)}: "
        "*remarcar* para outro dia ou *cancelar*?"
    )


def sure(one: Candidate, now: datetime) -> str:
    return (
        f"Só para eu não me enganar: posso confirmar a sua presença em {one.service}, {when(one.starts, now)}? "
        "Responda *sim* ou *não*. Se preferir, também posso *remarcar* ou *cancelar*."
    )


WHICH: Final = {
    "yes": "Qual deles posso confirmar?",
    "no": "De qual deles você está falando?",
    "move": "Qual deles você quer remarcar?",
    "cancel": "Qual deles você quer cancelar?",
    "unsure": "De qual deles você está falando?",
}


def which(intent: str, open_ones: Sequence[Candidate], now: datetime) -> str:
    lines = [
        f"*{number}*. {one.service} com {one.professional}, {when(one.starts, now)}"
        for number, one in enumerate(open_ones, 1)
    ]
    return "\n".join((f"Você tem {len(open_ones)} horários marcados:", *lines, WHICH[intent]))


TOO_LATE: Final = (
    "Esse horário já está perto demais para eu mudar por aqui. Vou chamar uma pessoa da equipe para ver isso com você."
)


def missed(name: str, one: Candidate, now: datetime) -> str:
    """After a missed appointment: a question, for what was seen may be wrong."""
    return (
        f"{greeting(name)} Não registramos a sua presença no horário de {one.service}, {when(one.starts, now)}. "
        "Aconteceu alguma coisa? Se quiser, encontro outro horário para você: é só responder *remarcar*." + HOW_TO_STOP
    )


THANKS_FOR_TELLING: Final = (
    "Agradeço por avisar! Já anotei aqui. Quando quiser outro horário, é só responder *remarcar* e o dia que prefere."
)
CAME_AFTER_ALL: Final = (
    "Desculpe o engano! Vou pedir para uma pessoa da equipe conferir a sua presença e falar com você por aqui."
)
NOT_THERE: Final = "Cliente não compareceu"
"""As it is kept for the company to read."""


def follow_up(name: str, one: Candidate, manners: Manners) -> str:
    """In the company's own words where it has some; how to stop is said whatever the words."""
    own = manners.asked(nome=first_name(name), servico=one.service, profissional=one.professional)
    if own:
        return own + HOW_TO_STOP
    return (
        f"{greeting(name)} Como foi o seu atendimento de {one.service} com {one.professional}? "
        "Conte para a gente: a sua opinião nos ajuda a melhorar. "
        "E, se quiser já deixar o próximo horário marcado, é só responder *quero marcar*." + HOW_TO_STOP
    )


THANKS_POSITIVE: Final = "Que bom saber disso! 😊"
BOOK_AGAIN: Final = "Que bom saber disso! 😊 Se quiser já marcar o próximo horário, me diga o dia que prefere."
THANKS_NEGATIVE: Final = (
    "Sinto muito que não tenha sido como você esperava. Agradeço por contar: anotei tudo e vou chamar "
    "uma pessoa da equipe para falar com você."
)
THANKS_FEEDBACK: Final = "Agradeço por contar! Anotei o seu comentário e passei para a equipe."


SETTLED: Final = {
    "booked": "A agenda confirmou o seu horário: {what}, {when}. Está marcado. Até lá! 😊",
    "moved": "A agenda confirmou a mudança: {what} agora é {when}. Até lá! 😊",
    "refused": "Infelizmente a agenda não pôde confirmar {what}, {wished}: esse horário não está mais disponível.",
    "not_moved": (
        "Infelizmente a agenda não aceitou a mudança para {wished}. O seu horário de {what} continua sendo {when}."
    ),
}
"""To who was told to wait for the calendar."""


def settled(name: str, one: Candidate, now: datetime, outcome: str, *, wished: datetime, free: Sequence[str]) -> str:
    """`free`: other times, after a no."""
    said = SETTLED[outcome].format(
        what=f"{one.service} com {one.professional}", when=when(one.starts, now), wished=when(wished, now)
    )
    text = f"{greeting(name)} {said}"
    if outcome in ("booked", "moved"):
        return text
    if not free:
        return f"{text}\n\nQuer tentar outro dia? É só me dizer qual você prefere."
    lines = [f"*{number}* - {time}" for number, time in enumerate(free, 1)]
    return "\n".join((text, "", "Estes horários estão livres:", *lines, "", "Algum deles serve para você?"))

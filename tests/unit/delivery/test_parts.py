"""Long texts cut where a reader would pause."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.delivery.parts import MOST, READABLE, as_typed, in_parts, whole_sentences

TEXTS = st.text(st.sampled_from("ab. !?\n…"), max_size=300)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_short_text_is_one_message():
    assert in_parts("Olá! Tudo bem?", longest=100, most=3) == ("Olá! Tudo bem?",)


def test_nothing_to_say_is_no_message():
    assert in_parts("  \n ", longest=100, most=3) == ()


def test_paragraphs_part_before_sentences_do():
    text = "Primeiro parágrafo. Com duas frases.\n\nSegundo parágrafo."

    assert in_parts(text, longest=45, most=3) == ("Primeiro parágrafo. Com duas frases.", "Segundo parágrafo.")


def test_a_long_paragraph_parts_between_sentences():
    text = "Uma frase inteira aqui. Outra frase inteira aqui. E mais uma."

    assert in_parts(text, longest=30, most=5) == ("Uma frase inteira aqui.", "Outra frase inteira aqui.", "E mais uma.")


def test_the_last_message_ends_with_a_whole_sentence_when_all_is_too_much():
    text = "Um dois três. " * 10

    parts = in_parts(text, longest=30, most=2)

    assert len(parts) == 2
    assert all(part.endswith("três.") for part in parts)


def test_a_number_is_not_the_end_of_a_sentence():
    assert whole_sentences("O pacote completo custa R$ 1.500,00 por mês", 34) == "O pacote completo custa R$…"


def test_where_no_sentence_ends_in_time_the_cut_shows():
    assert whole_sentences("uma frase comprida demais para caber", 20) == "uma frase comprida…"


@given(TEXTS, st.integers(1, 60), st.integers(1, 5))
def test_never_more_nor_longer_messages_than_asked(text: str, longest: int, most: int):
    parts = in_parts(text, longest=longest, most=most)

    assert len(parts) <= most
    assert all(0 < len(part) <= longest for part in parts)


@given(TEXTS, st.integers(1, 60))
def test_no_word_is_lost_while_there_are_messages_left(text: str, longest: int):
    parts = in_parts(text, longest=longest, most=1000)

    assert squeezed("".join(parts)) == squeezed(text)


@given(TEXTS, st.integers(1, 60))
def test_a_cut_text_is_the_beginning_of_the_text(text: str, longest: int):
    cut = whole_sentences(text, longest)

    assert len(cut) <= longest
    assert text.startswith(cut.removesuffix("…").rstrip()) or cut == "…"


def test_a_reply_that_fits_a_screen_is_one_message():
    assert as_typed("Olá! " * 120) == (("Olá! " * 120).strip(),)


def test_a_long_reply_goes_paragraph_by_paragraph():
    paragraphs = ["Primeiro. " * 35, "Segundo. " * 40, "Terceiro. " * 35]

    assert as_typed("\n\n".join(paragraphs)) == tuple(paragraph.strip() for paragraph in paragraphs)


@given(st.text(st.sampled_from("ab. \n"), max_size=12), st.integers(1, 700))
def test_however_long_a_reply_no_word_of_it_is_lost(piece: str, times: int):
    text = piece * times

    parts = as_typed(text)

    assert squeezed("".join(parts)) == squeezed(text)
    assert len(parts) <= MOST
    assert len(text.strip()) > READABLE or len(parts) <= 1


def test_what_is_bold_stays_in_one_message():
    text = "Olha só que coisa boa que a gente preparou: *a nossa promoção. Ela vale até sexta que vem* e depois volta ao normal."

    for longest in range(60, len(text)):
        for part in in_parts(text, longest=longest, most=4):
            assert part.count("*") in (0, 2), (longest, part)

"""Texts go through Mustache on their way out, as in every Whaticket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.sandbox.whaticket.mustache import TemplateError, render

VIEW = {"name": "Ana & Cia", "ms": ""}


@given(st.text().filter(lambda text: "{{" not in text))
def test_a_text_without_tags_passes_unchanged(text: str):
    assert render(text, VIEW) == text


@given(st.text())
def test_any_text_is_rendered_or_refused_but_never_breaks_it(text: str):
    try:
        render(f"{{{{name}}}}{text}", VIEW)
    except TemplateError:
        assert "{{" in text


@pytest.mark.parametrize(
    ("template", "rendered"),
    [
        ("Oi {{name}}!", "Oi Ana &amp; Cia!"),
        ("Oi {{ name }}", "Oi Ana &amp; Cia"),
        ("Oi {{{name}}}", "Oi Ana & Cia"),
        ("Oi {{&name}}", "Oi Ana & Cia"),
        ("Oi {{nobody}}.", "Oi ."),
        ("a{{! not told }}b", "ab"),
        ("{{#name}}sim{{/name}}{{#ms}}não{{/ms}}{{^ms}}vazio{{/ms}}", "simvazio"),
        ("R$ 5 & <b>", "R$ 5 & <b>"),
        ("{ {name} }", "{ {name} }"),
    ],
)
def test_tags_are_replaced_as_mustache_js_does(template: str, rendered: str):
    assert render(template, VIEW) == rendered


@pytest.mark.parametrize("template", ["Oi {{name", "{{", "{{#name}}Oi", "Oi{{/name}}", "{{{name}}", "{{#a}}{{/b}}"])
def test_a_tag_left_open_is_refused(template: str):
    with pytest.raises(TemplateError):
        render(template, VIEW)

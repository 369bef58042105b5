"""Telephones, documents, secrets and sentences of people, as a property needs them; and what a log made of them."""

from __future__ import annotations

import contextlib
import io
import json
import re
import string
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

DIGITS = st.text(string.digits, min_size=8, max_size=9)
DDD = st.integers(11, 99).map(str)
PHONES = st.one_of(
    st.builds("55{}{}".format, DDD, DIGITS),
    st.builds("+55 ({}) {}-{}".format, DDD, st.just("98765"), st.text(string.digits, min_size=4, max_size=4)),
    st.builds("{} 9{}-{}".format, DDD, st.just("8765"), st.text(string.digits, min_size=4, max_size=4)),
)
JIDS = st.builds("{}@{}".format, PHONES, st.sampled_from(["s.whatsapp.net", "lid", "c.us", "g.us"]))
CPFS = st.from_regex(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}|[0-9]{11}", fullmatch=True)
EMAILS = st.emails()
TOKENS = st.from_regex(
    r"Bearer [A-Za-z0-9]{20,40}|eyJ[A-Za-z0-9_-]{20}\.eyJ[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}1a|(sk|AIza)[0-9][A-Za-z0-9]{24}"
    r"|https://api\.example\.com/hooks/[a-z0-9]{6,30}|/webhook/whaticket/[A-Za-z0-9]{22}/[A-Za-z0-9]{8,30}"
    r"|[0-9a-f]{63}a|Authorization: [A-Za-z0-9]{6,40}|X-Signature: [0-9a-f]{10,64}",
    fullmatch=True,
)
PERSONAL = st.one_of(PHONES, JIDS, CPFS, EMAILS, TOKENS)
WORDS = st.text(string.ascii_letters + "áéíçãõ", min_size=3, max_size=8)
TEXTS = st.lists(WORDS, min_size=3, max_size=8).map(" ".join)
"""What a contact writes: several words. One word alone cannot be told from one of ours."""

FIELDS = st.one_of(
    st.sampled_from(
        ["seen", "event", "level", "error", "reason", "message", "hint", "tenant", "job", "dialect", "route", "version"]
    ),
    st.text(string.ascii_lowercase + "_", min_size=1, max_size=12),
)
SENSITIVE = st.sampled_from(
    [
        *(
            "text",
            "body",
            "name",
            "push_name",
            "phone",
            "number",
            "token",
            "api_token",
            "apiToken",
            "secret",
            "password",
        ),
        *("X-Signature", "authorization", "chat", "contact", "address", "to_jid", "prompt", "reply", "payload", "url"),
        *("cpf", "cookie", "query", "raw_path", "http_headers", "SQL", "parameters", "email", "transcript"),
    ]
)


def lines_of(work: Callable[[], object]) -> list[dict[str, Any]]:
    """What is written while something is done; parsing it proves that every line is whole."""
    with contextlib.redirect_stdout(io.StringIO()) as written:
        work()
    return [json.loads(line) for line in written.getvalue().split("\n")[:-1]]


def shows(lines: list[dict[str, Any]], personal: str) -> bool:
    """Whether a line holds the value itself, or enough of its digits to know it."""
    out = json.dumps(lines, ensure_ascii=False)
    out = re.sub(r'"(timestamp|seconds)": [^,}]+', "", out)
    digits = "".join(re.findall(r"\d", personal))
    return personal in out or (len(digits) >= 8 and digits in "".join(re.findall(r"\d", out)))

"""What a running house tells: `run.json` for programs, the same on the screen for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from secretaria.embedded.kept import write_closed


@dataclass(frozen=True, slots=True)
class RunCard:
    """Written with mode 0600 once everything answers, removed when it no longer does. Only ever gains fields."""

    pid: int
    api: str
    public_url: str
    metrics: Mapping[str, str]
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    master_key_file: str | None
    service_token: str | None = field(repr=False)
    logs: str
    gemini: str | None = None
    whaticket: str | None = None
    phone: str | None = None
    company: str | None = None
    tenant: int | None = None
    connection: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    auth: str | None = None
    mail_url: str | None = None
    calcom: Mapping[str, Any] | None = field(default=None, repr=False)
    brought_along: tuple[str, ...] = ()

    def write(self, file: Path) -> None:
        write_closed(file, json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n")

    def screen(self, file: Path) -> str:
        lines = ["", "  Secretaria is running.", ""]
        if self.phone:
            lines += ["  Write to it as a customer would, on this phone:", f"      {self.phone}", ""]
        lines += ["  Watch it at work at the panel:", f"      {self.public_url}/painel", f"      {self._a_login}", ""]
        if self.mail_url:
            lines += ["  Read the e-mails it sends here:", f"      {self.mail_url}", ""]
        lines += [f"  API        {self.api}", f"  Health     {self.api}/healthz"]
        lines += [f"  Metrics    {' · '.join(self.metrics.values())}", f"  Logs       {self.logs}"]
        lines += [f"  For tools  {file}", "", *self._plain_words(), "", "  Ctrl-C stops everything.", ""]
        return "\n".join(lines)

    @property
    def _a_login(self) -> str:
        company = self.tenant or "COMPANY"
        return f"A login: .venv/bin/secretaria user add --role owner --company {company} --email ... --name ..."

    def _plain_words(self) -> list[str]:
        """Nobody may take a sandbox for the real thing."""
        words = []
        if self.brought_along:
            words.append(f"  Brought along: {' and '.join(self.brought_along)}; their data stay in the data folder.")
        if self.gemini:
            words.append("  SANDBOX: there is no Gemini key, so answers come from simple rules, not from a model.")
            words.append("           Set GEMINI_API_KEY for the real one.")
        if self.mail_url:
            words.append("  SANDBOX: e-mails are caught on this machine and sent to nobody. Set SMTP_URL to send them.")
        if self.phone:
            words.append("  SANDBOX: the WhatsApp line of the demonstration company is played on this machine.")
            words.append("           `secretaria company open --help` connects a real Whaticket.")
        if self.calcom:
            words.append(
                "  SANDBOX: a Cal.com to connect at Agenda, Ajustes, Calendário; the file for tools has its address,"
            )
            words.append("           key and types of event. Without one, the agenda is Secretaria's own.")
        return words

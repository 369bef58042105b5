"""Who takes letters: the mail server of the settings, or nobody."""

from __future__ import annotations

from adapters.email.mailer import NoMailServer, SmtpMailer, SmtpServer
from application.shared.mail import Mailer
from secretaria.settings import Mail


def build_mailer(mail: Mail) -> Mailer:
    return SmtpMailer(SmtpServer.at(mail.url), mail.sender) if mail.url else NoMailServer()

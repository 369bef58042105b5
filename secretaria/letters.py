"""Who takes letters: the mail server of the settings, or nobody; and the letters about appointments, wired."""

from __future__ import annotations

from email.utils import parseaddr

from adapters.email.mailer import NoMailServer, SmtpMailer, SmtpServer
from adapters.icalendar.invitations import CalendarInvitations
from adapters.postgres.profiles import PostgresProfiles
from adapters.queue import letters as actors
from application.reminders.letters.send_letters import SendLetters
from application.shared.mail import Mailer
from secretaria.composition import Foundations, now
from secretaria.settings import Mail


def build_mailer(mail: Mail) -> Mailer:
    return SmtpMailer(SmtpServer.at(mail.url), mail.sender) if mail.url else NoMailServer()


def register_letters(base: Foundations) -> None:
    """Answers to an invitation go to the address that letters come from."""
    mail = base.settings.mail
    invitations = CalendarInvitations(parseaddr(mail.sender)[1])
    letters = SendLetters(base.open_work, PostgresProfiles(base.pool), invitations, build_mailer(mail), now)
    actors.register(base.broker, letters)

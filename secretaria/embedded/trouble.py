"""The one thing an embedded server can say when it cannot run here."""


class ServerTrouble(Exception):  # noqa: N818 - told to a person, with what to do
    """An embedded server cannot run here; the text says why and what helps."""

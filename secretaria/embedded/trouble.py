"""The one thing an embedded server can say when it cannot run here."""


class ServerTrouble(Exception):
    """An embedded server cannot run here; the text says why and what helps."""

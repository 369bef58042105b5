"""Cryptography and chance: the only place that imports `cryptography`."""

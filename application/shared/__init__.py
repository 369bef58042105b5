"""The few ports that every feature needs."""

"""The audit log: written by whoever does something, read by whoever must know, checked by anybody."""

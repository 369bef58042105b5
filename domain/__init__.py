"""The rules: standard library only, no clock, no I/O, no async; a folder per feature."""

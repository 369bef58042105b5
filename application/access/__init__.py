"""Letting people and machines in, and out again."""

"""Asking afterwards how it was, once, and keeping what is answered."""

"""Asking afterwards how it was, and hearing what is answered."""
